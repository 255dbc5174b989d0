import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { spawnOwned } from '../../../../src/platform/processes/owned-process.js';
import { LineWriter } from '../../../../src/proxy/streams/line-writer.js';
import { ByteSource } from '../../../../src/proxy/streams/reading/byte-source.js';
import { PauseGate } from '../../../../src/proxy/streams/reading/pause-gate.js';
import { onWindows } from '../../../skip.js';

const LINES = 60_000;
/** 4 MB, far more than pipes hold, and each line another. */
const WRITES = `
  const { writeSync } = require('node:fs');
  for (let line = 0; line < ${LINES}; line++) writeSync(1, String(line).padStart(9, '0') + ' ' + 'x'.repeat(60) + '\\n');`;
const EXPECTED = createHash('sha256');
for (let line = 0; line < LINES; line++)
  EXPECTED.update(`${String(line).padStart(9, '0')} ${'x'.repeat(60)}\n`);
const DIGEST = EXPECTED.digest('hex');
/** Reads nothing for a while, then all. */
const DIGESTS = `
  const digest = require('node:crypto').createHash('sha256');
  setTimeout(() => process.stdin.on('data', (chunk) => digest.update(chunk)).on('end', () => console.log(digest.digest('hex'))), 300);`;

/** Nothing is written. */
const nowhere = { together: (read: () => void) => read(), sharesMemory: () => false };
const start = (script: string) => spawnOwned(process.execPath, ['-e', script], { stderr: 'inherit' });

it('passes on what it reads to a reader that is slow, and overwrites nothing that waits', async () => {
  const reader = start(DIGESTS);
  const source = ByteSource.ofStream(start(WRITES).stdout);
  const writer = new LineWriter(
    reader.stdin,
    () => {},
    () => {},
  );
  source.start(writer, (chunk) => writer.write(chunk));
  source.stream.once('end', () => void writer.end());
  const [digest] = (await once(reader.stdout, 'data')) as [Buffer];
  expect(digest.toString().trim()).toBe(DIGEST);
});

it('overwrites nothing that waits for a reader who stops again and again', async () => {
  const reader = start(`
    const digest = require('node:crypto').createHash('sha256');
    process.stdin.on('data', (chunk) => {
      digest.update(chunk);
      process.stdin.pause();
      setTimeout(() => process.stdin.resume(), Math.random() * 3);
    }).on('end', () => console.log(digest.digest('hex')));`);
  const source = ByteSource.ofStream(start(WRITES).stdout);
  const gate = new PauseGate(source.stream);
  const writer = new LineWriter(
    reader.stdin,
    () => {
      if (writer.backlog > 200_000) gate.close('slow');
    },
    () => gate.release('slow'),
  );
  source.start(writer, (chunk) => writer.write(chunk));
  source.stream.once('end', () => void writer.end());
  const [digest] = (await once(reader.stdout, 'data')) as [Buffer];
  expect(digest.toString().trim()).toBe(DIGEST);
});

it.skipIf(onWindows('each read has memory of its own'))(
  'reads all chunks into the same memory while none is shared',
  async () => {
    const source = ByteSource.ofStream(start(WRITES).stdout);
    const memories = new Set<unknown>();
    source.start(nowhere, (chunk) => void memories.add(chunk.buffer));
    await once(source.stream, 'close');
    expect(memories.size).toBe(1);
  },
);

it('takes nothing before it is started, and nothing while it is held back', async () => {
  const source = ByteSource.ofStream(start(WRITES).stdout);
  const digest = createHash('sha256');
  const gate = new PauseGate(source.stream);
  let taken = 0;
  await sleep(200);
  source.start(nowhere, (chunk) => {
    digest.update(chunk);
    if (++taken % 10 === 0) gate.close('slow');
  });
  const ended = once(source.stream, 'end');
  for (let open = true; open; ) {
    const before = taken;
    if (!gate.open) await sleep(20);
    if (!gate.open) {
      expect(taken).toBe(before);
      gate.release('slow');
    }
    open = await Promise.race([ended.then(() => false), sleep(1, true)]);
  }
  expect(digest.digest('hex')).toBe(DIGEST);
});

it('reads any other stream as it comes', async () => {
  const source = ByteSource.ofStream(Readable.from([Buffer.from('a'), Buffer.from('b')]));
  const texts: string[] = [];
  source.start(nowhere, (chunk) => void texts.push(chunk.toString()));
  await once(source.stream, 'end');
  expect(texts).toEqual(['a', 'b']);
});
