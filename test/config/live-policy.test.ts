import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { LivePolicy } from '../../src/config/live-policy.js';
import type { LoadedPolicy } from '../../src/config/load.js';
import { PolicyError } from '../../src/config/policy-error.js';
import { seenFile } from '../../src/config/watch.js';
import { folderWith } from './folder.js';

/** A policy of one file that says its name, and all that comes of changing it. */
function live() {
  const file = path.join(folderWith({ 'policy.txt': 'first' }), 'policy.txt');
  const happened: string[] = [];
  const load = (): LoadedPolicy => {
    const files = [seenFile(file)];
    const server = readFileSync(file, 'utf8');
    const policy = { server, layers: [], approvals: {}, audit: {} };
    if (!/^(?:first|second)$/.test(server)) throw Object.assign(new PolicyError([]), { files });
    return { policy, digest: () => server, files, found: [], chains: [], builtIn: false, overruled: [] };
  };
  const policy = new LivePolicy(
    load(),
    async () => load(),
    (before, after) => happened.push(`${before.server} became ${after.server}`),
    () => happened.push('not usable'),
  );
  onTestFinished(() => policy.close());
  return { file, policy, happened };
}

/** Longer than looks are apart. Milliseconds. */
const LATER = 15;

it('a policy whose file is being written is read when it is whole', async () => {
  const { file, policy, happened } = live();
  await wait(LATER);
  writeFileSync(file, 'sec');
  const refreshed = policy.refresh();
  expect(refreshed).toBeDefined();
  setTimeout(() => writeFileSync(file, 'second'), 1);
  await refreshed;
  expect(happened).toEqual(['first became second']);
  expect(policy.policy.server).toBe('second');
  expect(policy.digest).toBe('second');
});

it('all who ask while it is read wait for the same policy', async () => {
  const { file, policy, happened } = live();
  await wait(LATER);
  writeFileSync(file, 'second');
  const [one, other] = [policy.refresh(), policy.refresh()];
  expect(one).toBe(other);
  await one;
  expect(policy.refresh()).toBeUndefined();
  expect(happened).toEqual(['first became second']);
});

it('one that cannot be used changes nothing, and is read again when it has changed', async () => {
  const { file, policy, happened } = live();
  await wait(LATER);
  writeFileSync(file, 'nonsense');
  await policy.refresh();
  expect(policy.policy.server).toBe('first');
  await wait(LATER);
  writeFileSync(file, 'second');
  await policy.refresh();
  expect(policy.policy.server).toBe('second');
  expect(happened).toEqual(['not usable', 'first became second']);
});
