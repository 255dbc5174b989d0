import { describe, expect, it } from 'vitest';
import { classify } from '../../../../../src/core/tools/classify/classify.js';
import type { ToolDefinition } from '../../../../../src/core/tools/definition.js';
import { withParameters } from '../classify-tools.js';

const flag = { type: 'boolean' };

const ROWS: readonly [category: string, tool: ToolDefinition][] = [
  ['financial', withParameters('send', { to_account: '', amount: { type: 'number' }, currency: '' }, '')],
  ['financial', withParameters('submit', { recipient: '', amount_cents: { type: 'integer' } }, '')],
  [
    'financial',
    withParameters(
      'virement',
      { montant: { type: 'number' }, amount: { type: 'number' }, iban: '' },
      'Effectue un virement bancaire',
    ),
  ],
  ['destructive', withParameters('fetch_mail', { delete_after_read: flag }, 'Fetch')],
  ['destructive', withParameters('read_messages', { purge: flag }, 'Read')],
  ['destructive', withParameters('get_logs', { and_clear: flag }, 'Get')],
  ['destructive', withParameters('copy_files', { delete_source: flag }, 'Copy')],
  ['destructive', withParameters('merge_branch', { deleteBranch: flag }, 'Merge')],
  ['destructive', withParameters('sync', { prune: flag }, 'Sync')],
  [
    'destructive',
    withParameters('search_files', { delete: { type: 'string', enum: ['true', 'false'] } }, 'Search'),
  ],
  ['execute', withParameters('search_files', { exec: 'Run on each match' }, 'Search')],
  ['execute', withParameters('find_files', { exec: '' }, 'Find')],
  [
    'execute',
    withParameters(
      'list_users',
      { filter: 'JavaScript function that is called for each user and executed' },
      'List',
    ),
  ],
  ['execute', withParameters('list_users', { where: 'raw SQL' }, 'List')],
  ['execute', withParameters('get_page', { js_code: 'JavaScript code to run before scraping' }, 'Get')],
  ['execute', withParameters('get_report', { post_hook: '' }, 'Get')],
  ['execute', withParameters('get_report', { on_complete_command: '' }, 'Get')],
  [
    'execute',
    withParameters(
      'get_file',
      {
        opts: {
          type: 'object',
          properties: {
            then_run: '',
            x: { type: 'string', description: 'bash script to be executed after' },
          },
        },
      },
      'Get',
    ),
  ],
  [
    'execute',
    withParameters(
      'get_x',
      {
        options: { $ref: '#/properties/o' },
        o: { type: 'object', properties: { command: { type: 'string' } } },
      },
      'Gets',
    ),
  ],
  [
    'destructive',
    withParameters(
      'get_x',
      {
        a: {
          type: 'array',
          items: { type: 'object', properties: { operation: { enum: ['get', 'delete'] } } },
        },
      },
      'Gets',
    ),
  ],
  ['destructive', withParameters('get_x', { action: { const: 'delete' } }, 'Gets')],
  [
    'destructive',
    withParameters(
      'get_x',
      { action: { type: 'string', examples: ['get', 'delete'], description: 'Allowed values: get, delete' } },
      'Gets',
    ),
  ],
  ['destructive', withParameters('list_x', { mode: { type: 'string', enum: ['list', 'purge'] } }, 'Lists')],
  [
    'destructive',
    withParameters(
      'list_x',
      { action: { type: 'string', description: 'list, create or delete; one of these' } },
      'Lists',
    ),
  ],
  [
    'destructive',
    withParameters('get_x', { 操作: { type: 'string' }, action: { enum: ['查看', '删除'] } }, 'Gets'),
  ],
  ['write', withParameters('get_x', { save_to: '' }, 'Gets')],
  ['write', withParameters('get_x', { output_path: '' }, 'Gets')],
  ['write', withParameters('lint', { fix: flag }, 'Lints')],
  ['!read', withParameters('aggregate', { pipeline: { type: 'array' } }, '')],
  ['!read', withParameters('mongo_aggregate', { pipeline: { type: 'array' } }, 'Runs an aggregation')],
  ['!read', withParameters('query', { sql: '' }, 'Run read only SQL')],
  ['!read', withParameters('sql', { query: '' }, 'Read-only SQL')],
  ['!read', withParameters('query', { sql: '' }, 'Only SELECT is recommended')],
  ['!read', withParameters('query', { sql: '' }, 'Only SELECT statements unless allowed')],
  ['!read', withParameters('query', { sql: '' }, 'Executes SELECT statements, and also INSERT')],
  ['!read', withParameters('query_database', { sql: '' }, 'Runs a select query. DROP works too.')],
  ['!read', withParameters('run_select', { sql: '' }, 'Runs SQL (read-only)')],
  [
    'financial',
    withParameters('transfer', { from: '', to: '', amount: { type: 'number' } }, 'Transfer money'),
  ],
  ['financial', withParameters('transfer', { from: '', to: '', amount: { type: 'number' } }, '')],
  ['destructive', withParameters('git_push', { force: flag }, 'Push')],
  ['destructive', withParameters('rsync', { src: '', dest: '', delete: flag }, 'Sync')],
  ['execute', withParameters('get_page', { js: '' }, 'Gets a page')],
  ['execute', withParameters('get_page', { evaluate: '' }, 'Gets a page')],
  ['execute', withParameters('list_rows', { python: '' }, 'Lists rows')],
  [
    'read',
    withParameters('get_package', { python: 'The version of Python that it is for' }, 'Gets a package'),
  ],
  ['execute', withParameters('read_file', { path: '', then_exec: 'shell command to run on it' }, 'Reads')],
  ['execute', withParameters('list_files', { expr: 'Python expression to evaluate' }, 'Lists')],
  ['execute', withParameters('get_config', { hook: 'JavaScript that is evaluated' }, 'Gets')],
  ['execute', withParameters('get_user', { command: '' }, 'Gets')],
  ['execute', withParameters('list_rows', { where_clause: 'raw SQL appended to the query' }, 'Lists')],
  ['destructive', withParameters('get_item', { action: 'one of get, update, delete' }, 'Get')],
  ['destructive', withParameters('list_items', { delete_after: flag }, 'Lists')],
  [
    'destructive',
    withParameters(
      'get_thing',
      {
        payload: { type: 'object', properties: { operation: { type: 'string', enum: ['read', 'delete'] } } },
      },
      'Gets',
    ),
  ],
  [
    'execute',
    withParameters('pg_query', { sql: '' }, 'Run SQL. Read-only SQL is preferred, but INSERT and DROP work.'),
  ],
  ['execute', withParameters('run_query', { query: '' }, 'Queries run in read-only mode by default.')],
  [
    'execute',
    withParameters('execute_query', { query: '' }, 'Run a read-only SQL query unless writes are enabled'),
  ],
  ['execute', withParameters('query', { sql: '' }, 'Run a read-only SQL query')],
  [
    '!read',
    withParameters(
      'aggregate',
      { collection: '', pipeline: { type: 'array' } },
      'Run an aggregation pipeline',
    ),
  ],
  ['destructive', withParameters('git_fetch', { prune: flag }, 'Fetch')],
  ['write', withParameters('take_shot', { outputDir: 'Where to write' }, 'Take')],
  ['write', withParameters('get_pages', { outputDir: 'Folder to write them to' }, 'Gets pages')],
  ['destructive', withParameters('git_push', { delete: flag }, 'Push')],
  ['read', withParameters('offset_query', {}, '')],
  ['write', withParameters('memory', { op: { type: 'string', enum: ['get', 'put'] } }, 'Memory')],
];

describe('what a parameter makes of a tool', () => {
  it.each(
    ROWS.map(([category, tool]) => [tool.name, JSON.stringify(tool.inputSchema), category, tool] as const),
  )('%s %s: %s', (_name, _schema, category, tool) => {
    const found = classify(tool).category;
    if (category.startsWith('!')) expect(found).not.toBe(category.slice(1));
    else expect(found).toBe(category);
  });
});
