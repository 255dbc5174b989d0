import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { fixture, Place } from '../e2e/place.js';
import { aftermath, Watched } from './aftermath.js';
import { unprivileged } from './machine.js';

/** The beginning of every policy here: whatever it does not name is allowed. */
export const HEAD = 'version: 1\ndefault: allow\n';
/** Room for a loaded machine: a change is read in a second or two, and what made it take minutes once is tested here. Milliseconds. */
const PATIENCE = 60_000;
/** Files are not looked at twice within 10 ms. */
const NEXT_LOOK = 20;

export interface Running {
  watched: Watched;
  /** The policy file in force: it refuses `delete_note`. */
  file: string;
}

/** Starts with a policy in force. With `asNobody`, as a user whom file permissions bind. */
export async function running({ asNobody = false } = {}): Promise<Running> {
  const place = new Place();
  const file = place.policy(`${HEAD}tools: { delete_note: deny }\n`);
  const server = place.write('server.mjs', readFileSync(fixture('recorder.mjs'), 'utf8'));
  const options = asNobody ? unprivileged(place) : {};
  const watched = new Watched(place, ['--', process.execPath, server, place.record], options);
  await watched.call('before', 'read_note');
  return { watched, file };
}

/** The change has not taken effect: calls are judged by the old policy, pings are answered, all in time, and stderr says why. */
export async function oldPolicyHolds(
  { watched }: Running,
  change: () => void,
  why: string | RegExp,
): Promise<void> {
  const startedAt = performance.now();
  change();
  for (let round = 0; round < 3; round++) {
    await sleep(NEXT_LOOK);
    const [ping, passed, refused] = await Promise.all([
      watched.request(`ping ${round}`, 'ping'),
      watched.call(`passed ${round}`, 'read_note'),
      watched.call(`refused ${round}`, 'delete_note'),
    ]);
    expect(ping).toHaveProperty('result');
    expect(passed).not.toHaveProperty('result.isError');
    expect(refused).toHaveProperty('result.isError', true);
  }
  await watched.told(/the changed policy cannot be used, so the old one stays in force\n.+\n {2}help: .+\n/);
  expect(watched.stderr).toMatch(why);
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE);
}

/** A policy that can be used takes effect, whatever stood in its place before; then all ends well. */
export async function newPolicyHolds({ watched, file }: Running): Promise<void> {
  rmSync(file, { recursive: true, force: true });
  writeFileSync(file, `${HEAD}tools: { "*_note": deny }\n`);
  await sleep(NEXT_LOOK);
  expect(await watched.call('mended', 'read_note')).toHaveProperty('result.isError', true);
  await endOf(watched);
}

export async function endOf(watched: Watched): Promise<void> {
  watched.process.stdin.end();
  await aftermath(watched, { exitCode: 0 });
  expect(watched.place.recorded()).not.toContain('delete_note');
}
