import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  type CallToolResult,
  ElicitRequestSchema,
  type ElicitResult,
} from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixture, npmServer, Place, POLICY_PLACE, PROGRAM } from './place.js';

/** Longer than it takes to decline without a person. Milliseconds. */
const PERSON = 400;
const POLICY = `version: 1
default: allow
tools:
  "delete_*": { action: require_approval, reason: Gone is gone. }
  trigger-elicitation-request: require_approval
`;
const YES: ElicitResult = { action: 'accept', content: { decision: 'allow_once' } };

/** Makes node collect its garbage all the time. What only the collector can reach is gone at once. */
const COLLECTING = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
    import { setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    setFlagsFromString('--expose-gc');
    setInterval(runInNewContext('gc'), 50).unref();`)}`,
};

interface Asked {
  message: string;
  answer(result: ElicitResult): void;
}

/** A client of the SDK whose user is asked; what is asked waits in `asked` until it is answered. */
async function user(
  server: string[],
  policy = POLICY,
  variables: Record<string, string> = {},
): Promise<{ client: Client; place: Place; asked: Asked[] }> {
  const place = new Place();
  place.policy(policy);
  const client = new Client({ name: 'test', version: '1' }, { capabilities: { elicitation: {} } });
  const asked: Asked[] = [];
  client.setRequestHandler(
    ElicitRequestSchema,
    ({ params }) => new Promise((answer) => asked.push({ message: params.message, answer })),
  );
  onTestFinished(() => client.close());
  const args = [
    PROGRAM,
    '--via',
    'elicitation',
    '--',
    process.execPath,
    ...server.map((word) => word.replace('RECORD', place.record)),
  ];
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args,
      cwd: place.work,
      env: { ...place.env, ...variables },
      stderr: 'ignore',
    }),
  );
  return { client, place, asked };
}

const recorder = [fixture('recorder.mjs'), 'RECORD'];

async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, isError } = (await client.callTool({ name, arguments: args })) as CallToolResult;
  return { text: content[0]?.type === 'text' ? content[0].text : '', refused: isError === true };
}

async function until(true_: () => boolean): Promise<void> {
  while (!true_()) await sleep(5);
}

describe('a call that needs a person', () => {
  it('passes when the person allows it, and the person sees what it is', async () => {
    const { client, place, asked } = await user(recorder);
    const result = call(client, 'delete_note', { id: 7, text: 'a\u202eb' });
    await until(() => asked.length === 1);
    expect(asked[0]?.message).toBe(
      [
        "policy-wrap: allow delete_note on server 'recorder'? (risk: critical)",
        String.raw`Arguments: {"id":7,"text":"a\u{202e}b"}`,
        'Reason: Gone is gone.',
        `Rule: /tools/delete_* (${POLICY_PLACE}:4)`,
      ].join('\n'),
    );
    expect(place.recorded()).not.toContain('tools/call');
    asked[0]?.answer(YES);
    expect(await result).toEqual({ text: '{"id":7,"text":"a\u202eb"}', refused: false });
  });

  it.each<[string, ElicitResult, number, string]>([
    ['declined', { action: 'decline' }, PERSON, 'was declined by the person who was asked.'],
    ['cancelled, so by nobody', { action: 'cancel' }, PERSON, 'and nobody could be asked.'],
    [
      'answered with no',
      { action: 'accept', content: { decision: 'deny' } },
      PERSON,
      'was declined by the person who was asked.',
    ],
    [
      'accepted without a decision, so by nobody',
      { action: 'accept', content: {} },
      PERSON,
      'The client cannot fill in forms',
    ],
    ['declined at once, so by nobody', { action: 'decline' }, 0, 'and nobody could be asked.'],
  ])('is refused when it is %s', async (_case, answer, delay, words) => {
    const { client, place, asked } = await user(recorder);
    const result = call(client, 'delete_note');
    await until(() => asked.length === 1);
    await sleep(delay);
    asked[0]?.answer(answer);
    const { text, refused } = await result;
    expect(refused).toBe(true);
    expect(text).toContain(`Policy violation: delete_note`);
    expect(text).toContain(words);
    expect(place.recorded()).not.toContain('tools/call');
  });

  it('is refused when nobody answers in time, even where garbage is collected meanwhile', async () => {
    const { client, asked } = await user(recorder, `${POLICY}approvals: { timeout: 1 }\n`, COLLECTING);
    const result = call(client, 'delete_note');
    await until(() => asked.length === 1);
    const { text, refused } = await result;
    expect(refused).toBe(true);
    expect(text).toContain('needs approval, and nobody answered in time.');
  });

  it('waits as long as the policy says, however long that is', async () => {
    const { client, asked } = await user(recorder, `${POLICY}approvals: { timeout: 366d }\n`);
    const result = call(client, 'delete_note');
    await until(() => asked.length === 1);
    await sleep(PERSON);
    asked[0]?.answer(YES);
    expect((await result).refused).toBe(false);
  });

  it('holds nothing else up, and each answer is for its own call', async () => {
    const { client, place, asked } = await user(recorder);
    const first = call(client, 'delete_note', { id: 1 });
    const second = call(client, 'delete_note', { id: 2 });
    await until(() => asked.length === 2);
    expect((await call(client, 'read_note', { id: 3 })).text).toBe('{"id":3}');
    const answers: [number, ElicitResult][] = [
      [2, YES],
      [1, { action: 'decline' }],
    ];
    await sleep(PERSON);
    for (const [id, answer] of answers)
      asked.find(({ message }) => message.includes(`{"id":${id}}`))?.answer(answer);
    expect(await second).toEqual({ text: '{"id":2}', refused: false });
    expect((await first).refused).toBe(true);
    expect(place.recorded()).not.toContain('{"id":1}');
  });

  it('is asked about beside a question of the server itself', async () => {
    const { client, asked } = await user([npmServer('everything')]);
    const result = call(client, 'trigger-elicitation-request');
    await until(() => asked.length === 1);
    asked[0]?.answer(YES);
    await until(() => asked.length === 2);
    const held = call(client, 'delete_everything');
    await until(() => asked.length === 3);
    expect(asked.map(({ message }) => message.includes('policy-wrap'))).toEqual([true, false, true]);
    await sleep(PERSON);
    asked[2]?.answer({ action: 'decline' });
    expect((await held).refused).toBe(true);
    asked[1]?.answer({ action: 'accept', content: { name: 'Ada' } });
    expect((await result).text).toContain('User provided the requested information');
  });
});
