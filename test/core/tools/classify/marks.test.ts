import { describe, expect, it } from 'vitest';
import { type Classification, type Mark, worseOf } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import type { ToolDefinition } from '../../../../src/core/tools/definition.js';
import { withParameters } from './classify-tools.js';

const ROWS: readonly [ToolDefinition, Mark[]][] = [
  [{ name: 'write_file' }, ['overwrites']],
  [{ name: 'save_text_file' }, ['overwrites']],
  [{ name: 'overwriteDocument' }, ['overwrites']],
  [{ name: 'set_page', description: 'Replaces the entire page.' }, ['overwrites']],
  [{ name: 'store_note', description: 'Stores a note. An existing note is replaced.' }, ['overwrites']],
  [withParameters('upload_part', { overwrite: { type: 'boolean' } }), ['overwrites']],
  [{ name: 'resources_create_or_update' }, ['overwrites']],
  [{ name: 'append_file' }, []],
  [{ name: 'create_note', description: 'Creates a note. Does not overwrite one that exists.' }, []],
  [{ name: 'get_page', description: 'Shows what will overwrite it.' }, []],
  [{ name: 'force_push' }, ['force_pushes']],
  [withParameters('git_push', { force: { type: 'boolean' } }), ['force_pushes']],
  [withParameters('git_push', { branch: 'The branch' }), []],
  [{ name: 'publish_branch', description: 'Pushes with --force.' }, ['force_pushes']],
  [{ name: 'move_file' }, ['moves']],
  [{ name: 'renameTable' }, ['moves']],
  [{ name: 'file_op', description: 'Moves a file.' }, ['moves']],
  [{ name: 'remove_file' }, []],
  [{ name: 'browser_mouse_move_xy' }, []],
  [{ name: 'add_admin' }, ['grants_access']],
  [{ name: 'make_public' }, ['grants_access']],
  [{ name: 'disable_mfa' }, ['grants_access']],
  [{ name: 'open_port' }, ['grants_access']],
  [{ name: 'add_comment' }, []],
  [{ name: 'get-env' }, ['reads_secrets']],
  [{ name: 'read_secret' }, ['reads_secrets']],
  [{ name: 'list_api_keys' }, ['reads_secrets']],
  [{ name: 'show_config', description: 'Returns all environment variables.' }, ['reads_secrets']],
  [{ name: '获取密码' }, ['reads_secrets']],
  [{ name: 'list_secret_scanning_alerts' }, []],
  [{ name: 'get_token_price' }, []],
  [{ name: 'list_models', description: 'Lists models. Get API keys on the page of your account.' }, []],
];

describe('marks', () => {
  it.each(ROWS.map(([tool, marks]) => [tool.name, tool.description ?? '', marks, tool] as const))(
    '%s %s: %j',
    (_name, _description, marks, tool) => {
      expect(classify(tool).marks).toEqual(marks);
    },
  );
});

describe('known', () => {
  it.each<[boolean, ToolDefinition]>([
    [false, { name: 'frobnicate' }],
    [false, { name: '' }],
    [false, { name: 'data_modeling', annotations: { readOnlyHint: true } }],
    [true, { name: 'frobnicate', description: 'Adds a row' }],
    [true, { name: 'list_things' }],
    [true, { name: 'update_thing' }],
  ])('%s: %j', (known, tool) => {
    expect(classify(tool).known).toBe(known);
  });
});

describe('the worse of two', () => {
  const of = (name: string): Classification => classify({ name });

  it('has the marks of both', () => {
    expect(worseOf(of('move_file'), of('force_push')).marks).toEqual(['force_pushes', 'moves']);
    expect(worseOf(of('delete_file'), of('move_file'))).toMatchObject({
      category: 'destructive',
      marks: ['moves'],
    });
  });

  it('is not known where one of two writes is not', () => {
    expect(worseOf(of('update_thing'), of('frobnicate')).known).toBe(false);
    expect(worseOf(of('frobnicate'), of('update_thing')).known).toBe(false);
    expect(worseOf(of('frobnicate'), of('delete_thing')).known).toBe(true);
    expect(worseOf(of('frobnicate'), of('get_thing'))).toMatchObject({ category: 'write', known: false });
  });
});
