import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../src/core/wire/line-splitter.js';
import { OddLines } from '../../../src/proxy/peers/odd-lines.js';

const MESSAGE = '{"jsonrpc":"2.0","method":"notifications/x"}';

function start() {
  const notes: string[] = [];
  const splitter = new LineSplitter(10_000_000);
  const odd = new OddLines('server', splitter, (note) => notes.push(note));
  const write = (text: string) => {
    for (const { content } of splitter.push(Buffer.from(text))) odd.add(content);
  };
  return { notes, odd, write };
}

describe('what a peer writes that is not messages', () => {
  it('is shown once for each kind, and counted', () => {
    const { notes, odd, write } = start();
    write(`hello\nhello again\n\n{"level":1}\n${MESSAGE}\nbye\n`);
    odd.end();
    odd.end();
    expect(notes.map((note) => note.split('\n')[0])).toEqual([
      'the server wrote a line that is not a JSON-RPC message: hello',
      'the server wrote JSON that is not a JSON-RPC message: {"level":1}',
      '2 more lines of the server were not passed on',
    ]);
  });

  it('is told of answers to nothing ten times, and counted from then on', () => {
    const { notes, odd } = start();
    for (let id = 1; id <= 200_000; id++) odd.addAnswer(Buffer.from(`${id}`));
    odd.end();
    expect(notes).toHaveLength(11);
    expect(notes[0]).toBe(
      'the server answered a request that it was not sent (id 1); the answer was dropped',
    );
    expect(notes[10]).toBe('199990 more lines of the server were not passed on');
  });

  it('costs little when there is much of it', () => {
    const { notes, odd, write } = start();
    const began = performance.now();
    for (let n = 0; n < 100; n++) write(`${'x'.repeat(80)}\n`.repeat(10_000));
    odd.end();
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(notes).toHaveLength(2);
    expect(notes[1]).toBe('999999 more lines of the server were not passed on');
  });

  it('costs little when its lines are long', () => {
    const { notes, odd, write } = start();
    const began = performance.now();
    for (let n = 0; n < 200; n++) write(`${'x\r'.repeat(500_000)}\n`);
    odd.end();
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(notes.at(-1)).toBe('199 more lines of the server were not passed on');
  });

  it('shows a banner by its first line with a letter, and the beginning of a long line', () => {
    const { notes, write } = start();
    write(`  ____\n -- --\n${'long '.repeat(1_000)}\n`);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/message: (?:long )+long?…\n|message: (?:long )+…\n/);
    expect(notes[0]?.length).toBeLessThan(400);
  });
});

describe('a line that does not end', () => {
  it('is shown when it has stopped growing, and once', () => {
    const { notes, odd, write } = start();
    write(MESSAGE.slice(0, 20));
    for (let n = 0; n < 3; n++) odd.look();
    expect(notes).toEqual([]);
    write(MESSAGE.slice(20));
    odd.look();
    expect(notes).toEqual([]);
    for (let n = 0; n < 3; n++) odd.look();
    expect(notes).toEqual([
      `the server wrote a message without a line feed after it: ${MESSAGE}\n  help: end each message with a line feed, and flush it`,
    ]);
    write(MESSAGE);
    for (let n = 0; n < 3; n++) odd.look();
    expect(notes[1]).toContain('several messages on one line');
    write('\n');
    for (let n = 0; n < 3; n++) odd.look();
    expect(notes).toHaveLength(2);
  });

  it('is not looked at when it is long', () => {
    const { notes, odd, write } = start();
    write('x'.repeat(2_000_000));
    for (let n = 0; n < 3; n++) odd.look();
    expect(notes).toEqual([]);
  });
});
