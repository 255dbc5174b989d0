import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyName } from '../../../src/core/policy/decide/resolve.js';
import { CATEGORY_NAMES, isWorse } from '../../../src/core/tools/category.js';
import { readToolList } from '../../../src/core/tools/listing/read-list.js';
import { ToolClasses } from '../../../src/proxy/peers/tool-classes.js';
import { runs } from '../../runs.js';

/** The classes of tools of which the client was told so, list by list. */
function told(...lists: readonly (readonly object[])[]): ToolClasses {
  const classes = new ToolClasses();
  for (const tools of lists) {
    const line = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools } });
    classes.add(() => readToolList(line));
  }
  return classes;
}

const MILD = { name: 'sync_notes', description: 'Lists notes.' };
const BAD = { name: 'sync_notes', description: 'Deletes all notes.' };
const categoryOf = (classes: ToolClasses, name: string) => classes.of(name, false).category;

describe('the class of a tool by what the client was told', () => {
  it('is that of its name where it was told nothing', () => {
    expect(told().of('delete_x', false)).toEqual(classifyName('delete_x'));
  });

  it('is the worst of what was ever told', () => {
    expect(categoryOf(told([BAD]), 'sync_notes')).toBe('destructive');
    expect(categoryOf(told([BAD], [MILD]), 'sync_notes')).toBe('destructive');
    expect(categoryOf(told([MILD], [BAD]), 'sync_notes')).toBe('destructive');
    expect(categoryOf(told([MILD, BAD]), 'sync_notes')).toBe('destructive');
  });

  it('stays so however many milder lists come after it', () => {
    const lists = Array.from({ length: 60 }, (_, index) => [{ ...MILD, title: `v${index}` }]);
    expect(categoryOf(told([BAD], ...lists), 'sync_notes')).toBe('destructive');
  });

  it.each(['Sync_Notes', 'sync_notes ', 'sync\u200b_notes', 'ｓync_notes', 'ſync_noteſ'])(
    'is no milder for what some server takes for its name: %j',
    (name) => {
      expect(categoryOf(told([BAD]), name)).toBe('destructive');
    },
  );

  it('is that of a bad one for every tool that is not listed, where the list cannot be read to its end', () => {
    const classes = new ToolClasses();
    classes.add(() => readToolList('{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"list_x"}'));
    expect(categoryOf(classes, 'list_y')).toBe('destructive');
  });

  it('is never milder for a spelling than for the name that is listed', () => {
    const names = ['list_keys', 'delete_key', 'run_task', 'pay_bill', 'send_x'];
    const changes: ((name: string) => string)[] = [
      (name) => name.toUpperCase(),
      (name) => name.replace(/[a-z]$/, (last) => last.toUpperCase()),
      (name) => name.replace(/_[a-z]/, (part) => part.toUpperCase()),
      (name) => `${name}\u200b`,
      (name) => ` ${name}`,
      (name) => name.replace('s', '\u017f'),
      (name) => name.replace('k', '\u212a'),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...CATEGORY_NAMES),
        fc.array(fc.constantFrom(...changes), { minLength: 1, maxLength: 3 }),
        (name, category, chosen) => {
          const verb = {
            read: 'Lists',
            write: 'Creates',
            execute: 'Runs',
            destructive: 'Deletes',
            financial: 'Pays',
          };
          const classes = told([{ name, description: `${verb[category]} things.` }]);
          const spelled = chosen.reduce((text, change) => change(text), name);
          expect(isWorse(categoryOf(classes, name), categoryOf(classes, spelled))).toBe(false);
        },
      ),
      runs(300),
    );
  });
});
