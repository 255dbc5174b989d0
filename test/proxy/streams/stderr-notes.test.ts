import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { StderrNotes } from '../../../src/proxy/streams/stderr-notes.js';

describe('notes that nobody reads', () => {
  it('are counted once many wait, and whoever reads at last is told how many are missing', async () => {
    const stderr = new PassThrough();
    const notes = new StderrNotes(stderr);
    for (let count = 0; count < 1_000; count++) notes.tell(`${count} ${'x'.repeat(200)}`);
    let read = '';
    stderr.setEncoding('utf8').on('data', (text: string) => {
      read += text;
    });
    await expect.poll(() => read).toMatch(/policy-wrap: \d+ messages dropped: stderr is not being read\n$/);
    const told = read.match(/^policy-wrap: \d+ x+$/gm) ?? [];
    expect(told.length).toBeGreaterThan(100);
    expect(read).toContain(`policy-wrap: ${1_000 - told.length} messages dropped`);
  });
});
