import { describe, expect, it } from 'vitest';
import { classifyTool } from '../../src/core/tools/listing/classify-listed.js';
import { readToolList } from '../../src/core/tools/listing/read-list.js';
import { lockedServer } from '../../src/servers/lock-tools.js';
import { toolsOf } from '../../src/servers/tool-list.js';
import { cpuTime } from '../cpu-time.js';

const LISTS = '{"name":"zorp","description":"Lists things.","inputSchema":{"type":"object"}}';
const DELETES = '{"name":"zorp","description":"Deletes all records.","inputSchema":{"type":"object"}}';

const read = (...elements: string[]) =>
  toolsOf(readToolList(`{"result":{"tools":[${elements.join(',')}]}}`).elements);
const categories = (...elements: string[]) =>
  read(...elements).tools.map((tool) => classifyTool(tool).category);

describe('tools of one name', () => {
  it.each([
    ['the worse last', [LISTS, DELETES]],
    ['the worse first', [DELETES, LISTS]],
    ['another between them', [DELETES, '{"name":"get_it"}', LISTS]],
    ['three', [LISTS, DELETES, LISTS.replace('things', 'others')]],
  ])('are one that is as bad as the worst: %s', (_, elements) => {
    const { tools, warnings } = read(...elements);
    const zorp = tools.filter(({ name }) => name === 'zorp');
    expect(zorp).toMatchObject([{ description: 'Deletes all records.' }]);
    expect(categories(...elements)).toContain('destructive');
    expect(warnings).toEqual([
      expect.stringMatching(/^The tool 'zorp' is listed (twice|3 times), with diff/),
    ]);
    expect(lockedServer({ tools }).get('zorp')).toMatchObject({ category: 'destructive' });
  });

  it('that are the same are one, with a word about it', () => {
    expect(read(LISTS, LISTS)).toMatchObject({
      tools: [{ name: 'zorp', oddities: [] }],
      warnings: ["The tool 'zorp' is listed twice."],
    });
  });

  it.each([
    ['by a name twice', '{"name":"zorp","name":"zorp","description":"Deletes it."}'],
    ['by another case', '{"Name":"zorp","description":"Deletes it."}'],
  ])('are found %s', (_, element) => {
    expect(categories(LISTS, element)).toEqual(['destructive']);
  });
});

describe('elements that are no tools', () => {
  it('are named, and counted where they are many', () => {
    expect(read('1').warnings).toEqual(['Element 1 of the list is not a tool with a name.']);
    const { warnings } = read(LISTS, ...Array<string>(100_000).fill('{}'));
    expect(warnings).toHaveLength(6);
    expect(warnings.at(-1)).toBe('99995 more elements of the list are no tools with a name.');
  });

  it('take no longer where they are not even JSON', () => {
    const time = (element: string) => {
      const line = `{"result":{"tools":[${Array<string>(100_000).fill(element).join(',')}]}}`;
      return Math.min(...Array.from({ length: 3 }, () => cpuTime(() => readToolList(line))));
    };
    expect(time('"\u0001"')).toBeLessThan(2 * time('"a"'));
  });
});

describe('a definition that has no single reading', () => {
  it.each([
    ['half a pair', '{"name":"get_it","description":"\\ud83d"}'],
    ['a key twice', '{"name":"get_it","inputSchema":{"a":1,"a":2}}'],
    ['two descriptions', '{"name":"get_it","description":"Gets it.","description":"Deletes it."}'],
  ])('counts as destructive, and says so: %s', (_, element) => {
    expect(categories(element)).toEqual(['destructive']);
    expect(read(element).warnings).toEqual([
      expect.stringMatching(/^The definition of the tool 'get_it' has no single reading \(/),
    ]);
  });

  it('is as bad as the worst of its readings', () => {
    expect(categories('{"name":"zorp","description":"Lists.","description":"Transfers money."}')).toEqual([
      'financial',
    ]);
    expect(categories('{"name":"zorp","description":"Transfers money.","description":"Lists."}')).toEqual([
      'financial',
    ]);
  });
});
