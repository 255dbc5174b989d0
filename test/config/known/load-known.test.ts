import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { LateExpressions } from '../../../src/config/known/late-expressions.js';
import { type LoadedPolicy, loadPolicy } from '../../../src/config/load.js';
import { decide } from '../../../src/core/policy/decide/decide.js';
import { sampleCall } from '../../../src/core/policy/decide/sample-call.js';
import { combine } from '../../../src/core/policy/decide/settle.js';
import { folderWith } from '../folder.js';

const CONDITIONS = `version: 1
default: deny
tools:
  pay:
    - { when: args.amount > 100, action: deny, reason: Too much. }
    - { when: args.amount <= 100, action: allow }
`;

interface Kept {
  folder: string;
  load(server?: string): Promise<LoadedPolicy>;
}

/** A policy that was loaded once before. */
async function loadedOnce(text: string, server = 'server'): Promise<Kept> {
  vi.stubEnv('XDG_CONFIG_HOME', folderWith());
  vi.stubEnv('POLICY_WRAP_CONFIG', '');
  const folder = folderWith({ 'policy.yaml': text });
  const load = (id = server) =>
    loadPolicy({
      server: id,
      cwd: folder,
      config: path.join(folder, 'policy.yaml'),
      cache: path.join(folder, 'cache'),
    });
  await load();
  await vi.waitFor(() => readdirSync(path.join(folder, 'cache', 'policies'))[0] ?? expect.fail());
  return { folder, load };
}

const actionFor = ({ policy }: LoadedPolicy, amount: number) =>
  combine(
    decide(
      policy,
      sampleCall({
        kind: 'tool',
        name: 'pay',
        argumentsText: JSON.stringify({ amount }),
        server: 'server',
        now: 0,
      }),
    ),
  ).action;

async function mistake(loading: Promise<unknown>): Promise<string> {
  return loading.then(
    () => expect.fail('nothing was wrong'),
    (error: Error) => error.message,
  );
}

describe('loading a policy that is known', () => {
  it('makes the same policy of it', async () => {
    const { folder, load } = await loadedOnce(CONDITIONS);
    const config = path.join(folder, 'policy.yaml');
    const first = await loadPolicy({ server: 'server', cwd: folder, config });
    const second = await load();
    expect(second.late).toBeDefined();
    expect(first.late).toBeUndefined();
    expect(second.digest()).toBe(first.digest());
    expect(JSON.stringify(second.policy)).toBe(JSON.stringify(first.policy));
    expect(second.files).toEqual(first.files);
  });

  it('loads conditions later, and grants nothing until then', async () => {
    const loaded = await (await loadedOnce(CONDITIONS)).load();
    expect([actionFor(loaded, 1), actionFor(loaded, 1000)]).toEqual(['deny', 'deny']);
    await loaded.late?.load();
    expect(loaded.late?.load()).toBeUndefined();
    expect([actionFor(loaded, 1), actionFor(loaded, 1000)]).toEqual(['allow', 'deny']);
  });

  it('loads them at once where they judge what the server asks', async () => {
    const { load } = await loadedOnce(
      `${CONDITIONS}methods: { roots/list: { when: args.x == 1, action: deny } }\n`,
    );
    expect((await load()).late?.load()).toBeUndefined();
  });

  it('says what is wrong for another server as ever, with the place', async () => {
    const text = `${CONDITIONS}servers:\n  "ab*": { default: deny }\n  "*ab": { default: deny }\n`;
    const { folder, load } = await loadedOnce(text);
    const config = path.join(folder, 'policy.yaml');
    const said = await mistake(loadPolicy({ server: 'abab', cwd: folder, config }));
    expect(said).toContain('equally closely');
    expect(await mistake(load('abab'))).toBe(said);
  });

  it('says what is wrong in a file that was good before', async () => {
    const { folder, load } = await loadedOnce(CONDITIONS);
    const file = path.join(folder, 'policy.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('action: allow', 'action: alow'));
    expect(await mistake(load())).toContain("did you mean 'allow'");
  });

  it('limits how long all expressions are together, as ever', () => {
    const { compile } = new LateExpressions();
    const long = 'x'.repeat(300_000);
    expect(compile(long, 'bool')).not.toHaveProperty('flaw');
    expect(compile(long, 'bool')).toHaveProperty('flaw', expect.stringContaining('400000 characters'));
  });
});
