import { existsSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { skip } from '../skip.js';
import { nothingIsLeft, type Watched, watchScript } from './aftermath.js';
import { memoryOf } from './processes.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { delete_note: deny }\naudit: { file: false }\n';
const MEGABYTE = 1024 * 1024;
/** How much a program that relays may grow; more would mean that it keeps what it relays. Bytes. */
const MOST_GROWTH = 80 * MEGABYTE;
const NO_STATUS = skip(
  memoryOf(process.pid) === undefined,
  'memory is not measured, since there is no /proc',
);

const memory = ({ process }: Watched) => memoryOf(process.pid) ?? Number.POSITIVE_INFINITY;

/** The most memory of the next second and a half. */
async function mostMemory(watched: Watched): Promise<number> {
  let most = 0;
  for (let count = 0; count < 15; count++) {
    most = Math.max(most, memory(watched));
    await sleep(100);
  }
  return most;
}

/** Starts a server that waits before it does this. `before` is the memory meanwhile. */
async function flooded(server: string): Promise<{ watched: Watched; before: number }> {
  const text = `import { existsSync, writeFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    writeFileSync('ready', '');
    while (!existsSync('start')) await sleep(20);
    ${server}`;
  const watched = watchScript(POLICY, text, { raw: true });
  while (!existsSync(path.join(watched.place.work, 'ready'))) await sleep(20);
  const before = memory(watched);
  watched.place.write('start', '');
  return { watched, before };
}

async function endOf(watched: Watched): Promise<void> {
  watched.process.stdin.end();
  expect((await watched.process).exitCode, watched.stderr).toBe(0);
  await nothingIsLeft(watched);
}

describe.skipIf(NO_STATUS)('a server that floods a client', { timeout: 120_000 }, () => {
  const BLOCKS = 1_024;
  /** The text of a program: a megabyte of messages, the first of which has the number of the block. */
  const text = `
    const line = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { text: 'y'.repeat(946) } });
    const template = Buffer.from((line + '\\n').repeat(1024));
    const at = line.indexOf('yyyyyyyy');
    const block = (number) => {
      template.write(String(number).padStart(8, '0'), at);
      return template;
    };`;
  const server = `${text}
    for (let number = 0; number < ${BLOCKS}; number++)
      if (!process.stdout.write(Buffer.from(block(number)))) await new Promise((go) => process.stdout.once('drain', go));
    process.stdin.resume();`;

  it('which reads late: a gigabyte costs no memory meanwhile, and arrives byte for byte', async () => {
    const { watched, before } = await flooded(server);
    expect((await mostMemory(watched)) - before).toBeLessThan(MOST_GROWTH);
    const expected = new Function('Buffer', `${text} return block;`)(Buffer) as (number: number) => Buffer;
    const { length } = expected(0);
    const block = Buffer.alloc(length);
    let [most, number, filled] = [0, 0, 0];
    for await (const chunk of watched.process.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const copied = chunk.copy(block, filled, at);
        at += copied;
        filled = (filled + copied) % length;
        if (filled > 0) continue;
        if (!block.equals(expected(number))) throw new Error(`block ${number} differs`);
        if (++number % 64 === 0) most = Math.max(most, memory(watched));
      }
      if (number === BLOCKS) break;
    }
    expect(filled).toBe(0);
    expect(most - before).toBeLessThan(2 * MOST_GROWTH);
    await endOf(watched);
  });

  it('which never reads: the server waits, and both are gone when the client is', async () => {
    const { watched, before } = await flooded(server);
    expect((await mostMemory(watched)) - before).toBeLessThan(MOST_GROWTH);
    watched.process.stdin.end();
    await watched.process;
    await nothingIsLeft(watched);
  });
});

/** Calls, in chunks of many. */
function* calls(tool: string, length: number, total: number): Generator<string> {
  let id = 0;
  for (let size = 0; size < total; ) {
    let chunk = '';
    for (; chunk.length < MEGABYTE; id++)
      chunk += `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${tool}","arguments":{"text":"${'x'.repeat(length)}"}}}\n`;
    size += chunk.length;
    yield chunk;
  }
}

function countLines(chunks: Iterable<string>): number {
  let count = 0;
  for (const chunk of chunks) count += chunk.split('\n').length - 1;
  return count;
}

/** Reads as many answers as are expected. Each must be the next one. */
async function readAnswers(watched: Watched, expected: number): Promise<void> {
  let rest = '';
  let next = 0;
  for await (const chunk of watched.process.stdout as AsyncIterable<Buffer>) {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) if ((JSON.parse(line) as { id: number }).id !== next++) throw new Error(line);
    if (next === expected) return;
  }
  throw new Error(`${next} answers of ${expected}`);
}

describe.skipIf(NO_STATUS)('a client that floods', { timeout: 120_000 }, () => {
  it('a server that does not read with 200 MB: memory stays flat, and each call is answered in the end', async () => {
    const { watched, before } = await flooded(`
      import { createInterface } from 'node:readline';
      const timer = setInterval(() => {
        if (!existsSync('go')) return;
        clearInterval(timer);
        createInterface({ input: process.stdin }).on('line', (line) =>
          process.stdout.write('{"jsonrpc":"2.0","id":' + JSON.parse(line).id + ',"result":{}}\\n'));
      }, 20);`);
    const flood = () => calls('read_note', 5_000, 200 * MEGABYTE);
    const expected = countLines(flood());
    Readable.from(flood()).pipe(watched.process.stdin, { end: false });
    expect((await mostMemory(watched)) - before).toBeLessThan(MOST_GROWTH);
    watched.place.write('go', '');
    await readAnswers(watched, expected);
    expect(memory(watched) - before).toBeLessThan(2 * MOST_GROWTH);
    await endOf(watched);
  });

  it('us with calls that are refused, and does not read: memory stays flat, and each is answered in the end', async () => {
    const { watched, before } = await flooded('process.stdin.resume();');
    const flood = () => calls('delete_note', 10, 8 * MEGABYTE);
    const expected = countLines(flood());
    Readable.from(flood()).pipe(watched.process.stdin, { end: false });
    expect((await mostMemory(watched)) - before).toBeLessThan(MOST_GROWTH);
    await readAnswers(watched, expected);
    await endOf(watched);
  });
});
