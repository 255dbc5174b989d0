import { expect, expectTypeOf, it } from 'vitest';
import { command } from '../../../src/cli/commands/definition.js';

it('an action receives the arguments and options that are declared, with their types', async () => {
  const seen: unknown[] = [];
  const { load } = command({
    name: 'paint',
    group: 'write',
    summary: 'paint a thing',
    arguments: [{ name: 'thing' }, { name: 'place', optional: true }, { name: 'rest', variadic: true }],
    options: {
      colour: { value: 'name', choices: ['red', 'blue'], default: 'red', summary: 'which colour' },
      'dry-run': { summary: 'paint nothing' },
      layers: { value: 'names', list: true, summary: 'which layers' },
      note: { value: 'text', summary: 'what to write on it' },
    },
    examples: ['paint wall'],
    load: async () => (input) => {
      expectTypeOf(input.arguments).toEqualTypeOf<readonly [string, string | undefined, readonly string[]]>();
      expectTypeOf(input.options.colour).toEqualTypeOf<'red' | 'blue'>();
      expectTypeOf(input.options.dryRun).toEqualTypeOf<true | undefined>();
      expectTypeOf(input.options.layers).toEqualTypeOf<readonly string[] | undefined>();
      expectTypeOf(input.options.note).toEqualTypeOf<string | undefined>();
      expectTypeOf<keyof typeof input.options>().toEqualTypeOf<'colour' | 'dryRun' | 'layers' | 'note'>();
      seen.push(input.arguments);
      return 0;
    },
  });
  const action = await load();
  const root = command({ name: 'root', summary: 'all', examples: [], load: async () => () => 0 });
  expect(action({ arguments: ['wall', undefined, []], options: {}, server: [], root })).toBe(0);
  expect(seen).toEqual([['wall', undefined, []]]);
});
