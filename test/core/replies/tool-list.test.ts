import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTools, listedTools } from '../../../src/core/replies/tool-list.js';
import { runs } from '../../runs.js';

const line = (tools: string, rest = '') => `{"jsonrpc":"2.0","id":1,"result":{"tools":${tools}${rest}}}`;
const A = '{"name":"a", "inputSchema":{"maximum":9223372036854775807}}';
const B = '{"name":"\\u0062"}';
const C = '{"title":"C","name":"c"}';

describe('listedTools', () => {
  it('gives each tool as it was written', () => {
    const text = line(`[ ${A} ,\t${B}]`, ',"nextCursor":""');
    const tools = listedTools(text);
    expect(tools?.map(({ name, text }) => ({ name, text }))).toEqual([
      { name: 'a', text: A },
      { name: 'b', text: B },
    ]);
    expect(tools?.map(({ start, end }) => text.slice(start, end))).toEqual([A, B]);
  });

  it.each([
    ['no JSON', '{'],
    ['an error', '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}'],
    ['a result without tools', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    ['tools that are no array', line('{}')],
    ['tools given twice', line('[]', ',"tools":[]')],
    ['a tool that is no object', line('["a"]')],
    ['a tool without a name', line('[{}]')],
    ['a name that is no string', line('[{"name":1}]')],
    ['a name given twice', line('[{"name":"a","name":"b"}]')],
    ['a name beside what some clients read as one', line('[{"name":"a","Name":"b"}]')],
    ['a name beside one that C reads to the NUL', line('[{"name\\u0000":"a","name":"b"}]')],
    ['tools beside what some clients read as such', line('[]', ',"toolſ":[]')],
    ['a result beside what some clients read as one', '{"result":{"tools":[]},"Result":{"tools":[]}}'],
    ['a batch', `[${line('[]')}]`],
    ['a carriage return', line('[\r]')],
  ])('does not read %s', (_, text) => {
    expect(listedTools(text)).toBeUndefined();
    expect(cutTools(text, () => true)).toBeUndefined();
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
    expect(cutTools(text, (name) => hidden.includes(name))?.text).toBe(expected);
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
    expect(cutTools(text, (name) => name === 'a')?.text).toBe(expected);
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
        const result = cutTools(text, (name) => hidden.includes(name));
        const shown = listedTools(text)?.filter(({ name }) => !hidden.includes(name));
        expect(result?.cut).toBe(list.length - (shown?.length ?? 0));
        expect(listedTools(result?.text ?? '')?.map(({ text }) => text)).toEqual(
          shown?.map(({ text }) => text),
        );
      }),
      runs(2000),
    );
  });
});
