import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdTable } from '../../../src/proxy/peers/id-table.js';
import { runs } from '../../runs.js';

/** Ids that come again, also under another type, and numbers that no table of small ones can hold. */
const id = fc.oneof(
  fc.integer({ min: -3, max: 60 }),
  fc.integer({ min: 0, max: 50 }).map((n) => n * 65_536),
  fc.constantFrom(0.5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, 1e300, -0),
  fc.integer({ min: 0, max: 20 }).map(String),
);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), id }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('get' as const), id }) },
);

it('holds what a Map holds, in the order in which it was set last', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new IdTable<{ n: number }>();
      const map = new Map<string | number, { n: number }>();
      for (const [n, { do: what, id: key }] of steps.entries()) {
        if (what === 'set') {
          map.delete(key);
          map.set(key, { n });
          table.set(key, { n });
        } else if (what === 'delete') {
          map.delete(key);
          table.delete(key);
        }
        expect(table.get(key)).toEqual(map.get(key));
        expect(table.has(key)).toBe(map.has(key));
        expect(table.size).toBe(map.size);
      }
      expect(table.entries()).toEqual([...map]);
      table.clear();
      expect(table.entries()).toEqual([]);
    }),
    runs(300),
  );
});
