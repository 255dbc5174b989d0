import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { LineWriter } from '../../../src/proxy/streams/line-writer.js';

function written(): { writer: LineWriter; chunks: Uint8Array[] } {
  const chunks: Uint8Array[] = [];
  const stream = new Writable({
    write(chunk: Uint8Array, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  const nothing = () => {};
  return { writer: new LineWriter(stream, nothing, nothing), chunks };
}

it('writes a chunk whose lines all go on as the one piece that it is', () => {
  const { writer, chunks } = written();
  const chunk = Buffer.from('{"a":1}\n{"b":2}\n{"c":3}\n');
  writer.together(() => {
    for (const [from, to] of [
      [0, 8],
      [8, 16],
      [16, 24],
    ])
      writer.write(chunk.subarray(from, to));
  });
  expect(chunks).toEqual([chunk]);
  expect(chunks[0]?.buffer).toBe(chunk.buffer);
});

it('puts lines together where some of the chunk do not go, or ours come between', () => {
  const { writer, chunks } = written();
  const chunk = Buffer.from('{"a":1}\n{"b":2}\n{"c":3}\n');
  writer.together(() => {
    writer.write(chunk.subarray(0, 8));
    writer.write(chunk.subarray(16, 24));
    writer.writeLine('ours');
  });
  expect(chunks.map(String)).toEqual(['{"a":1}\n{"c":3}\nours\n']);
});

it('copies nothing of what is long', () => {
  const { writer, chunks } = written();
  const long = Buffer.from(`${'x'.repeat(100_000)}\n`);
  writer.together(() => {
    writer.write(long);
    writer.writeLine('ours');
  });
  expect(chunks.map(({ buffer }) => buffer === long.buffer)).toEqual([true, false]);
});

it('is idle when nothing that was given to it has still to be written', () => {
  let finish = () => {};
  const stream = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => {
      finish = done;
    },
  });
  const writer = new LineWriter(
    stream,
    () => {},
    () => {},
  );
  expect(writer.idle).toBe(true);
  writer.together(() => {
    expect(writer.idle).toBe(true);
    writer.writeLine('ours');
    expect(writer.idle).toBe(false);
  });
  expect(writer.idle).toBe(false);
  finish();
  expect(writer.idle).toBe(true);
});

it('says of which memory something waits to be written', () => {
  const done: (() => void)[] = [];
  const stream = new Writable({ write: (_chunk, _encoding, written) => void done.push(written) });
  const nothing = () => {};
  const writer = new LineWriter(stream, nothing, nothing);
  const one = Buffer.allocUnsafeSlow(100);
  const other = Buffer.allocUnsafeSlow(100);
  const shares = () => [one, other].map(({ buffer }) => writer.sharesMemory(buffer));
  expect(shares()).toEqual([false, false]);
  writer.write(one);
  expect(shares()).toEqual([true, false]);
  // Copied, since something waits.
  writer.write(other);
  expect(shares()).toEqual([true, false]);
  while (done.length > 0) done.shift()?.();
  expect(shares()).toEqual([false, false]);
  writer.write(other);
  expect(shares()).toEqual([false, true]);
});
