import { describe, expect, it } from 'vitest';
import { loadFile } from '../../src/config/load.js';
import { MOST_PROBLEMS } from '../../src/config/policy-error.js';
import { folderWith } from './folder.js';
import { HEAD, problemsOf } from './problems.js';

/** Room for a loaded machine. Each of these texts once took from half a minute to for ever. Milliseconds. */
const PATIENCE = 60_000;
const LENGTH = 300_000;

const fill = (part: string, length = LENGTH) => part.repeat(Math.ceil(length / part.length));
const each = (line: (index: number) => string, length = LENGTH) =>
  Array.from({ length: Math.ceil(length / line(10_000).length) }, (_, index) => line(index)).join('');

const DEEP = 'the file is nested too deeply';
const LONG = 'the file is too long from here on';
const MANY = 'the file holds more than 250000 names and values';
const OFTEN = 'the file refers to its own parts too often';
const EXPRESSIONS = 'the expressions of the policy have more than 400000 characters together';

/** What a text is, the text, and what is said about it first. */
const HOSTILE: [string, string, string | RegExp][] = [
  ['lists that open and never close', `${HEAD}tests: ${fill('[')}`, DEEP],
  ['lists in each other', `${HEAD}tests: ${'['.repeat(LENGTH / 2)}${']'.repeat(LENGTH / 2)}`, DEEP],
  ['maps in each other', `${HEAD}tests: ${fill('{a: ')}`, DEEP],
  ['maps and lists over many lines', `${HEAD}tests: ${fill('[\n {a: ')}`, DEEP],
  ['JSON in JSON', '{"a":'.repeat(LENGTH / 6), DEEP],
  ['lists of lists of lists without brackets', `${HEAD}tests:\n${fill('- ')}`, DEEP],
  ['keys of keys', `${HEAD}tests:\n  ${fill('? ')}`, DEEP],
  ['brackets that close nothing', HEAD + fill(']'), /^unexpected flow-seq-end/],
  ['braces that close nothing', `${HEAD}tests: [${fill('}')}`, /^flow sequence in block collection/],
  ['commas', `${HEAD}tests: [${fill(',')}]`, 'unexpected , in flow sequence'],
  ['colons', `${HEAD}tests: [${fill(': ')}]`, 'unexpected : in flow sequence'],
  ['anchors in a row', `${HEAD}tests: ${fill('&a ')}x`, 'a node can have at most one anchor'],
  ['tags in a row', `${HEAD}tests: ${fill('!a ')}x`, 'a node can have at most one tag'],
  ['anchors and an alias', `${HEAD}tests: [${each((index) => `&a${index} x, `)}*a0]`, OFTEN],
  ['aliases', `${HEAD}tests: [&a x, ${fill('*a, ')}x]`, OFTEN],
  ['aliases to nothing', `${HEAD}tests: [${fill('*b, ')}x]`, /^\*b refers to nothing/],
  [
    'aliases of aliases of aliases',
    `${HEAD}tests: [&a0 x, ${each((index) => `&a${index + 1} [*a${index}], `, 5_000)}]`,
    OFTEN,
  ],
  [
    'a list of rules for many tools',
    `${HEAD}tools:\n  x: &x\n${fill('    - deny\n', 20_000)}${each((index) => `  t${index}: *x\n`, 20_000)}`,
    OFTEN,
  ],
  ['blank lines', HEAD + fill('\n', 700_000), LONG],
  ['tests', `${HEAD}tests:\n${fill('  - { call: x, expect: deny, times: 1 }\n', 1_000_000)}`, LONG],
  ['values', `${HEAD}tests: [${fill('11, ', 900_000)}]`, LONG],
  ['names without values', `${HEAD}tests: {${each((index) => `k${index},`, 900_000)}}`, MANY],
  [
    'a name that is a book',
    `${HEAD}tools:\n  ? ${fill('a')}\n  : deny\n`,
    'a name has more than 1024 characters',
  ],
  ['keys that nothing reads', HEAD + each((index) => `k${index}: x\n`), "unknown key 'k0'"],
  [
    'keys that nothing reads, in rules',
    `${HEAD}tools:\n${each((index) => `  t${index}: { actoin: x }\n`)}`,
    "unknown key 'actoin'",
  ],
];
describe('a text that is made to keep its reader busy', () => {
  it.each(HOSTILE)('is refused in a sentence and in time: %s', (_, text, expected) => {
    const startedAt = performance.now();
    const problems = problemsOf(text);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE);
    expect(problems[0]?.message).toMatch(expected);
    expect(problems[0]?.help).toBeTruthy();
    expect(problems.length).toBeLessThanOrEqual(MOST_PROBLEMS);
  });

  it.each([
    [
      'one that is a book',
      `${HEAD}tools: { x: { action: deny, when: "${fill('args.a || ', 500_000)}true" } }\n`,
    ],
    [
      'as many as a book has sentences',
      `${HEAD}tools:\n${each((index) => `  t${index}: { action: deny, when: "args.a > ${index} && args.b == '${'b'.repeat(500)}'" }\n`, 500_000)}`,
    ],
  ])('is refused in a sentence and in time: conditions, %s', async (_, text) => {
    const folder = folderWith({ 'policy-wrap.yaml': text });
    const startedAt = performance.now();
    const { policyFor } = await loadFile('policy-wrap.yaml', folder);
    await expect(policyFor('server')).rejects.toThrow(EXPRESSIONS);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE);
  });

  it('is not what a policy for ten thousand tools is', async () => {
    const rule = "{ action: deny, when: 'args.amount > 1', reason: Too much. }";
    const text = `${HEAD}tools:\n${Array.from({ length: 10_000 }, (__, index) => `  tool_${index}: ${rule}\n`).join('')}`;
    const { policyFor } = await loadFile('policy-wrap.yaml', folderWith({ 'policy-wrap.yaml': text }));
    const [layer] = (await policyFor('server')).layers;
    expect(layer?.sections[0]?.tools.exact.size).toBe(10_000);
  });

  it('is repeated in what is said about it, but not all of it', () => {
    const problems = problemsOf(`${HEAD}tools: { x: "${fill('a')}" }\n`);
    expect(problems[0]?.message).toMatch(/^unknown action 'aaaa/);
    expect(problems[0]?.message.length).toBeLessThan(600);
  });
});

it('a hundred problems are shown, and that there are more', async () => {
  const wrong = async (count: number) => {
    const text = HEAD + Array.from({ length: count }, (_, index) => `k${index}: x\n`).join('');
    const error = await loadFile('policy-wrap.yaml', folderWith({ 'policy-wrap.yaml': text })).catch(
      (failure: Error) => failure,
    );
    return error instanceof Error ? error.message : '';
  };
  expect(await wrong(100)).not.toContain('there are more problems');
  expect(await wrong(101)).toMatch(/\nthere are more problems than these 100$/);
});
