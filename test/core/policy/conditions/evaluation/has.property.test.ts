import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../../runs.js';
import { evaluate } from '../conditions.js';

type Answer = boolean | 'failed';

/** A name, or an index of a list. */
type Part = string | number;

/** What stands where a map is looked for, among them what careless servers read as one. */
const leaf = fc.constantFrom<unknown>(
  null,
  true,
  0,
  1.5,
  '',
  'b',
  '{"a":{"b":true}}',
  '["a"]',
  [],
  ['a'],
  [['a', 'b']],
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('map'), tie('list')),
  map: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'A'), tie('anything'), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  list: fc.array(tie('anything'), { maxLength: 2 }),
}));
const args = fc.dictionary(fc.constantFrom('a', 'b', 'c'), anything, { maxKeys: 3, noNullPrototype: true });
const path = fc
  .tuple(
    fc.constantFrom('a', 'b'),
    fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom<Part>('a', 'b', 'c') }, fc.constantFrom<Part>(0, 1)),
      {
        maxLength: 3,
      },
    ),
    fc.constantFrom('a', 'b', 'c'),
  )
  .map(([first, between, last]): Part[] => [first, ...between, last]);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Step by step: only a map has members, and nothing else is taken for an empty one. */
function plainHas(owner: unknown, [part, ...rest]: readonly Part[]): Answer {
  if (rest.length === 0) return isMap(owner) ? Object.hasOwn(owner, part ?? '') : 'failed';
  if (typeof part === 'number')
    return Array.isArray(owner) && part < owner.length ? plainHas(owner[part], rest) : 'failed';
  return isMap(owner) && Object.hasOwn(owner, part ?? '') ? plainHas(owner[part ?? ''], rest) : 'failed';
}

/** Whether there is a key that a server may take for one that the condition names, or for one beside it. */
function isDoubtful(value: unknown, names: readonly Part[]): boolean {
  if (Array.isArray(value)) return value.some((each) => isDoubtful(each, names));
  if (!isMap(value)) return false;
  const keys = Object.keys(value);
  const doubtful = keys.includes('A') && (names.includes('a') || keys.includes('a'));
  return doubtful || Object.values(value).some((each) => isDoubtful(each, names));
}

const negated = (answer: Answer): Answer => (answer === 'failed' ? answer : !answer);
/** CEL: what decides by itself decides, whatever fails beside it. */
const both = (one: Answer, other: Answer): Answer =>
  one === false || other === false ? false : one === 'failed' || other === 'failed' ? 'failed' : true;

const written = (parts: readonly Part[]) =>
  `has(args${parts.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')})`;

it('has() says what a walk from map to map says, whatever stands in between', () => {
  const seen = new Set<Answer>();
  fc.assert(
    fc.property(args, path, path, (given, one, other) => {
      const [first, second] = [plainHas(given, one), plainHas(given, other)];
      const cases: [string, Answer][] = [
        [written(one), first],
        [`!${written(one)}`, negated(first)],
        [`${written(one)} && ${written(other)}`, both(first, second)],
        [`${written(one)} || ${written(other)}`, negated(both(negated(first), negated(second)))],
      ];
      for (const [source, answer] of cases) {
        const names = source.includes(written(other)) ? [...one, ...other] : one;
        const wanted = isDoubtful(given, names) ? 'failed' : answer;
        const evaluated = evaluate(source, 'bool', JSON.stringify(given));
        expect('failure' in evaluated ? 'failed' : evaluated.value, source).toBe(wanted);
        seen.add(wanted);
      }
    }),
    runs(1_500),
  );
  expect([...seen].sort()).toEqual([false, true, 'failed'].sort());
});
