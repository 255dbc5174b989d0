import { describe, expect, it } from 'vitest';
import { readSavedList } from '../../src/servers/saved-list.js';
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

  it('says that there is no file', () => {
    expect(() => readSavedList('no-such-file.json', '')).toThrow('there is no file no-such-file.json');
  });
});
