import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StartOptions } from '../e2e/program.js';
import { nothingIsLeft, type Watched, watchScript } from './aftermath.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { deny_this: deny }\n';

/**
 * Answers with text of 2 MB and more, in pieces, and in the way that the tool is called: the id last, half of it only until
 * `get_rest` is called, a carriage return within, its own end in the middle.
 */
const SERVER = `import { createInterface } from 'node:readline';
import { writeSync } from 'node:fs';
const text = 'é \\\\" quote, and more \\\\n'.repeat(90_000);
const out = (part) => {
  for (let bytes = Buffer.from(part); bytes.length > 0; ) {
    try { bytes = bytes.subarray(writeSync(1, bytes)); } catch (error) { if (error.code !== 'EAGAIN') throw error; }
  }
};
let rest = '';
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const name = params?.name;
  const result = '{"content":[{"type":"text","text":"' + text + '"}]}';
  const first = '{"jsonrpc":"2.0","id":' + id + ',"result":' + result + '}\\n';
  if (method !== 'tools/call' || name === 'get_small') out(JSON.stringify({ jsonrpc: '2.0', id, result: {} }) + '\\n');
  else if (name === 'get_last') out('{"result":' + result + ',"jsonrpc":"2.0","id":' + id + '}\\n');
  else if (name === 'get_long') out(first);
  else if (name === 'get_split') out(first.slice(0, -1_000_000) + '\\r{"jsonrpc":"2.0","id":9,"result":{}}\\r' + first.slice(-1_000_000));
  else if (name === 'get_rest') out(rest + JSON.stringify({ jsonrpc: '2.0', id, result: {} }) + '\\n');
  else {
    out(first.slice(0, 1_000_000));
    rest = first.slice(1_000_000);
    if (name === 'get_killed') process.kill(process.pid, 'SIGKILL');
  }
});
`;
const TEXT = 'é " quote, and more \n'.repeat(90_000);

interface Answer {
  id?: number;
  result?: { content?: { text: string }[] };
  error?: { code: number; message: string };
}

/** In front of that server, which has answered once. */
async function start(options: StartOptions = {}): Promise<Watched> {
  const watched = watchScript(POLICY, SERVER, options);
  if (!options.unread) await watched.call(100, 'get_small');
  return watched;
}

const ask = (watched: Watched, id: number, name: string) =>
  watched.send({ id, method: 'tools/call', params: { name, arguments: {} } });

/** What a reader makes of the lines, who takes a carriage return for the end of one: what is not JSON is passed over. */
function read(watched: Watched): Answer[] {
  return watched.lines.flatMap((line) =>
    line.split('\r').flatMap((part) => {
      try {
        return [JSON.parse(part) as Answer];
      } catch {
        return [];
      }
    }),
  );
}

/** Waits for the answer to a request, among lines of which some are no JSON. */
async function answered(watched: Watched, id: number): Promise<Answer> {
  const found = () => read(watched).find((answer) => answer.id === id);
  await expect.poll(found, { timeout: 15_000 }).toBeDefined();
  return found() as Answer;
}

const textOf = ({ result }: Answer) => result?.content?.[0]?.text;

describe('long answers', () => {
  it('come whole, one after the other, with others between, and to a client that is slow', async () => {
    const watched = await start({ unread: true });
    const names = ['get_long', 'get_small', 'get_last', 'get_last', 'deny_this', 'get_long', 'get_small'];
    for (const [id, name] of names.entries()) ask(watched, id, name);
    await sleep(1_000);
    watched.read();
    for (const id of names.keys()) await answered(watched, id);
    expect(watched.lines).toHaveLength(names.length);
    const digests = read(watched).map((answer) =>
      createHash('sha256')
        .update(textOf(answer) ?? '')
        .digest('hex'),
    );
    const digest = createHash('sha256').update(TEXT).digest('hex');
    expect(digests.filter((each) => each === digest)).toHaveLength(4);
    expect((await watched.end()).exitCode).toBe(0);
  });

  it('end with an error where the server is killed in the middle, as do others that are open', async () => {
    const watched = await start();
    ask(watched, 1, 'get_killed');
    ask(watched, 2, 'get_small');
    const { exitCode } = await watched.process;
    expect(exitCode).toBe(137);
    const message = 'The server ended (signal SIGKILL) before it answered.';
    expect(read(watched).slice(1)).toMatchObject([
      { id: 1, error: { message } },
      { id: 2, error: { message } },
    ]);
    expect(watched.rest).toBe('');
    await nothingIsLeft(watched);
  });

  it('do not keep what is refused for ever, when they stall in the middle', async () => {
    const watched = await start();
    ask(watched, 1, 'get_half');
    await sleep(300);
    ask(watched, 2, 'deny_this');
    expect(await answered(watched, 2)).toMatchObject({ result: { isError: true } });
    expect(await answered(watched, 1)).toMatchObject({
      error: { message: "The server's answer did not go on." },
    });
    // What comes of it later is dropped.
    ask(watched, 3, 'get_rest');
    ask(watched, 4, 'get_long');
    expect(await answered(watched, 3)).toMatchObject({ result: {} });
    expect(textOf(await answered(watched, 4))).toBe(TEXT);
    expect(read(watched).map(({ id }) => id)).toEqual([100, 2, 1, 3, 4]);
    expect((await watched.end()).exitCode).toBe(0);
  });

  it('hide no message behind a carriage return', async () => {
    const watched = await start();
    ask(watched, 9, 'get_half');
    ask(watched, 8, 'get_rest');
    await answered(watched, 8);
    ask(watched, 9, 'get_split');
    expect(await answered(watched, 9)).toMatchObject({ result: {} });
    await expect
      .poll(() => read(watched).at(-1))
      .toMatchObject({
        id: 9,
        error: { message: "The server's answer was not one message." },
      });
    expect(read(watched).map(({ id }) => id)).toEqual([100, 9, 8, 9]);
  });

  it('go on while the policy changes, and what comes then is judged by the new one', async () => {
    const watched = await start();
    ask(watched, 1, 'get_half');
    await sleep(300);
    writeFileSync(
      path.join(watched.place.work, 'policy-wrap.yaml'),
      `${POLICY.trimEnd().slice(0, -2)}, get_small: deny }\n`,
    );
    await sleep(1_500);
    ask(watched, 2, 'get_small');
    ask(watched, 3, 'get_rest');
    expect(await answered(watched, 2)).toMatchObject({ result: { isError: true } });
    expect(textOf(await answered(watched, 1))).toBe(TEXT);
  });

  it('end with their client', async () => {
    const watched = await start();
    ask(watched, 1, 'get_half');
    await sleep(300);
    watched.process.stdout.destroy();
    watched.process.stdin.end();
    await watched.process;
    await nothingIsLeft(watched);
  });
});
