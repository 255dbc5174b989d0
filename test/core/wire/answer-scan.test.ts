import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerScan, OPEN, OTHER } from '../../../src/core/wire/fast/answer-scan.js';
import { readFastAnswer } from '../../../src/core/wire/fast/fast-answer.js';
import { ObjectSkipper } from '../../../src/core/wire/fast/skip-object.js';
import { runs } from '../../runs.js';
import { serverLines } from '../../texts/server-lines.js';

const scan = new AnswerScan(ObjectSkipper.create() as ObjectSkipper);
const read = (text: string) => scan.read(Buffer.from(text), 0);

describe('a line of the server', () => {
  it('is a plain answer where the reader of lines says so', () => {
    fc.assert(
      fc.property(serverLines(), (text) => {
        const line = text.replace(/[\r\n]/g, ' ');
        const fast = readFastAnswer(Buffer.from(line));
        expect(read(`${line}\n{"next":1}\n`)).toBe(fast ? Buffer.byteLength(line) + 1 : OTHER);
        if (fast) expect(scan.id).toBe(fast.id);
      }),
      runs(3_000),
    );
  });

  it('may end with CR and LF', () => {
    expect(read('{"jsonrpc":"2.0","id":1,"result":{}}\r\n')).toBe(38);
  });

  it.each([
    ['a carriage return in it', '{"jsonrpc":"2.0","id":1,"result":{\r}}\n'],
    ['a carriage return in a string', '{"jsonrpc":"2.0","id":1,"result":{"a":"\r"}}\n'],
    ['a line feed in a string', '{"jsonrpc":"2.0","id":1,"result":{"a":"\n"}}\n'],
    ['no line feed', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    ['half of its head', '{"jsonrpc":"2.0","id":1,"res'],
    ['two carriage returns', '{"jsonrpc":"2.0","id":1,"result":{}}\r\r\n'],
  ])('is another with %s', (_, text) => {
    expect(read(text)).toBe(OTHER);
  });
});

describe('an answer in chunks', () => {
  const result = String.raw`{"content":[{"type":"text","text":"é \\ \" }]"}],"structuredContent":{"a":[1,{}]}}`;
  const lines = [
    `{"jsonrpc":"2.0","id":12,"result":${result}}\n`,
    `{"result":${result},"jsonrpc":"2.0","id":12}\n`,
    `{"jsonrpc":"2.0","result":${result} , "id" : 12 }\r\n`,
  ];

  it.each(lines)('is read wherever they end: %s', (text) => {
    const bytes = Buffer.from(text);
    const resultStart = text.indexOf('{', 1) + 1;
    const resultEnd = bytes.indexOf(result) + Buffer.byteLength(result);
    for (let cut = resultStart; cut < resultEnd; cut++) {
      expect(scan.read(bytes.subarray(0, cut), 0)).toBe(OPEN);
      const rest = bytes.subarray(cut);
      expect(scan.goOn(rest)).toBe(resultEnd - cut);
      expect(scan.isOpen).toBe(false);
      expect(scan.readTail(rest, resultEnd - cut)).toBe(rest.length);
      expect(scan.id).toBe(12);
    }
  });

  it('says what was before its result', () => {
    scan.read(Buffer.from('{"a":1}\n {"id":5,"result": {"b":['), 8);
    expect([scan.id, scan.headBytes]).toEqual([5, 19]);
  });

  it.each([
    ['another id', ',"id":2}'],
    ['another result', ',"result":{}}'],
    ['another member', ',"method":"x"}'],
    ['nothing', ''],
    ['more', '}}'],
  ])('is none with %s after its result', (_, tail) => {
    scan.read(Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"a":'), 0);
    const rest = Buffer.from(`1}${tail}\n`);
    expect(scan.goOn(rest)).toBe(2);
    expect(scan.readTail(rest, 2)).toBe(OTHER);
    expect(scan.id).toBe(1);
  });
});
