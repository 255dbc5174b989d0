import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endOf, HEAD, newPolicyHolds, oldPolicyHolds, running } from './old-policy.js';

const fill = (part: string, length: number) => part.repeat(Math.ceil(length / part.length));
const each = (line: (index: number) => string, count: number) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
const bombLevel = (index: number) =>
  `      a${index}: &a${index} [${index ? `*a${index - 1}, `.repeat(9) : 'x'}]\n`;

/** Texts that keep a reader busy. Were any of them read as far as its beginning, every call would pass. */
const TEXTS: [string, text: string, why: string | RegExp][] = [
  ['10 MB large', fill('# a comment\n', 10_000_000), 'is larger than 1 MB'],
  ['a list of lists of lists', `tests: ${fill('[', 900_000)}`, 'nested too deeply'],
  ['a map of maps of maps', `tests: ${fill('{a: ', 900_000)}`, 'nested too deeply'],
  [
    'a bomb of aliases',
    `tests:\n - call: x\n   args:\n${each(bombLevel, 9)}`,
    'refers to its own parts too often',
  ],
  ['full of anchors', `tests: ${fill('&a ', 500_000)}`, 'at most one anchor'],
  ['full of commas', `tests: [${fill(',', 500_000)}`, 'unexpected , in flow sequence'],
  ['full of keys that mean nothing', each((index) => `k${index}: x\n`, 40_000), "unknown key 'k0'"],
  ['one long text', `tests: "${fill('a', 900_000)}"`, /'tests' is the string 'aaaa/],
  [
    'one long condition',
    `tools: { x: { action: deny, when: "${fill('args.a || ', 900_000)}true" } }`,
    'more than 400000 characters',
  ],
];

describe('a policy that is edited to be', () => {
  it.each(TEXTS)('%s: the old policy stays', async (_case, text, why) => {
    const started = await running();
    await oldPolicyHolds(started, () => writeFileSync(started.file, HEAD + text), why);
    await newPolicyHolds(started);
  });

  it('ten thousand rules long: the new policy is in force', async () => {
    const { watched, file } = await running();
    const rule = (index: number) =>
      `  t${index}: { action: deny, when: "args.n > ${index}", reason: Rule ${index}. }\n`;
    writeFileSync(file, `${HEAD}tools:\n  "*_note": deny\n${each(rule, 10_000)}`);
    await sleep(20);
    expect(await watched.call(1, 'read_note')).toHaveProperty('result.isError', true);
    expect(JSON.stringify(await watched.call(2, 't9999', { n: 10_000 }))).toContain('Rule 9999.');
    expect(await watched.call(3, 't9999', { n: 9_999 })).not.toHaveProperty('result.isError');
    await watched.told('the changed policy is in force');
    await endOf(watched);
  });
});
