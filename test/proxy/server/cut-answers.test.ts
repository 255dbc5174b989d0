import { describe, expect, it } from 'vitest';
import { first, LONG, last, message, Side } from './server-side.js';

describe('what is no plain answer after all', () => {
  const after = '{"jsonrpc":"2.0","method":"after"}\n';
  const odd: readonly (readonly [string, (line: string) => string])[] = [
    ['a carriage return within it', (line) => line.replace(/x(?=.{30}$)/s, '\r')],
    [
      'a message behind a carriage return',
      (line) => `${line.slice(0, -9_000)}"}]}}\r{"jsonrpc":"2.0","id":2,"result":{}}\n`,
    ],
    ['a line feed within it', (line) => `${line.slice(0, -9_000)}\n`],
    ['a second id', (line) => line.replace(/\}\n$/, ',"id":2}\n')],
    ['a key like its id', (line) => line.replace(/\}\n$/, ',"ID":2}\n')],
    ['a method', (line) => line.replace(/\}\n$/, ',"method":"sampling/createMessage"}\n')],
    ['another result', (line) => line.replace(/\}\n$/, ',"result":{}}\n')],
    ['another version', (line) => line.replace(/\}\n$/, ',"jsonrpc":"1.0"}\n')],
    ['more after it', (line) => line.replace(/\}\n$/, '}{"jsonrpc":"2.0","id":2,"result":{}}\n')],
    ['too much after it', (line) => line.replace(/\}\n$/, `${' '.repeat(70_000)}}\n`)],
    ['no end', (line) => line.replace(/\}\n$/, '\n')],
  ];

  it.each(odd)('%s: the client reads no message of it, and gets one error', (_, spoil) => {
    const line = spoil(`{"jsonrpc":"2.0","id":1,"result":{"content":[{"text":"${'x'.repeat(LONG)}"}]}}\n`);
    for (const cuts of [
      [10_000],
      [10_000, line.length - 3],
      [6_000, line.length - 40, line.length - 20, line.length - 1],
    ]) {
      const side = new Side();
      side.ask(1);
      side.ask(2);
      side.says(`${line}${after}`, cuts);
      const read = side.written.split(/[\r\n]/).flatMap(message);
      expect(read).toEqual([
        {
          jsonrpc: '2.0',
          id: 1,
          error: { code: -32603, message: "The server's answer was not one message." },
        },
        { jsonrpc: '2.0', method: 'after' },
      ]);
      expect(side.endings).toEqual(['1 unanswered']);
      expect(side.told).toHaveLength(1);
      expect(side.pending.has(2)).toBe(true);
    }
  });

  it('is an answer to nothing that was asked', () => {
    const side = new Side();
    side.ask(1);
    side.says(`${last(3)}${after}`, [10_000]);
    expect(side.written.split('\n').flatMap(message)).toEqual([{ jsonrpc: '2.0', method: 'after' }]);
    expect(side.odd).toEqual(['3']);
    expect(side.pending.has(1)).toBe(true);
  });

  it('is the answer to a request that came meanwhile, and is looked into', () => {
    const side = new Side();
    side.ask(1);
    const line = last(2);
    side.says(line.slice(0, 10_000));
    side.ask(2, { isPlain: false, method: 'tools/list' });
    side.says(line.slice(10_000));
    expect(side.written.split('\n').flatMap(message)).toMatchObject([{ id: 2, error: { code: -32603 } }]);
    expect(side.endings).toEqual(['2 unanswered']);
  });

  it('is longer than lines may be', () => {
    const side = new Side({ longest: 50_000 });
    side.ask(1);
    side.says(first(1, 200_000), [10_000, 40_000, 70_000, 90_000]);
    expect(side.tooLong).toBe(1);
  });
});

describe('an answer that stalls', () => {
  const line = first(1);
  const looks = (side: Side, times: number) => {
    for (let look = 0; look < times; look++) side.chunks.look(true);
  };

  it('is cut once lines of ours have waited for it, and nothing more of it counts', () => {
    const side = new Side();
    side.ask(1);
    side.ask(2);
    side.says(line.slice(0, 15_000));
    looks(side, 20);
    side.toClient.writeLine('{"ours":true}');
    looks(side, 3);
    expect(side.written).toBe(line.slice(0, 15_000));
    looks(side, 1);
    const error =
      '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"The server\'s answer did not go on."}}';
    expect(side.written).toBe(`${line.slice(0, 15_000)}\n{"ours":true}\n${error}\n`);
    side.says(`${line.slice(15_000)}${first(2)}`, [3_000]);
    expect(side.written.endsWith(`${error}\n${first(2)}`)).toBe(true);
    expect(side.endings).toEqual(['1 unanswered', '2 completed']);
  });

  it('gets its error when it says whom it answers', () => {
    const side = new Side();
    side.ask(1);
    side.says(last(1).slice(0, 15_000));
    side.toClient.writeLine('{"ours":true}');
    looks(side, 5);
    expect(side.written.split('\n').flatMap(message)).toEqual([{ ours: true }]);
    side.says(last(1).slice(15_000));
    expect(side.written.split('\n').flatMap(message)).toMatchObject([
      { ours: true },
      { id: 1, error: { message: "The server's answer did not go on." } },
    ]);
    expect(side.endings).toEqual(['1 unanswered']);
  });

  it('is cut after a minute, however fast it goes on', () => {
    const side = new Side();
    const long = first(1, 900_000);
    side.ask(1);
    side.says(long.slice(0, 8_000));
    side.toClient.writeLine('{"ours":true}');
    for (let second = 1; second < 60; second++) {
      side.says(long.slice(second * 8_000, (second + 1) * 8_000));
      looks(side, 1);
    }
    expect(side.written).toBe(long.slice(0, 480_000));
    looks(side, 1);
    expect(side.written.split('\n').flatMap(message)).toMatchObject([{ ours: true }, { id: 1, error: {} }]);
  });

  it('waits for a client that does not read, and for a server that goes on', () => {
    const side = new Side();
    side.ask(1);
    side.says(line.slice(0, 8_000));
    side.toClient.writeLine('{"ours":true}');
    for (let look = 0; look < 10; look++) side.chunks.look(false);
    looks(side, 2);
    side.says(line.slice(8_000, 13_000));
    looks(side, 3);
    side.says(line.slice(13_000));
    expect(side.written).toBe(`${line}{"ours":true}\n`);
  });
});

describe('the end of the server', () => {
  it('ends a line that it has begun, and leaves its request open', () => {
    const side = new Side();
    side.ask(1);
    side.says(first(1).slice(0, 15_000));
    side.toClient.writeLine('ours');
    side.chunks.end();
    expect(side.written).toBe(`${first(1).slice(0, 15_000)}\nours\n`);
    expect(side.pending.isOpen(1)).toBe(true);
  });

  it('ends a line that only lacks its line feed', () => {
    const side = new Side();
    side.ask(1);
    side.says(first(1).slice(0, -1), [15_000]);
    side.chunks.end();
    expect(side.written).toBe(first(1));
    expect(side.endings).toEqual(['1 completed']);
  });
});
