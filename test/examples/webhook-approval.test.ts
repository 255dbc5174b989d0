import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Place } from '../e2e/place.js';
import { Wrapped } from '../e2e/program.js';
import { onWindows } from '../skip.js';

const FOLDER = path.resolve(import.meta.dirname, '../../examples/webhook-approval');
const PROGRAM = path.join(FOLDER, 'ask.mjs');

interface Question {
  id: string;
  text: string;
}
interface Reply {
  result: { isError?: boolean; content: { text: string }[] };
}
/** What the chat does with a request for an answer: a status and a body. */
type Answers = (look: number, question: Question) => [status: number, body?: string, location?: string];

/** A chat of our own: it takes questions and has the answers. */
class Chat {
  readonly questions: Question[] = [];
  readonly tokens: (string | undefined)[] = [];
  #looks = 0;
  readonly #server: Server;

  constructor(answers: Answers, takes = 200) {
    this.#server = createServer(async (request, response) => {
      this.tokens.push(request.headers.authorization);
      const [status, body = '', location] =
        request.method === 'POST' ? await this.#take(request, takes) : this.#answer(request, answers);
      response.writeHead(status, location === undefined ? {} : { location });
      response.end(body);
    });
    onTestFinished(() => {
      this.#server.close();
      this.#server.closeAllConnections();
    });
  }

  /** The variables that lead a program here. */
  async env(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const place = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return { APPROVAL_WEBHOOK_URL: `${place}/questions`, APPROVAL_ANSWERS_URL: `${place}/answers` };
  }

  async #take(request: IncomingMessage, status: number): Promise<[number, string]> {
    this.questions.push(JSON.parse(await text(request)) as Question);
    return [status, 'ok'];
  }

  #answer(request: IncomingMessage, answers: Answers): ReturnType<Answers> {
    const question = this.questions.find(({ id }) => request.url === `/answers/${id}`);
    return question === undefined ? [404] : answers(++this.#looks, question);
  }
}

const YES: Answers = () => [200, '{"decision":"approve","by":"Ann"}'];

/** The example's policy and program behind the built policy-wrap; on Windows node has to be named. */
function wrapped(place: Place, env: Record<string, string>, timeout = '10m'): Wrapped {
  const written = readFileSync(path.join(FOLDER, 'policy-wrap.yaml'), 'utf8');
  const policy = written
    .replace(/command: \S+/, `command: ${JSON.stringify([process.execPath, PROGRAM])}`)
    .replace('timeout: 10m', `timeout: ${timeout}`)
    .replace('hold: 45', 'hold: unlimited');
  const file = place.write('named.yaml', policy);
  return Wrapped.recorder(place, ['--config', file], { env });
}

/** Calls create_refund once and ends. */
async function refund(
  chat: Chat,
  { args = '{"charge":"ch_1","amount":4200}', env = {}, timeout = '10m' } = {},
): Promise<{ refused: boolean; told: string; sent: string; place: Place }> {
  const place = new Place();
  const program = wrapped(place, { ...(await chat.env()), ...env }, timeout);
  program.sendLine(
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_refund","arguments":${args}}}`,
  );
  const { result } = await program.answer<Reply>(1);
  await program.end();
  const told = result.content.map((part) => part.text).join('\n');
  return { refused: result.isError === true, told, sent: place.recorded() ?? '', place };
}

describe('a refund', () => {
  it('goes when the chat says yes, and the log has the name', async () => {
    const chat = new Chat((look) => (look < 2 ? [404] : [200, '{"decision":"approve","by":"Ann"}']));
    const { refused, sent, place } = await refund(chat, { env: { APPROVAL_TOKEN: 't0' } });
    expect(refused).toBe(false);
    expect(sent).toContain('"amount":4200');
    expect(chat.questions).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        text: [
          'An agent wants to call create_refund on recorder (risk: critical).',
          'Money goes back to a customer.',
          '```{"charge":"ch_1","amount":4200}```',
        ].join('\n'),
      },
    ]);
    expect(new Set(chat.tokens)).toEqual(new Set(['Bearer t0']));
    expect(place.audit().at(-1)).toMatchObject({ approval: { via: 'command', by: 'Ann', approved: true } });
  });

  it('does not go when the chat says no, and the agent is told why', async () => {
    const chat = new Chat(() => [200, '{"decision":"deny","by":"Ann","reason":"Not this one."}']);
    const { refused, told, sent } = await refund(chat);
    expect({ refused, sent: sent.includes('create_refund') }).toEqual({ refused: true, sent: false });
    expect(told).toContain('Not this one.');
  });

  it('above the limit is not even asked', async () => {
    const chat = new Chat(YES);
    expect((await refund(chat, { args: '{"amount":100001}' })).refused).toBe(true);
    expect(chat.questions).toEqual([]);
  });

  it.each<[string, Answers, string]>([
    ['an answer of another form', () => [200, '{"decision":"yes","by":"Ann"}'], 'was not understood'],
    ['an answer of nobody', () => [200, '{"decision":"approve"}'], 'was not understood'],
    ['an answer that is no JSON', () => [200, 'approve'], 'was not understood'],
    ['an answer that is nothing', () => [200, 'null'], 'was not understood'],
    [
      'an answer without end',
      () => [200, JSON.stringify({ decision: 'approve', by: 'x'.repeat(9_000) })],
      'was not understood',
    ],
    ['a chat that breaks', () => [500], 'could not be asked'],
    ['a chat that leads elsewhere', () => [302, '', '/elsewhere'], 'could not be asked'],
  ])('%s is a no', async (_, answers, words) => {
    const { refused, told, sent } = await refund(new Chat(answers));
    expect({ refused, sent: sent.includes('create_refund') }).toEqual({ refused: true, sent: false });
    expect(told).toContain(words);
  });

  it('a chat that does not take the question is a no', async () => {
    const { refused, told } = await refund(new Chat(YES, 503));
    expect(refused).toBe(true);
    expect(told).toContain('did not take the question (status 503)');
  });

  it('nobody answers: a no before the time is up', async () => {
    const { refused, told } = await refund(new Chat(() => [404]), { timeout: '6s' });
    expect(refused).toBe(true);
    // On a slow machine the wrapper is sometimes first.
    expect(told).toMatch(/Nobody answered in the chat|nobody answered in time/);
  });

  it.each([
    ['no address', ''],
    ['an address without encryption', 'http://chat.invalid/x'],
    ['something else', 'file:///etc/passwd'],
    ['nobody there', 'http://127.0.0.1:9/x'],
  ])('%s is a no', async (_, url) => {
    const { refused, told } = await refund(new Chat(YES), { env: { APPROVAL_WEBHOOK_URL: url } });
    expect(refused).toBe(true);
    expect(told).toContain('The chat could not be asked.');
  });

  it('shows hostile arguments as text, whole and as they are written', async () => {
    const chat = new Chat(YES);
    const args =
      '{"amount":1,"note":"``` <!channel> @here [x](http://evil) *b* ~s~ & \\u202e\u202e","n":12345678901234567890}';
    expect((await refund(chat, { args })).refused).toBe(false);
    const shown = chat.questions[0]?.text ?? '';
    expect(shown.match(/`/g)).toHaveLength(6);
    expect(shown).not.toMatch(/[<>@*~[\]\u202e]/);
    expect(shown).toContain('12345678901234567890');
    expect(shown).toContain('&lt;!channel&gt;');
  });

  it('is not asked when its arguments do not fit', async () => {
    const chat = new Chat(YES);
    const { refused, told } = await refund(chat, {
      args: JSON.stringify({ amount: 1, note: 'x'.repeat(5_000) }),
    });
    expect(refused).toBe(true);
    expect(told).toContain('too long to be shown');
    expect(chat.questions).toEqual([]);
  });
});

describe('the policy of the example', () => {
  it.skipIf(onWindows('files with #! do not run'))(
    'runs the program that lies beside it, wherever it is used',
    async () => {
      const place = new Place();
      const chat = new Chat(YES);
      const program = Wrapped.recorder(place, ['--config', path.join(FOLDER, 'policy-wrap.yaml')], {
        env: await chat.env(),
      });
      const { result } = await program.call<Reply>(1, 'create_refund', { amount: 1 });
      expect(result.isError).toBeFalsy();
    },
  );

  it('names no program where it was merely found', async () => {
    const place = new Place();
    writeFileSync(
      path.join(place.work, 'policy-wrap.yaml'),
      readFileSync(path.join(FOLDER, 'policy-wrap.yaml')),
    );
    expect((await Wrapped.recorder(place).end()).exitCode).toBe(3);
  });
});
