import { describe, expect, it } from 'vitest';
import { readToolList } from '../../src/core/tools/listing/read-list.js';
import { readSavedList, savedListText } from '../../src/servers/saved-list.js';
import { Place } from '../e2e/place.js';

const tools = [{ name: 'a', description: 'Does it.' }, { name: 'b' }];

describe('saved lists', () => {
  it.each([
    ['the whole message', { jsonrpc: '2.0', id: 1, result: { tools } }],
    ['its result', { tools, nextCursor: 'x' }],
    ['the list alone', tools],
  ])('reads %s', (_, saved) => {
    const file = new Place().write('tools.json', `\uFEFF${JSON.stringify(saved)}`);
    const catalogue = readSavedList(file, 'id');
    expect(catalogue.tools.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(catalogue).toMatchObject({ id: 'id', protocolVersion: undefined, warnings: [] });
  });

  it.each([
    ['no JSON', '{"tools": [', /tools\.json is not JSON: /],
    ['no list', '{"prompts": []}', /holds no list of tools/],
    ['no object', 'null', /holds no list of tools/],
  ])('says what is wrong with %s', (_, text, message) => {
    const file = new Place().write('tools.json', text);
    expect(() => readSavedList(file, '')).toThrow(message);
  });

  it.each([
    [
      'what inspect --json prints',
      { server: 's', tools: [{ name: 'a', category: 'Read', risk: 'low', parameters: {}, decision: {} }] },
    ],
    ['tools of another API', [{ name: 'a', input_schema: {} }]],
    ['functions of another API', { tools: [{ type: 'function', function: { name: 'a' } }] }],
    ['numbers', [1, 2]],
    ['a policy', { version: 1, default: 'allow', tools: { a: 'deny' } }],
    ['a lock', { version: 1, servers: {} }],
    ['the config of a client', { mcpServers: {} }],
    ['an error', { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'x' } }],
    ['anything', { name: 'package', version: '1.0.0' }],
  ])('refuses %s and names the command that saves a list', (_, saved) => {
    const file = new Place().write('tools.json', JSON.stringify(saved));
    expect(() => readSavedList(file, 'id')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('tools.json holds no list of tools'),
        help: expect.stringContaining('inspect --save'),
      }),
    );
  });

  it('is what `savedListText` writes, with the server that it is of and all that is odd', () => {
    const text = String.raw`{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","x":12345678901234567890} , {"name":"b","name":"c"},null,{"name":"d","description":"\ud83d"}]}}`;
    const { elements } = readToolList(text);
    const file = new Place().write('tools.json', savedListText({ id: 'my-server', elements }));
    const saved = readSavedList(file, undefined);
    expect(saved.id).toBe('my-server');
    expect(saved.elements.map((each) => each.text)).toEqual(elements.map((each) => each.text));
    expect(saved.tools.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(readSavedList(file, 'other').id).toBe('other');
  });

  it('may be laid out over lines', () => {
    const file = new Place().write(
      'tools.json',
      '{\r\n  "result": {\n "tools": [\n { "name": "a" } ]\n }\n}\n',
    );
    expect(readSavedList(file, '').tools.map(({ name }) => name)).toEqual(['a']);
  });

  it('says that there is no file', () => {
    expect(() => readSavedList('no-such-file.json', '')).toThrow('there is no file no-such-file.json');
  });
});
