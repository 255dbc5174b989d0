import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectSkipper } from '../../../src/core/wire/fast/skip-object.js';
import { skipValue } from '../../../src/core/wire/skip-value.js';
import { runs } from '../../runs.js';

const skipper = ObjectSkipper.create() as ObjectSkipper;

interface Skipped {
  end: number;
  ended: boolean;
  isError: boolean;
  hasTask: boolean;
}

/** Skips the object that begins the text, in chunks that end there. */
function skipped(text: string, cuts: readonly number[], inPlace: boolean): Skipped {
  const bytes = Buffer.from(text, 'latin1');
  const ends = [...new Set([...cuts, bytes.length])].filter((cut) => cut > 1 && cut <= bytes.length);
  ends.sort((one, other) => one - other);
  skipper.begin();
  let from = 0;
  let stopped = 1;
  for (const end of ends) {
    const part = bytes.subarray(from, end);
    const chunk = inPlace ? skipper.place.subarray(0, part.length) : part;
    if (inPlace) chunk.set(part);
    stopped = from + skipper.skip(chunk, from === 0 ? 1 : 0);
    from = end;
    if (stopped < end || skipper.ended) break;
  }
  return { end: stopped, ended: skipper.ended, isError: skipper.isError, hasTask: skipper.hasTask };
}

/** What `skipValue` says of the object, up to the first line end. */
function reference(text: string): Pick<Skipped, 'end' | 'ended'> {
  const lineEnd = /[\r\n]/.exec(text)?.index ?? text.length;
  const end = skipValue(text.slice(0, lineEnd), 0);
  return end < 0 ? { end: lineEnd, ended: false } : { end, ended: true };
}

const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '"',
      '\\"',
      '\\\\',
      '\\',
      'text',
      '"key":',
      '{',
      '}',
      '[',
      ']',
      ',',
      'x'.repeat(15),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '"a b":"c d",',
      '"\\\\"',
      'long text without an end '.repeat(4),
      '\t',
      '\0',
      'ÿ',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\n',
      '\r',
      '"isError":true',
      '"isError" :\ttrue',
      '"isError":false',
      '"task"',
    ),
  },
);
const object = fc.array(piece, { maxLength: 60, size: 'max' }).map((pieces) => `{${pieces.join('')}`);
const cuts = fc.array(fc.nat(700), { maxLength: 8 });

describe('an object', () => {
  it.each([
    ['in the memory for chunks', true],
    ['in any other', false],
  ])('ends where the slow reader says, wherever chunks end: %s', (_, inPlace) => {
    fc.assert(
      fc.property(object, cuts, (text, ends) => {
        expect(skipped(text, ends, inPlace)).toMatchObject(reference(text));
      }),
      runs(3_000),
    );
  });

  it.each([1_000, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 200_000])(
    'ends behind a string of %i bytes',
    (length) => {
      for (const end of ['"', '\\\\"', '\\""', '\\\\\\\\"']) {
        const text = `{"${'x'.repeat(length - end.length)}${end}}`;
        expect(skipped(text, [], false)).toMatchObject(reference(text));
        expect(skipped(text, [], false).ended).toBe(true);
      }
    },
  );
});

describe('what it meets', () => {
  const saying = (inside: string) => `{"content":[{"text":"${'abc '.repeat(30)}"}],${inside}}`;

  it.each([
    ['"isError":true', true, false],
    ['"isError"  :\t true', true, false],
    ['"structured":{"isError":true}', true, false],
    ['"isError":false', false, false],
    ['"isErrors":true', false, false],
    ['"a":"isError","b":true', false, false],
    [String.raw`"a":"\"isError\":true"`, false, false],
    ['"task":{"taskId":"1"}', false, true],
    ['"resultType":"task"', false, true],
    ['"tasks":{}', false, false],
    [String.raw`"a":"\"task\""`, false, false],
  ])('%s', (inside, isError, hasTask) => {
    const text = saying(inside);
    for (const inPlace of [true, false]) {
      expect(skipped(text, [], inPlace)).toEqual({ end: text.length, ended: true, isError, hasTask });
      for (let cut = 100; cut < text.length; cut++)
        for (const ends of [[cut], [cut, cut + 1], [cut, cut + 3, cut + 7]])
          expect(skipped(text, ends, inPlace)).toEqual({ end: text.length, ended: true, isError, hasTask });
    }
  });

  it('is forgotten with the next', () => {
    skipped(saying('"isError":true,"task":1'), [], true);
    expect(skipped('{}', [], true)).toEqual({ end: 2, ended: true, isError: false, hasTask: false });
  });
});
