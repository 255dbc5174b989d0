import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

/** Longer than it takes to decline without a person. Milliseconds. */
const PERSON = 400;

interface Question {
  id: string;
}

interface Reply {
  result: { content: { text: string }[]; isError?: boolean };
}

const textOf = ({ result }: Reply) => result.content[0]?.text ?? '';
const policy = (approvals: string) =>
  `version: 1\ndefault: allow\ntools: { "delete_*": require_approval }\napprovals: { ${approvals} }\n`;
const INITIALIZE = {
  protocolVersion: '2025-11-25',
  capabilities: { elicitation: {} },
  clientInfo: { name: 'test', version: '1' },
};

async function start(approvals: string) {
  const place = new Place();
  place.policy(policy(approvals));
  const wrapped = Wrapped.recorder(place);
  await wrapped.request('start', 'initialize', INITIALIZE);
  const asked = (count = 1) =>
    wrapped.until<Question>(
      ({ method, id }) => method === 'elicitation/create' && String(id).endsWith(`:${count - 1}`),
    );
  return { place, wrapped, asked };
}

/** The one call that waits at the terminal. */
async function atTerminal(place: Place): Promise<string> {
  for (;;) {
    const { stdout } = await policyWrap(place, 'approvals', '--json');
    const { waiting } = JSON.parse(stdout) as { waiting: { id: string }[] };
    if (waiting[0]) return waiting[0].id;
  }
}

function policyWrap(place: Place, ...args: string[]) {
  return execa(process.execPath, [PROGRAM, ...args], { cwd: place.work, env: place.env, extendEnv: false });
}

describe('an answer of the client that is neither a yes nor the no of a person', () => {
  it.each<[string, unknown, string]>([
    ['accepts without content', { action: 'accept' }, 'cannot fill in forms'],
    ['accepts with nothing in it', { action: 'accept', content: {} }, 'cannot fill in forms'],
    ['accepts with null', { action: 'accept', content: null }, 'cannot fill in forms'],
    ['names a title', { action: 'accept', content: { decision: 'Allow once' } }, 'none of the choices'],
    ['names true', { action: 'accept', content: { decision: true } }, 'none of the choices'],
    ['names a list', { action: 'accept', content: { decision: ['deny'] } }, 'none of the choices'],
    ['cancels', { action: 'cancel' }, 'without a decision'],
    ['does what is unknown', { action: 'dismissed' }, 'none that the protocol knows'],
    ['says nothing', {}, 'none that the protocol knows'],
  ])('has the next channel ask: %s', async (_case, result, words) => {
    const { place, wrapped, asked } = await start('via: [elicitation, terminal], hold: 3');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: {} } });
    const { id } = await asked();
    await sleep(PERSON);
    wrapped.send({ id, result });
    const waiting = await atTerminal(place);
    const pending = textOf(await wrapped.answer<Reply>(1));
    expect(pending).toMatch(/^Approval pending: /);
    expect(pending).toContain(words);
    expect(pending).not.toContain('declined');
    await policyWrap(place, 'approve', waiting);
    expect((await wrapped.call<Reply>(2, 'delete_note')).result.isError).toBeUndefined();
    await wrapped.end();
    expect(place.audit()).toMatchObject([
      { outcome: 'refused', approval: { how: 'pending', reason: expect.stringContaining(words) } },
      { outcome: 'completed', approval: { how: 'approved', via: 'terminal', from: 'grant' } },
    ]);
  });
});

describe('a call that comes before the server has answered initialize', () => {
  const slow = (version: string | undefined) => `
    let rest = '';
    const answer = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...result }) + '\\n');
    process.stdin.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\\n');
      rest = lines.pop();
      for (const line of lines) {
        const { id, method } = JSON.parse(line);
        if (method === 'initialize') setTimeout(() => answer(id, ${
          version === undefined
            ? `{ error: { code: -32603, message: 'no' } }`
            : `{ result: { protocolVersion: '${version}', capabilities: {}, serverInfo: { name: 's', version: '1' } } }`
        }), 700);
        if (method === 'tools/call') answer(id, { result: { content: [{ type: 'text', text: 'ran' }] } });
      }
    });`;

  function together(version: string | undefined, approvals = 'via: [elicitation]') {
    const place = new Place();
    place.policy(policy(approvals));
    const wrapped = Wrapped.script(place, slow(version));
    const messages = [
      { id: 'start', method: 'initialize', params: INITIALIZE },
      { method: 'notifications/initialized' },
      { id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: {} } },
    ];
    wrapped.sendLine(messages.map((each) => JSON.stringify({ jsonrpc: '2.0', ...each })).join('\n'));
    return { place, wrapped };
  }

  it('is asked about as soon as it has, and a fast no is still nobody’s', async () => {
    for (const [wait, content, words] of [
      [PERSON, { decision: 'allow_once' }, 'ran'],
      [0, { decision: 'deny' }, 'faster than a person'],
    ] as const) {
      const { wrapped } = together('2025-11-25');
      const { id } = await wrapped.until<Question>(({ method }) => method === 'elicitation/create');
      expect(wrapped.lines[0]).toContain('"protocolVersion"');
      await sleep(wait);
      wrapped.send({ id, result: { action: 'accept', content } });
      expect(textOf(await wrapped.answer<Reply>(1))).toContain(words);
    }
  });

  it.each([['2025-03-26'], [undefined]])(
    'is put to the next channel when the answer knows no forms, or is an error: %s',
    async (version) => {
      const { place, wrapped } = together(version, 'via: [elicitation, terminal]');
      await policyWrap(place, 'approve', await atTerminal(place));
      expect(textOf(await wrapped.answer<Reply>(1))).toBe('ran');
      expect(wrapped.lines.join()).not.toContain('elicitation/create');
    },
  );
});

describe('a client that gives up and does not say so', () => {
  it('has the call it repeats approved by the question that is open, once', async () => {
    const { place, wrapped } = await start('via: [terminal]');
    wrapped.send({ id: 1, method: 'tools/call', params: { name: 'delete_note', arguments: { n: 1 } } });
    const id = await atTerminal(place);
    await sleep(3_200);
    wrapped.send({ id: 2, method: 'tools/call', params: { name: 'delete_note', arguments: { n: 1 } } });
    expect(textOf(await wrapped.answer<Reply>(1))).toMatch(/^Approval pending: /);
    expect(await atTerminal(place)).toBe(id);
    await policyWrap(place, 'approve', id);
    expect(textOf(await wrapped.answer<Reply>(2))).toBe('{"n":1}');
    await wrapped.end();
    expect(place.recorded()?.match(/delete_note/g)).toHaveLength(1);
  });
});

describe('what the agent reads of a call that nobody has decided', () => {
  it.each([
    ['via: [terminal]', 'npx policy-wrap approvals watch'],
    ['via: [page, terminal]', 'npx policy-wrap approvals watch'],
    ['via: [page]', 'npx policy-wrap page'],
  ])('names a command that decides nothing by itself: %s', async (approvals, command) => {
    for (const [times, words] of [
      ['hold: 1', 'Approval pending: '],
      ['timeout: 1', 'nobody answered in time'],
    ] as const) {
      const { wrapped } = await start(`${approvals}, ${times}`);
      const text = textOf(await wrapped.call<Reply>(1, 'delete_note'));
      expect(text).toContain(words);
      expect(text).toContain(command);
      expect(text).not.toMatch(/http:|policy-wrap approve\b|--link/);
    }
  });
});
