import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const POLICY = 'version: 1\ndefault: allow\ntools: { delete_note: deny }\naudit: { file: false }\n';
const MEGABYTE = 1024 * 1024;
const TOTAL = 200 * MEGABYTE;
/** Of a program that relays 200 MB; more would mean that it keeps them. Bytes. */
const MOST_MEMORY = 120 * MEGABYTE;
const HAS_STATUS = existsSync('/proc/self/status');

/** The memory that a process occupies now. Bytes. */
function memoryOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** The most memory of the next seconds. */
async function mostMemory({ process }: Wrapped): Promise<number> {
  let most = 0;
  for (let count = 0; count < 15; count++) {
    most = Math.max(most, memoryOf(process.pid));
    await sleep(100);
  }
  return most;
}

function start(server: string): { place: Place; wrapped: Wrapped } {
  const place = new Place();
  place.policy(POLICY);
  return { place, wrapped: Wrapped.script(place, server, { raw: true }) };
}

/** Lines, in chunks of many. */
function* lines(line: (id: number) => string, total: number): Generator<string> {
  let id = 0;
  for (let size = 0; size < total; ) {
    let chunk = '';
    for (; chunk.length < MEGABYTE; id++) chunk += `${line(id)}\n`;
    size += chunk.length;
    yield chunk;
  }
}

const call = (tool: string, length: number) => (id: number) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${tool}","arguments":{"text":"${'x'.repeat(length)}"}}}`;

function countLines(chunks: Iterable<string>): number {
  let count = 0;
  for (const chunk of chunks) count += chunk.split('\n').length - 1;
  return count;
}

/** Reads as many answers as are expected. Each must be the next one. */
async function readAnswers(wrapped: Wrapped, expected: number): Promise<void> {
  let rest = '';
  let next = 0;
  for await (const chunk of wrapped.process.stdout as AsyncIterable<Buffer>) {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) if ((JSON.parse(line) as { id: number }).id !== next++) throw new Error(line);
    if (next === expected) return;
  }
  throw new Error(`${next} answers of ${expected}`);
}

beforeAll(() => {
  if (!HAS_STATUS) console.warn('memory is not measured: this system has no /proc');
});

describe.skipIf(!HAS_STATUS)('memory stays bounded and nothing is lost', () => {
  it('when a server floods a client that does not read', async () => {
    const { wrapped } = start(`
      const text = 'y'.repeat(1_900);
      let n = 0;
      const hash = (await import('node:crypto')).createHash('sha256');
      for (let size = 0; size < ${TOTAL}; ) {
        let chunk = '';
        for (; chunk.length < ${MEGABYTE}; n++)
          chunk += '{"jsonrpc":"2.0","method":"notifications/message","params":{"n":' + n + ',"text":"' + text + '"}}\\n';
        size += chunk.length;
        hash.update(chunk);
        if (!process.stdout.write(chunk)) await new Promise((go) => process.stdout.once('drain', go));
      }
      process.stdout.write('{"jsonrpc":"2.0","method":"' + hash.digest('hex') + '"}\\n');`);
    expect(await mostMemory(wrapped)).toBeLessThan(MOST_MEMORY);
    const hash = createHash('sha256');
    let size = 0;
    let tail = Buffer.alloc(0);
    for await (const chunk of wrapped.process.stdout as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([tail, chunk]);
      tail = bytes.subarray(Math.max(0, bytes.length - 200));
      hash.update(bytes.subarray(0, bytes.length - tail.length));
      size += chunk.length;
    }
    const end = tail.lastIndexOf('\n', -2) + 1;
    hash.update(tail.subarray(0, end));
    expect(size).toBeGreaterThan(TOTAL);
    expect(tail.subarray(end).toString()).toContain(hash.digest('hex'));
    expect((await wrapped.process).exitCode).toBe(0);
  });

  it('when a client floods a server that does not read', async () => {
    const { place, wrapped } = start(`
      import { existsSync } from 'node:fs';
      import { createInterface } from 'node:readline';
      const timer = setInterval(() => {
        if (!existsSync('go')) return;
        clearInterval(timer);
        createInterface({ input: process.stdin }).on('line', (line) =>
          process.stdout.write('{"jsonrpc":"2.0","id":' + JSON.parse(line).id + ',"result":{}}\\n'));
      }, 20);`);
    const expected = countLines(lines(call('read_note', 1_900), TOTAL));
    Readable.from(lines(call('read_note', 1_900), TOTAL)).pipe(wrapped.process.stdin, { end: false });
    expect(await mostMemory(wrapped)).toBeLessThan(MOST_MEMORY);
    place.write('go', '');
    await readAnswers(wrapped, expected);
    expect(memoryOf(wrapped.process.pid)).toBeLessThan(2 * MOST_MEMORY);
    expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
  });

  it('when a client that does not read floods us with calls that are refused', async () => {
    const { wrapped } = start(`process.stdin.resume();`);
    const total = TOTAL / 8;
    const expected = countLines(lines(call('delete_note', 10), total));
    Readable.from(lines(call('delete_note', 10), total)).pipe(wrapped.process.stdin, { end: false });
    expect(await mostMemory(wrapped)).toBeLessThan(MOST_MEMORY);
    await readAnswers(wrapped, expected);
    expect(await wrapped.end()).toMatchObject({ exitCode: 0 });
  });
});
