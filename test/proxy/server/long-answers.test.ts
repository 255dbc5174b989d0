import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { first, type Given, LONG, last, Side } from './server-side.js';

describe('a long answer', () => {
  it.each([
    ['with its id first', first(1)],
    ['with its id last', last(1)],
    ['with its id as a string', first('1')],
    ['with a member that nobody needs after it', first(1).replace(/\}\n$/, ',"error":null}\n')],
    ['with CR and LF', first(1).replace(/\n$/, '\r\n')],
  ])('goes on before it has ended: %s', (_, line) => {
    const side = new Side();
    side.ask(1);
    side.says(line.slice(0, 10_000));
    expect(side.written).toBe(line.slice(0, 10_000));
    side.says(line.slice(10_000));
    expect(side.written).toBe(line);
    expect(side.endings).toEqual(['1 completed']);
    expect(side.pending.has(1)).toBe(false);
  });

  it('says that the tool has failed, wherever that is cut', () => {
    const line = first(1, LONG, ', "isError": true');
    for (let cut = line.length - 30; cut < line.length; cut++) {
      const side = new Side();
      side.ask(1);
      side.says(line, [Math.floor(cut / 2), Buffer.byteLength(line) - (line.length - cut)]);
      expect(side.endings).toEqual(['1 tool_error']);
    }
  });

  it('goes on among others, wherever chunks end', () => {
    const small = '{"jsonrpc":"2.0","method":"notifications/x"}\n';
    const kinds = [
      (id: number) => first(id, 9_000),
      (id: number) => last(id, 12_000),
      (id: number) => first(id, 50),
      (id: number) => last(id, 200),
      () => small,
      () => `${'log '.repeat(3_000)}\n`,
    ];
    const line = fc.nat(kinds.length - 1);
    const cuts = fc.array(fc.nat(60_000), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), cuts, (lines, ends) => {
        const side = new Side();
        const all = lines.map((kind, id) => kinds[kind]?.(id) ?? '').join('');
        const ids = lines.flatMap((kind, id) => (kind < 4 ? [id] : []));
        for (const id of ids) side.ask(id);
        side.says(all, ends);
        expect(side.written).toBe(all);
        expect(side.endings).toEqual(ids.map((id) => `${id} completed`));
      }),
      runs(300),
    );
  });

  it('goes on byte by byte', () => {
    const line = `${last(1, 6_000)}${first(2, 6_000)}`;
    const side = new Side();
    side.ask(1);
    side.ask(2);
    const size = Buffer.byteLength(line);
    side.says(
      line,
      Array.from({ length: size }, (_, at) => at),
    );
    expect(side.written).toBe(line);
    expect(side.endings).toEqual(['1 completed', '2 completed']);
  });

  it('keeps lines of ours back until it has ended', () => {
    const side = new Side();
    side.ask(1);
    const line = first(1);
    side.says(line.slice(0, 15_000));
    side.toClient.writeLine('ours');
    side.says(line.slice(15_000, 16_000));
    expect(side.written).toBe(line.slice(0, 16_000));
    expect(side.toClient.backlog).toBe(5);
    side.says(line.slice(16_000));
    expect(side.written).toBe(`${line}ours\n`);
  });

  it('passes when its client has cancelled it meanwhile, and ends nothing twice', () => {
    const side = new Side();
    side.ask(1);
    const line = first(1);
    side.says(line.slice(0, 15_000));
    side.pending.close(1, 'cancelled');
    side.says(line.slice(15_000));
    expect(side.written).toBe(line);
    expect(side.endings).toEqual(['1 cancelled']);
  });
});

describe('an answer waits for its end', () => {
  const stored: readonly [string, string, (side: Side) => void, Given?][] = [
    ['that answers nothing', first(7), () => {}],
    ['that is looked into', first(1), (side) => side.ask(1, { isPlain: false })],
    [
      'whose id comes last, while another is looked into',
      last(1),
      (side) => {
        side.ask(1);
        side.ask(2, { isPlain: false });
      },
    ],
    ['while the policy judges what servers ask', first(1), (side) => side.ask(1), { judges: true }],
    ['where there are batches', first(1), (side) => side.ask(1), { version: '2025-03-26' }],
    [
      'that belongs to a batch',
      last(1),
      (side) => {
        side.ask(1);
        side.replies.batch(() => ['1', '2'].map((id) => side.replies.expect(id)));
      },
    ],
    ['that is a task', first(1).replace('{"content"', '{"task":{},"content"'), (side) => side.ask(1)],
    ['with much before its result', first(1).replace('{', `{${' '.repeat(600)}`), (side) => side.ask(1)],
    ['with another member before it', first(1).replace('"id"', '"x":1,"id"'), (side) => side.ask(1)],
    ['with a carriage return before it', first(1).replace('{', '{\r'), (side) => side.ask(1)],
    ['of which little has come', first(1).slice(0, 3_000), (side) => side.ask(1)],
  ];

  it.each(stored)('%s', (...[, line, prepare, given]) => {
    const side = new Side(given);
    prepare(side);
    side.says(line.slice(0, 15_000));
    expect(side.written).toBe('');
  });
});
