import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatSpelling } from '../../../../src/core/json/bytes/flat-spelling.js';
import { speltText } from '../../../../src/core/json/exact-spelling.js';
import { canonicalNumberText } from '../../../../src/core/json/value.js';
import { runs } from '../../../runs.js';
import { plainJson } from '../../../texts/objects.js';

const reference = (text: string) => speltText(text, canonicalNumberText);

const key = fc.constantFrom('a', 'b', 'aa', 'a!', '', 'é', '__proto__', 'ab', '10', '9');
const value = fc.constantFrom(
  '1',
  '0',
  '-7',
  '123456789012345',
  'true',
  'null',
  '"x"',
  '""',
  '"{,}:"',
  '"é 日"',
);
const odd = fc.constantFrom(
  '1.0',
  '-0',
  '1e3',
  '1234567890123456789',
  '{}',
  '[1]',
  '"\\n"',
  ' 1',
  '1 ',
  '{"a":1}',
);
const flat = fc
  .uniqueArray(fc.tuple(key, fc.oneof({ weight: 8, arbitrary: value }, odd)), { selector: ([name]) => name })
  .map((members) => `{${members.map(([name, text]) => `"${name}":${text}`).join(',')}}`);

describe('the spelling of flat arguments', () => {
  it('is that of the reference wherever there is one', () => {
    fc.assert(
      fc.property(fc.oneof(flat, plainJson()), (text) => {
        const spelt = flatSpelling(text);
        if (spelt !== undefined) expect(spelt).toBe(reference(text));
      }),
      runs(3_000),
    );
  });

  it.each([
    ['{}', '{}'],
    ['{"b":1,"a":"x"}', '{"a":"x","b":1}'],
    ['{"a!":1,"a":2}', '{"a":2,"a!":1}'],
    ['{"path":"/srv/a, b","deep":false}', '{"deep":false,"path":"/srv/a, b"}'],
  ])('is there for %s', (text, spelt) => {
    expect(flatSpelling(text)).toBe(spelt);
    expect(reference(text)).toBe(spelt);
  });

  it.each(['{"a":1.0}', '{"a":-0}', '{"a": 1}', '{"a":{}}', '{"a":"\\u0061"}', '[]', '{"a":1 }', ' {}'])(
    'is left to the reference for %s',
    (text) => {
      expect(flatSpelling(text)).toBeUndefined();
    },
  );
});
