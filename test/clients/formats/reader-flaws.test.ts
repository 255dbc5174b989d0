import { describe, expect, it } from 'vitest';
import { type JsonReader, readerFlaws } from '../../../src/clients/formats/reader-flaws.js';

describe('what the reader of a client refuses', () => {
  it.each<[text: string, reader: JsonReader, flaws: string[]]>([
    ['{"a": [1, 2], "b": "// no /* comment */, ]"}', {}, []],
    ['{\n// x\n"a": 1}', {}, ['a comment (2)']],
    ['{\n"a": /* x */ 1}', {}, ['a comment (2)']],
    ['{\n"a": 1, // x\n}', {}, ['a comma behind the last entry (2)', 'a comment (2)']],
    ['{\n"a": [\n1, ] }', {}, ['a comma behind the last entry (3)']],
    ['{ "a": 1, /* x */\n}', { comments: true }, ['a comma behind the last entry (1)']],
    ['{ "a": 1, // x\n}', { comments: true, trailingCommas: true }, []],
    ['{ // x\n// y\n}', {}, ['a comment (1)']],
    ['', {}, []],
  ])('%j for %j', (text, reader, flaws) => {
    const found = readerFlaws(text, '', reader).map(({ what, line }) => `${what} (${line})`);
    expect(found.sort()).toEqual(flaws);
  });

  it('may be a byte order mark', () => {
    expect(readerFlaws('{}', '\ufeff', {})).toEqual([
      { what: 'a byte order mark at its start', line: undefined },
    ]);
    expect(readerFlaws('{}', '\ufeff', { mark: true })).toEqual([]);
  });
});
