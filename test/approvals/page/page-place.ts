import { existsSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Inbox } from '../../../src/approvals/inbox/inbox.js';
import type { PageState } from '../../../src/approvals/page/server/page-messages.js';
import { openPage, type SharedPage } from '../../../src/approvals/page/server/shared-page.js';

/** The built page. */
export const PAGE_FILES = path.resolve(import.meta.dirname, '../../../dist/page');

/** A policy-wrap's part in the page, closed when the test ends. */
export async function member(state: string, inbox?: Inbox): Promise<SharedPage> {
  if (!existsSync(PAGE_FILES)) throw new Error('build first: npm run build');
  const page = await openPage(state, PAGE_FILES, () => (inbox?.state().waiting.length ?? 0) > 0);
  onTestFinished(() => page.close());
  return page;
}

export interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Asks as no browser would: every header is the test's own. */
export function ask(
  port: number,
  target: string,
  { method = 'GET', headers = {}, body }: Asking = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: target, method, headers, agent: false });
    asked.on('error', reject);
    asked.on('response', async (response) => {
      let text = '';
      try {
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
      } catch {}
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    asked.end(body);
  });
}

/** A page that is open, without a browser. */
export class OpenPage {
  private constructor(
    readonly port: number,
    readonly session: string,
  ) {}

  /** Opens a link. */
  static async by(link: string): Promise<OpenPage> {
    const { port, hash } = new URL(link);
    const { status, text } = await exchange(Number(port), hash.slice(1));
    if (status !== 200) throw new Error(`${status} ${text}`);
    return new OpenPage(Number(port), (JSON.parse(text) as { session: string }).session);
  }

  /** What the page itself sends. */
  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.session}`, origin: `http://127.0.0.1:${this.port}` };
  }

  post(target: string, value: unknown, headers: Record<string, string> = {}): Promise<Got> {
    const body = JSON.stringify(value);
    const all = { ...this.headers, 'content-type': 'application/json', ...headers };
    return ask(this.port, target, { method: 'POST', headers: all, body });
  }

  /** Follows what waits until it fits. */
  async until(fits: (state: PageState) => boolean): Promise<PageState> {
    for await (const state of this.states()) if (fits(state)) return state;
    throw new Error('the stream ended');
  }

  async *states(): AsyncGenerator<PageState> {
    const response = await fetch(`http://127.0.0.1:${this.port}/events`, { headers: this.headers });
    if (!response.ok || response.body === null) throw new Error(`${response.status}`);
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line) as PageState;
    }
  }
}

/** Exchanges a token for a session, or tries to. */
export function exchange(port: number, token: string): Promise<Got> {
  return ask(port, '/session', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/json',
    },
    body: '{}',
  });
}

export const portOf = (link: string) => Number(new URL(link).port);
export const tokenOf = (link: string) => new URL(link).hash.slice(1);
