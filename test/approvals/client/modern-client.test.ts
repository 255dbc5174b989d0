import { Client } from '@modelcontextprotocol/client';
import { expect, it, onTestFinished } from 'vitest';
import { approvalOf, formOf } from '../../../src/approvals/client/approval-form.js';
import { RequestStates } from '../../../src/approvals/client/request-state.js';
import type { ApprovalRequest } from '../../../src/approvals/queue/approver.js';
import type { CallKey } from '../../../src/approvals/queue/grants.js';
import { stringOf } from '../../../src/core/json/scan.js';
import {
  answerIn,
  type Carried,
  carriedIn,
  inputRequiredReply,
  withoutApprovalRound,
} from '../../../src/core/replies/approval-round.js';
import { readMessage } from '../../../src/core/wire/message.js';
import { elicitsModern } from '../../../src/proxy/peers/client-info.js';

type Transport = Parameters<Client['connect']>[0];
type Wire = Parameters<NonNullable<Transport['onmessage']>>[0];

const KEY: CallKey = {
  server: 's',
  kind: 'tool',
  name: 't',
  digest: 'd',
  policy: 'p',
  definition: undefined,
};
const REQUEST: ApprovalRequest = {
  ...{ id: 'q', server: 's', kind: 'tool', name: 't', category: 'write', risk: 'medium' },
  ...{ argumentsText: '{"a":1}', client: undefined, rule: undefined, reason: undefined },
  ...{ askedAt: 0, endsAt: 0, heldUntil: undefined, mayRemember: true },
  ...{ elicits: 'by answer', via: ['elicitation'] },
};

/** A server that asks for our approval first, and for something of its own where the arguments say so. */
class Peer implements Transport {
  onmessage?: NonNullable<Transport['onmessage']>;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  readonly lines: string[] = [];
  readonly said: unknown[] = [];
  readonly elicits: boolean[] = [];
  readonly #states = new RequestStates<Carried>();

  async start(): Promise<void> {}

  async close(): Promise<void> {
    this.onclose?.();
  }

  async send(message: unknown): Promise<void> {
    const reply = this.#reply(JSON.stringify(message));
    if (reply !== undefined) setImmediate(() => this.onmessage?.(JSON.parse(reply) as Wire));
  }

  #reply(text: string): string | undefined {
    const message = readMessage(text);
    if (message.kind !== 'request') return undefined;
    const { idText, method, params } = message;
    if (method !== 'tools/call' || params === undefined) {
      const info = { name: 'peer', version: '1' };
      const result = {
        ...{ resultType: 'complete', supportedVersions: ['2026-07-28'], ttlMs: 0, cacheScope: 'private' },
        ...{ capabilities: { tools: {} }, serverInfo: info, tools: [] },
      };
      return JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(idText), result });
    }
    this.elicits.push(elicitsModern(text, params));
    const state = stringOf(text, params.members?.get('requestState'));
    const redeemed = state === undefined ? undefined : this.#states.redeem(state, KEY);
    if (redeemed?.verdict !== 'valid') return this.#ask(text, message);
    this.said.push(approvalOf(answerIn(text, params), 900, REQUEST));
    this.lines.push(withoutApprovalRound(text, params, redeemed.kept));
    const result = { resultType: 'complete', content: [] };
    return JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(idText), result });
  }

  #ask(
    text: string,
    { idText, params }: Extract<ReturnType<typeof readMessage>, { kind: 'request' }>,
  ): string {
    const form = formOf(REQUEST);
    if ('unavailable' in form) throw new Error(form.unavailable);
    const asked = { idText, kind: 'tool', name: 't', modern: true, task: false } as const;
    return inputRequiredReply(asked, form, this.#states.issue(KEY, 60_000, carriedIn(text, params)));
  }
}

async function connected(capabilities: object) {
  const peer = new Peer();
  const asked: { message: string; requestedSchema?: unknown }[] = [];
  const client = new Client(
    { name: 'c', version: '1' },
    { capabilities, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  onTestFinished(() => client.close());
  if ('elicitation' in capabilities)
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params);
      return { action: 'accept', content: { decision: 'allow_session' } };
    });
  await client.connect(peer);
  return { client, peer, asked };
}

it('asks a real client with a form, and finds its answer', async () => {
  const { client, peer, asked } = await connected({ elicitation: {} });
  await client.callTool({ name: 't', arguments: { a: 1 } });
  expect(asked).toMatchObject([{ message: expect.stringContaining('allow t on server') }]);
  expect(peer.said).toMatchObject([{ approved: true, remember: { scope: 'call', for: 'session' } }]);
  expect(peer.elicits).toEqual([true, true]);
  const { params } = JSON.parse(peer.lines[0] ?? '') as { params: object };
  expect(Object.keys(params).sort()).toEqual(['_meta', 'arguments', 'name']);
});

it('finds out that a client cannot ask', async () => {
  const { client, peer } = await connected({ elicitation: { url: {} } });
  await client.callTool({ name: 't', arguments: {} }).catch(() => undefined);
  expect(peer.elicits[0]).toBe(false);
});
