import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Place } from './place.js';
import { Wrapped } from './program.js';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

/** Of another letter each, so that no line can be taken for another. */
const textOf = (id: number, size: number) => String.fromCharCode(0x61 + (id % 26)).repeat(size);
const lineOf = (id: number, size: number, rest = '') =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"read_note","arguments":{"text":"${textOf(id, size)}"}${rest}}}`;

/**
 * Reads slowly. A call is answered as soon as its beginning has come, and `ping` with the digests of all lines before.
 * @param answers whether calls are answered at all
 */
const slow = (answers: boolean) => `import { createHash } from 'node:crypto';
const digests = [];
let [hash, head] = [createHash('sha256'), ''];
const answer = (id, result) => console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
function take(part) {
  const isNew = head.length < 60;
  hash.update(part);
  if (isNew) head += part.toString('latin1', 0, 60);
  const [, id] = /"id":(\\d+),"method":"tools.call"/.exec(head) ?? [];
  if (${answers} && isNew && id && head.length >= 60) answer(Number(id), { content: [] });
}
process.stdin.on('data', (chunk) => {
  let start = 0;
  for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
    take(chunk.subarray(start, end));
    if (head.includes('"ping"')) answer(0, { digests });
    digests.push(hash.digest('hex'));
    [hash, head, start] = [createHash('sha256'), '', end + 1];
  }
  take(chunk.subarray(start));
  process.stdin.pause();
  setTimeout(() => process.stdin.resume(), 5);
});`;

function start(policy = ''): Place {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  return place;
}

const PING = '{"jsonrpc":"2.0","id":0,"method":"ping"}';

describe('long lines, whose memory is used again', () => {
  const SIZES = [70_000, 1_000_000, 3_000_000, 66_000, 65_400, 3_000_000, 5_000_000, 200_000, 100];

  it('reach the server as they came, and the log with what they were', async () => {
    const place = start();
    const wrapped = Wrapped.recorder(place);
    const lines = SIZES.map((size, index) => lineOf(index + 1, size));
    for (const [index, line] of lines.entries()) {
      wrapped.sendLine(line);
      expect(await wrapped.answer(index + 1)).toHaveProperty('result');
    }
    await wrapped.end();
    expect(sha256(place.recorded() ?? '')).toBe(sha256(lines.map((line) => `${line}\n`).join('')));
    const expected = SIZES.map((size, index) => {
      const text = textOf(index + 1, size);
      const written = size > 1_000 ? `… (${size} characters, sha256 ${sha256(text)}) …` : text;
      return { outcome: 'completed', arguments: { text: expect.stringContaining(written) as string } };
    });
    expect(place.audit()).toMatchObject(expected);
  });

  it('reach a server whole that answers before it has read them', async () => {
    const wrapped = Wrapped.script(start(), slow(true));
    const lines = SIZES.map((size, index) => lineOf(index + 1, size));
    for (const [index, line] of lines.entries()) {
      wrapped.sendLine(line);
      await wrapped.answer(index + 1);
    }
    wrapped.sendLine(PING);
    expect(await wrapped.answer(0)).toHaveProperty('result.digests', lines.map(sha256));
  });

  it.each([
    ['withdrawn', ''],
    ['given up', 'tools: { read_note: { action: allow, timeout: 0.05 } }'],
  ])('reach a server whole that reads slowly, when they are %s', async (how, policy) => {
    const wrapped = Wrapped.script(start(policy), slow(false));
    const ids = [1, 2, 3, 4];
    const lines = ids.map((id) => lineOf(id, 3_000_000));
    for (const [index, id] of ids.entries()) {
      // In one chunk with the end of the line.
      const withdrawal = how === 'withdrawn' ? [cancelOf(id)] : [];
      wrapped.process.stdin.write([lines[index], ...withdrawal, ''].join('\n'));
      if (how === 'given up') await wrapped.answer(id);
    }
    wrapped.sendLine(PING);
    const { result } = await wrapped.answer<{ result: { digests: string[] } }>(0);
    const known = new Set(lines.map(sha256));
    expect(result.digests.filter((digest) => known.has(digest))).toEqual(lines.map(sha256));
    expect(result.digests.length).toBe(2 * ids.length);
  });

  it('are written down with all that they say when there is more than arguments', async () => {
    const place = start();
    const wrapped = Wrapped.recorder(place);
    for (const id of [1, 2]) {
      wrapped.sendLine(lineOf(id, 300_000, `,"_meta":{"note":"number ${id}"}`));
      await wrapped.answer(id);
    }
    await wrapped.end();
    const text = expect.stringContaining('… (300000 characters, sha256 ') as string;
    expect(place.audit()).toMatchObject(
      [1, 2].map((id) => ({ arguments: { text }, params: { _meta: { note: `number ${id}` } } })),
    );
  });
});

function cancelOf(requestId: number): string {
  return `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${requestId}}}`;
}
