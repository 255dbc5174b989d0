import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Schema, validate } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { policyJsonSchema } from '../../../../src/core/policy/document/json-schema.js';
import { CHANNELS, COUNTED_SCOPES, PRESET_NAMES } from '../../../../src/core/policy/document/keywords.js';
import { preset } from '../../../../src/core/policy/document/presets.js';
import { policySchema } from '../../../../src/core/policy/document/schema.js';
import { runs } from '../../../runs.js';
import { policyTexts } from '../../../texts/policies.js';
import { documents } from '../random-policies.js';

const published = policyJsonSchema();
const accepts = (value: unknown) => policySchema.safeParse(value).success;
const isValid = (value: unknown) => validate(value, published as Schema, '2020-12').valid;

/** The policies that are kept in the repository. */
function keptPolicies(): [string, unknown][] {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  return ['examples', 'bench', 'test'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml') && !/node_modules|broken|intercept/.test(name))
      .map((name): [string, unknown] => [
        `${folder}/${name}`,
        parse(readFileSync(`${root}${folder}/${name}`, 'utf8')),
      ])
      .filter(([, value]) => typeof value === 'object' && value !== null && 'version' in value),
  );
}

describe('the schema of a policy', () => {
  const kept = keptPolicies();
  it('knows the policies of the repository', () => {
    expect(kept.length).toBeGreaterThan(8);
    expect(kept.filter(([, value]) => !accepts(value) || !isValid(value)).map(([name]) => name)).toEqual([]);
  });

  it.each(PRESET_NAMES)('accepts the preset %s', (name) => {
    expect([accepts(preset(name).document), isValid(preset(name).document)]).toEqual([true, true]);
  });

  it('accepts whatever is of the type of a policy, and gives back the same', () => {
    fc.assert(
      fc.property(documents, (all) => {
        for (const each of all) expect(policySchema.parse(each)).toEqual(each);
      }),
      runs(100),
    );
  });

  it('accepts what the published one accepts, and refuses what it refuses', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(policyTexts(), (text) => {
        // This name is refused wherever it is written, before the schema is asked.
        fc.pre(!text.includes('__proto__'));
        // What only a program can read is not in a file that an editor checks.
        const value: unknown = JSON.parse(JSON.stringify(parse(text, { logLevel: 'silent' })));
        seen[accepts(value) ? 'accepted' : 'refused']++;
        expect(accepts(value)).toBe(isValid(value));
      }),
      runs(1_000),
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(50);
    // It takes 10 s on a quiet machine, and a minute on a busy one.
  }, 180_000);

  it.each(CHANNELS)('knows the channel %s', (channel) => {
    expect(accepts({ version: 1, approvals: { via: [channel] } })).toBe(true);
  });

  it('knows the scopes of limits that there is a store for, and no other', () => {
    const counted = (per: string) => accepts({ version: 1, rate_limit: { max: 1, window: 1, per } });
    expect(['session', 'machine', 'fleet', 'user'].filter(counted)).toEqual([...COUNTED_SCOPES]);
    expect(COUNTED_SCOPES).toEqual(['session']);
  });
});

describe('the published schema', () => {
  it('calls its definitions by their names, and describes each', () => {
    const definitions = Object.entries(published['$defs'] as Record<string, { description?: string }>);
    expect(definitions.map(([name]) => name)).toEqual(
      expect.arrayContaining(['Action', 'Rule', 'Entry', 'Section', 'RateLimit', 'Approvals', 'Test']),
    );
    expect(definitions.filter(([name, { description }]) => name.startsWith('_') || !description)).toEqual([]);
  });

  it.each([
    { version: 2 },
    { version: 1, unknown: true },
    { version: 1, tools: { a: { action: 'allow', category: 'Write' } } },
    { version: 1, tools: { a: [] } },
    { version: 1, categories: { reads: 'allow' } },
    { version: 1, resources: { a: { action: 'allow', category: 'write' } } },
    { version: 1, rate_limit: { max: 0, window: 1 } },
    { version: 1, rate_limit: { max: 1, window: '1w' } },
    { version: 1, servers: { a: { version: 1 } } },
    { version: 1, approvals: { via: [] } },
    { version: 1, audit: { file: true } },
    { version: 1, tests: [{ call: 'a', expect: 'allow x0' }] },
  ])('refuses %j, as the program does', (value) => {
    expect([accepts(value), isValid(value)]).toEqual([false, false]);
  });
});
