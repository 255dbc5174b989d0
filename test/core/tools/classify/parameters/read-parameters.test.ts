import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../../src/core/tools/category.js';
import { classify } from '../../../../../src/core/tools/classify/classify.js';
import type { ToolDefinition } from '../../../../../src/core/tools/definition.js';
import { oneOf, withParameters } from '../classify-tools.js';

/** The same tool, whose parameters have to be given. */
function required(tool: ToolDefinition): ToolDefinition {
  const { properties } = tool.inputSchema as { properties: object };
  return { ...tool, inputSchema: { properties, required: Object.keys(properties) } };
}

type Row = readonly [what: string, tool: ToolDefinition, category: Category, because?: string];

const ROWS: readonly Row[] = [
  [
    'a search that is given as SQL',
    withParameters('search_data', { sql: { type: 'string' } }, 'Searches the data.'),
    'execute',
    'free-form "sql" parameter',
  ],
  [
    'the same that takes questions only',
    withParameters(
      'search_data',
      { sql: { type: 'string' } },
      'Searches. Only SELECT statements are allowed.',
    ),
    'read',
  ],
  [
    'SQL that is looked at and not run',
    withParameters('validate_data', { sql: { type: 'string' } }, 'Validates a statement.'),
    'read',
  ],
  [
    'an action that reads',
    withParameters('things', { action: oneOf('list', 'get') }, 'Works with things'),
    'read',
    '"action" may be "list"',
  ],
  [
    'the worst action',
    withParameters('things', { action: oneOf('list', 'purge', 'add') }),
    'destructive',
    '"action" may be "purge"',
  ],
  [
    'the worst operation',
    required(withParameters('get_things', { operation: oneOf('read', 'start') })),
    'execute',
    '"operation" may be "start"',
  ],
  [
    'a mode',
    withParameters('git_tag', { mode: oneOf('list', 'create', 'delete') }, 'Manage tags'),
    'destructive',
  ],
  [
    'an action in camel case',
    withParameters('x', { actionType: oneOf('deleteUser', 'getUser') }),
    'destructive',
  ],
  [
    'actions named one by one',
    withParameters('x', { action: { oneOf: [{ const: 'get' }, { const: 'drop' }] } }),
    'destructive',
  ],
  ['actions in words', withParameters('x', { action: 'One of: create, list, delete' }), 'destructive'],
  [
    'an action inside',
    withParameters('x', { request: { type: 'object', properties: { action: oneOf('remove') } } }),
    'destructive',
  ],
  [
    'an action in a list',
    withParameters('x', { steps: { type: 'array', items: { properties: { op: oneOf('delete') } } } }),
    'destructive',
  ],
  [
    'a choice of something else',
    withParameters('list_things', { sort: oneOf('delete', 'create'), merge_method: oneOf('merge', 'drop') }),
    'read',
  ],
  [
    'any HTTP method',
    withParameters('fetch_page', { url: '', method: oneOf('GET', 'POST', 'DELETE') }),
    'execute',
    'any HTTP "method"',
  ],
  ['HTTP methods that ask', withParameters('fetch_page', { url: '', method: oneOf('GET', 'HEAD') }), 'read'],
  [
    'an HTTP method that is not listed',
    withParameters('fetch_page', { url: '', method: 'GET (default), POST or DELETE' }),
    'execute',
    'any HTTP "method"',
  ],
  [
    'an HTTP method of which nothing is said',
    withParameters('fetch_page', { url: '', method: '' }),
    'execute',
  ],
  [
    'a text that names HTTP',
    withParameters('fetch_page', { url: '', http_method: 'The HTTP verb' }),
    'execute',
  ],
  [
    'HTTP methods that ask, in words',
    withParameters('fetch_page', { url: '', method: 'GET or HEAD' }),
    'read',
  ],
  [
    'a method of another kind',
    withParameters('fetch_page', { url: '', method: 'How to find the text' }),
    'read',
  ],
  ['a method without a URL', withParameters('get_prices', { method: 'HTTP or not' }), 'read'],

  [
    'a language and nothing else',
    withParameters('x', { sql: 'The text' }),
    'execute',
    'free-form "sql" parameter',
  ],
  ['a command', withParameters('helper', { command: '' }, 'Helps with a machine'), 'execute'],
  ['a query in SQL', withParameters('query', { query: 'The SQL to run' }), 'execute'],
  ['a query that only asks', withParameters('query', { sql: 'Only SELECT' }), 'read'],
  ['a query', withParameters('query', { query: 'What to look for' }, 'Searches the library'), 'read'],
  [
    'a command that is said to be run',
    withParameters('get_output', { command: 'The command to execute' }),
    'execute',
    'what "command" takes is run',
  ],
  [
    'a command that only asks runs all the same',
    withParameters('x', { command: 'The read-only command to execute' }, 'Read-only'),
    'execute',
  ],
  [
    'a language that is looked at',
    withParameters('validate_sql', { sql: 'The SQL' }, 'Validates SQL'),
    'read',
  ],
  ['a language that is reworded', withParameters('format_sql', { sql: 'The SQL' }, 'Formats SQL'), 'read'],
  [
    'a code that is none',
    withParameters('lookup_place', { code: 'The postal code' }, 'Finds the place of a code'),
    'read',
  ],
  ['a program to keep', withParameters('write_file', { path: '', code: 'What to write' }), 'write'],
  ['a flag', withParameters('weather', { code: { type: 'boolean' } }, 'Returns the weather'), 'read'],

  [
    'a file that has to be named',
    {
      ...withParameters('convert_page', { outputPath: '' }),
      inputSchema: { properties: { outputPath: { type: 'string' } }, required: ['outputPath'] },
    },
    'write',
    '"outputPath" is where it saves',
  ],
  [
    'a place for what is downloaded',
    withParameters('download_it', { localPath: '' }, 'Download it'),
    'write',
  ],
  [
    'a rehearsal of what is not said',
    withParameters('thing', { dryRun: { type: 'boolean' } }, 'Returns a thing'),
    'write',
  ],
];

describe('what parameters say', () => {
  it.each(ROWS.map(([what, tool, category, because]) => [what, tool, category, because] as const))(
    '%s',
    (_what, tool, category, because) => {
      const found = classify(tool);
      expect(found.category).toBe(category);
      if (because !== undefined) expect(found.evidence).toContain(because);
    },
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['true', true],
    ['text', 'x'],
    ['a list', []],
    ['no properties', { type: 'object' }],
    ['properties that are none', { properties: [] }],
    ['null properties', { properties: null }],
    ['a property that is true', { properties: { action: true, sql: null } }],
    ['choices that are none', { properties: { action: { enum: 'delete' } } }],
    ['choices that are no text', { properties: { action: { enum: [1, null, {}] } } }],
    ['alternatives that are none', { properties: { action: { anyOf: [null, 1, { enum: 7 }], oneOf: {} } } }],
    ['a description that is none', { properties: { action: { description: {} } } }],
    [
      'a name from the prototype',
      JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{}}}'),
    ],
  ])('is content with a schema that is %s', (_what, inputSchema) => {
    expect(['read', 'execute']).toContain(classify({ name: 'get_x', inputSchema }).category);
  });

  it('looks at so many parameters as a tool may have', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field_${index}`, {}]));
    expect(classify({ name: 'get_x', inputSchema: { properties: many } }).category).toBe('read');
  });

  it('looks into so many levels as a person would', () => {
    let deep: unknown = { properties: { action: oneOf('delete') } };
    for (let level = 0; level < 10_000; level++) deep = { properties: { inner: deep } };
    expect(classify({ name: 'get_x', inputSchema: deep }).category).toBe('read');
  });
});
