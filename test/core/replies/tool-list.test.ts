import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTools } from '../../../src/core/replies/tool-list.js';
import { readToolList } from '../../../src/core/tools/listing/read-list.js';
import { runs } from '../../runs.js';

const line = (tools: string, rest = '') => `{"jsonrpc":"2.0","id":1,"result":{"tools":${tools}${rest}}}`;
const A = '{"name":"a", "inputSchema":{"maximum":9223372036854775807}}';
const B = '{"name":"\\u0062"}';
const C = '{"title":"C","name":"c"}';

const cutting = (text: string, hidden: string) => cutTools(text, (name) => hidden.includes(name));
const cutText = (text: string, hidden: string) => {
  const cut = cutting(text, hidden);
  return 'flaw' in cut ? undefined : cut.text;
};

describe('what cannot be cut', () => {
  it.each([
    ['text that is not JSON', '{'],
    ['tools that are an object', line('{"name":"b"}')],
    ['tools that are a text', line('"b"')],
    ['tools given twice', line('[]', ',"tools":[]')],
    ['tools beside what some clients read as such', line('[]', ',"toolſ":[]')],
    ['tools beside half a surrogate pair', line('[]', ',"tools\\ud83d":[]')],
    ['tools under another key that some clients read as such', '{"result":{"Tools":[]}}'],
    ['a result beside what some clients read as one', '{"result":{"tools":[]},"Result":{"tools":[]}}'],
    ['a batch', `[${line('[]')}]`],
    ['a list without its end', line('[{"name":"a"}').slice(0, -2)],
    ['a list with a word too many', line('[{"name":"a"} oops, {"name":"b"}]')],
    ['a list with an empty place', line('[{"name":"a"},,{"name":"b"}]')],
    ['a list with a comment', line('[{"name":"a"}/*,{"name":"b"}*/]')],
    ['what is not JSON around it', line('[]', ',"ttlMs":NaN')],
    ['a text with an end that no parser agrees on', line('[{"name":"a","x":"\\"}]')],
  ])('%s', (_, text) => {
    expect(cutting(text, 'b')).toEqual({ flaw: expect.any(String) });
  });

  it.each([
    ['an answer that asks for more', '{"result":{"resultType":"input_required","requestState":"tools"}}'],
    ['a result without tools', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    ['tools that are null', line('null')],
  ])('%s passes, since there is no tool in it', (_, text) => {
    expect(cutText(text, 'ab')).toBe(text);
  });
});

const DEEP = `{"name":"a","x":${'['.repeat(300)}${']'.repeat(300)}}`;
const ABYSS = `{"name":"a","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;

describe('one odd element', () => {
  it.each([
    ['half a surrogate pair', '{"name":"a","description":"x\\ud83d"}'],
    ['a key twice', '{"name":"a","inputSchema":{"type":"object","type":"object"}}'],
    ['300 levels', DEEP],
    ['200,000 levels', ABYSS],
    ['huge numbers', '{"name":"a","x":[1e999,123456789012345678901234567890]}'],
    ['a name twice', '{"name":"a","name":"c"}'],
    ['a key that some clients take for its name', '{"Name":"a"}'],
    ['half a surrogate pair in its name', '{"name":"a\\ud83d"}'],
  ])('with %s stays to the byte, and what is hidden goes', (_, odd) => {
    expect(cutText(line(`[${odd} , ${B} , {"name":"d"}]`), 'b')).toBe(line(`[${odd} , {"name":"d"}]`));
    expect(cutText(line(`[${B},${odd}]`), 'b')).toBe(line(`[${odd}]`));
  });

  it.each([
    ['null', 'null'],
    ['a text', '"promote"'],
    ['a number', '-1.5e+3'],
    ['a list', '[{"name":"b"}]'],
    ['no name', '{"title":"b"}'],
    ['a name that is no text', '{"name":["b"]}'],
    ['a raw control character', '{"name":"a","description":"x\u0001"}'],
    ['NaN', '{"name":"a","x":NaN}'],
    ['an unknown escape', '{"name":"a","x":"\\q"}'],
    ['a missing comma', '{"name":"a" "x":1}'],
    ['a hidden tool in a text that ends otherwise to others', '{"name":"a","x":"\\u12\\","y":"}'],
  ])('that is no tool or no JSON goes, and the others stay: %s', (_, odd) => {
    expect(cutText(line(`[${odd},{"name":"d"}]`), 'b')).toBe(line('[{"name":"d"}]'));
    expect(cutting(line(`[{"name":"d"},${odd}]`), 'b')).toMatchObject({ unread: 1, cut: 1 });
  });

  it.each([
    ['its first name is hidden', '{"name":"b","name":"a"}'],
    ['its second name is hidden', '{"name":"a","name":"b"}'],
    ['it may be called so without case', '{"name":"a","NAME":"b"}'],
    ['it may be called so to the NUL of a key', '{"name\\u0000":"b","name":"a"}'],
    ['its name is hidden to its NUL', '{"name":"b\\u0000x"}'],
    ['its name is hidden without half a pair', '{"name":"b\\ud83d"}'],
    ['its name is hidden, and a text in it is odd', '{"name":"b","description":"\\ud83d"}'],
    ['its name is hidden, and it is deep', DEEP.replace('"a"', '"b"')],
  ])('goes when %s', (_, odd) => {
    expect(cutText(line(`[{"name":"d"},${odd}]`), 'b')).toBe(line('[{"name":"d"}]'));
  });
});

describe('cutTools', () => {
  it.each([
    ['none', '', line(`[${A},${B},${C}]`), line(`[${A},${B},${C}]`)],
    ['the first', 'a', line(`[${A},${B},${C}]`), line(`[${B},${C}]`)],
    ['one in the middle', 'b', line(`[${A},${B},${C}]`), line(`[${A},${C}]`)],
    ['the last', 'c', line(`[${A},${B},${C}]`), line(`[${A},${B}]`)],
    ['the first two', 'ab', line(`[${A},${B},${C}]`), line(`[${C}]`)],
    ['the last two', 'bc', line(`[${A},${B},${C}]`), line(`[${A}]`)],
    ['first and last', 'ac', line(`[${A},${B},${C}]`), line(`[${B}]`)],
    ['all', 'abc', line(`[${A},${B},${C}]`), line('[]')],
    ['the only one', 'a', line(`[${A}]`), line('[]')],
    ['nothing of an empty list', 'a', line('[ ]'), line('[ ]')],
    ['with blanks', 'b', line(`[ ${A} , ${B} , ${C} ]`), line(`[ ${A} , ${C} ]`)],
    ['the last with blanks', 'c', line(`[ ${A} , ${B} , ${C} ]`), line(`[ ${A} , ${B} ]`)],
    ['all with blanks', 'abc', line(`[ ${A} , ${B} , ${C} ]`), line('[  ]')],
    ['the same name twice', 'a', line(`[${A},${B},${A}]`), line(`[${B}]`)],
    [
      'but not the cursor',
      'a',
      line(`[${A}]`, ',"nextCursor":"","x":1e400'),
      line('[]', ',"nextCursor":"","x":1e400'),
    ],
  ])('cuts %s', (_, hidden, text, expected) => {
    expect(cutText(text, hidden)).toBe(expected);
  });

  it.each([
    ['after the tools', line('[]', ',"cacheScope": "public"'), line('[]', ',"cacheScope": "private"')],
    [
      'before the tools',
      `{"result":{"cacheScope":"public","tools":[${A},${B}]}}`,
      `{"result":{"cacheScope":"private","tools":[${B}]}}`,
    ],
    ['of any type', line('[]', ',"cacheScope":{"a":1}'), line('[]', ',"cacheScope":"private"')],
    [
      'elsewhere stays',
      line('[]', ',"_meta":{"cacheScope":"public"}'),
      line('[]', ',"_meta":{"cacheScope":"public"}'),
    ],
  ])('makes the cache scope private: %s', (_, text, expected) => {
    expect(cutText(text, 'a')).toBe(expected);
  });

  it('leaves a list of the tools that are not hidden, in their order, as they were', () => {
    const blank = fc.constantFrom('', ' ', '\t');
    const tool = fc
      .tuple(fc.constantFrom(...'abcdef'), blank)
      .map(([name, gap]) => `{${gap}"name":${gap}"${name}"}`);
    const tools = fc.array(
      fc.tuple(blank, tool, blank).map((parts) => parts.join('')),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(tools, fc.subarray([...'abcdef']), (list, hidden) => {
        const text = line(`[${list.join(',')}]`);
        const shown = readToolList(text).elements.filter(({ names }) => !hidden.includes(names[0] ?? ''));
        expect(cutTools(text, (name) => hidden.includes(name))).toMatchObject({
          cut: list.length - shown.length,
        });
        const left = readToolList(cutText(text, hidden.join('')) ?? '').elements;
        expect(left.map(({ text }) => text)).toEqual(shown.map(({ text }) => text));
      }),
      runs(2000),
    );
  });
});
