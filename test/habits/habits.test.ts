import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDeep } from '../deep.js';
import { deepNeeds } from './reach.js';
import { seedless } from './seedless.js';
import { reasonsIn, silentSkips } from './silent-skips.js';
import { expectedOnlyInCatch } from './untested.js';

const TEST = path.resolve(import.meta.dirname, '..');
/** All of them by their path from the root, with slashes. */
const texts = new Map(
  readdirSync(TEST, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [`test/${file.split(path.sep).join('/')}`, readFileSync(path.join(TEST, file), 'utf8')]),
);
/** What this rule says of all files, each with its place. */
const found = (rule: (text: string) => string[], words: RegExp) =>
  [...texts]
    .filter(([, text]) => words.test(text))
    .flatMap(([file, text]) => rule(text).map((place) => `${file}:${place}`));

describe('a property', () => {
  it('gets its seed and its number of inputs from test/runs.ts', () => {
    expect(
      found(seedless, /fast-check|numRuns/).filter((place) => !place.startsWith('test/runs.ts')),
    ).toEqual([]);
  });

  it.each([
    'fc.assert(fc.property(a, b));',
    'fc.assert(fc.property(a, b), { numRuns: 5 });',
    'fc.assert(fc.property(a, b), { ...runs(5), numRuns: 7 });',
    'fc.assert(fc.property(a, b), RUNS);',
    'const RUNS = { seed: 1 }; fc.assert(fc.property(a, b), RUNS);',
    'const lines = fc.sample(line, 20);',
    'const numRuns = 3; const how = { numRuns };',
    "const how = { 'numRuns': 3 };",
    "import { assert } from 'fast-check';",
    "import fc, { sample } from 'fast-check';",
    "import * as check from 'fast-check';",
  ])('is found without them: %s', (text) => {
    expect(seedless(`\n${text}`).join('\n')).toMatch(/^2: /);
  });

  it.each([
    'fc.assert(fc.property(a, b), runs(5));',
    'const RUNS = runs(5); fc.assert(fc.property(a, b), RUNS);',
    'fc.assert(property, runsFor(share)); const { numRuns: COUNT } = runs(3);',
    "import fc from 'fast-check'; // numRuns: 3",
    "import type fc from 'fast-check';",
  ])('is fine with them: %s', (text) => {
    expect(seedless(text)).toEqual([]);
  });
});

describe('a test that is left out', () => {
  it('says why', () => {
    const explaining = [...texts.values()].filter((text) => text.includes("/skip.js'"));
    const known = new Set(explaining.flatMap((text) => [...reasonsIn(text)]));
    expect(found((text) => silentSkips(text, known), /\.(?:skip|runIf|only|todo)/)).toEqual([]);
  });

  it.each([
    "it.skip('x', () => {});",
    "describe.only('x', () => {});",
    "it.todo('x');",
    "it.skipIf(process.platform === 'win32')('x', () => {});",
    "const POSIX = true; it.skipIf(POSIX)('x', () => {});",
    "describe.runIf(NO_CHROMIUM)('x', () => {});",
    "it.skip.each(rows)('$name', () => {});",
  ])('is found where it does not: %s', (text) => {
    expect(silentSkips(`\n${text}`, new Set(['NO_CHROMIUM'])).join('\n')).toMatch(/^2: /);
  });

  it.each([
    "it.skipIf(onWindows('there are no signals'))('x', () => {});",
    "describe.skipIf(NO_CHROMIUM).each(rows)('x', () => {});",
    "for (const [isSkipped] of WAYS) it.skipIf(isSkipped)('x', () => {});",
    "it.skip.each(rows)('$name: $why', () => {});",
  ])('is fine where it does: %s', (text) => {
    expect(silentSkips(text, new Set(['NO_CHROMIUM']))).toEqual([]);
  });
});

describe('a test that something fails', () => {
  it('does not pass where nothing does', () => {
    expect(found(expectedOnlyInCatch, /catch/)).toEqual([]);
  });

  it.each([
    'try { read(); } catch (error) { expect(error).toBe(1); }',
    'try { read(); } catch (error) { for (const each of error.all) expect(each).toBe(1); }',
    'await read().catch((error) => { expect(error).toBe(1); });',
  ])('is found where it may: %s', (text) => {
    expect(expectedOnlyInCatch(`\n${text}`).join('\n')).toMatch(/^2: /);
  });

  it.each([
    'expect(() => read()).toThrow(Error);',
    'const error = await read().catch((error) => error); expect(error).toBe(1);',
    'try { read(); } catch { return undefined; } expect(1).toBe(1);',
  ])('is fine: %s', (text) => {
    expect(expectedOnlyInCatch(text)).toEqual([]);
  });
});

describe('a fast test', () => {
  const files = [...texts.keys()].filter((file) => file.endsWith('.test.ts') && !isDeep(file));

  it('needs no build', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => deepNeeds(file, texts).map((need) => `${file}: ${need}`))).toEqual([]);
  });

  it('is found where it does', () => {
    const needs = (text: string) =>
      deepNeeds('test/a/b.test.ts', new Map([...texts, ['test/a/b.test.ts', text]]));
    expect(needs("import { Wrapped } from '../e2e/program.js';")).toEqual(['test/e2e/program.ts']);
    expect(needs("import { openChannel } from '../approvals/channels/channel.js';")).toEqual([
      'test/e2e/program.ts',
    ]);
    expect(needs("import { Place, PROGRAM } from '../e2e/place.js';")).toEqual([
      'PROGRAM of test/e2e/place.ts',
    ]);
    expect(needs("import { Place } from '../e2e/place.js';")).toEqual([]);
  });
});
