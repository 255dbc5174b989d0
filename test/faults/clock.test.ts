import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fixture, Place } from '../e2e/place.js';
import { skip } from '../skip.js';
import { aftermath, Watched } from './aftermath.js';

/** Debian's libfaketime, in the folder of the machine's architecture. The variant for programs with threads. */
const LIBRARY = 'faketime/libfaketimeMT.so.1';

const library = findLibrary();
const noFakeTime = skip(library === undefined, 'libfaketime is missing (apt-get install faketime)');

function findLibrary(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const files = readdirSync('/usr/lib', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join('/usr/lib', entry.name, LIBRARY));
  return files.find((file) => existsSync(file));
}

/** A clock on the wall that is set by hand; the clock that only counts goes on as it does. */
class WallClock {
  readonly #file: string;

  constructor(place: Place) {
    this.#file = path.join(place.folder, 'clock');
    this.jump('+0');
  }

  get env(): Record<string, string> {
    return {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** So far from the true time: `+2d`, `-1h`. */
  jump(offset: string): void {
    // At once: half a file would be another time.
    writeFileSync(`${this.#file}.new`, `${offset}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** What Date.now says in a process of its own, as far from the true time. Milliseconds. */
  now(): number {
    const env = { ...process.env, ...this.env };
    return Number(execFileSync(process.execPath, ['-p', 'Date.now()'], { env })) - Date.now();
  }
}

const HOUR = 3_600_000;

function start(policy: string): { watched: Watched; clock: WallClock } {
  const place = new Place();
  place.policy(`version: 1\ndefault: allow\n${policy}`);
  const clock = new WallClock(place);
  const command = ['--', process.execPath, fixture('recorder.mjs'), place.record];
  return { watched: new Watched(place, command, { env: clock.env }), clock };
}

let id = 0;

/** `passed`, or the action that refused. */
async function outcome(watched: Watched, tool: string): Promise<string> {
  const { result } = await watched.call<{
    result: { isError?: boolean; _meta?: Record<string, { action: string; retryAfterMs?: number }> };
  }>(++id, tool);
  const decision = result._meta?.['policy-wrap/decision'];
  if (decision?.retryAfterMs !== undefined) expect(decision.retryAfterMs).toBeLessThanOrEqual(60_000);
  return result.isError ? (decision?.action ?? 'failed') : 'passed';
}

/** When the calls that passed happened, as the log says, as far from the true time. Refusals are written down after they are answered. */
const passedAt = ({ place }: Watched) =>
  place
    .audit()
    .filter(({ outcome }) => outcome === 'completed')
    .map(({ time }) => Date.parse(String(time)) - Date.now())
    .sort((one, other) => Math.abs(one) - Math.abs(other));

async function endOf(watched: Watched): Promise<void> {
  watched.process.stdin.end();
  await aftermath(watched, { exitCode: 0 });
}

describe.skipIf(noFakeTime)('a clock on the wall that jumps', () => {
  it.each([
    ['forwards', '+2d', 48 * HOUR],
    ['backwards', '-2d', -48 * HOUR],
  ])('%s is seen by the program, and not by its limits', async (_case, offset, difference) => {
    const { watched, clock } = start('tools: { write_note: { rate_limit: { max: 2, window: 60 } } }\n');
    expect(await outcome(watched, 'write_note')).toBe('passed');
    clock.jump(offset);
    expect(Math.abs(clock.now() - difference)).toBeLessThan(HOUR);
    expect(await outcome(watched, 'write_note')).toBe('passed');
    for (const jump of ['+0', offset, '+5', offset, '-5']) {
      clock.jump(jump);
      expect(await outcome(watched, 'write_note')).toBe('limited');
    }
    clock.jump(offset);
    expect(await outcome(watched, 'read_note')).toBe('passed');
    await endOf(watched);
    const apart = passedAt(watched).map((time) => Math.round(time / HOUR));
    expect(
      apart.map((hours) => Math.abs(hours)),
      'hours',
    ).toEqual([0, 48, 48]);
  });

  it.each(['+1d', '-1d'])(
    'by %s: room comes again when its time has passed, not sooner or later',
    async (offset) => {
      const { watched, clock } = start(
        `tools:
  write_note: { rate_limit: { max: 1, window: 10 } }
  move_note: { rate_limit: { max: 1, window: 1.5s } }
  never_answers: { timeout: 0.4, concurrency: 1 }
`,
      );
      for (const tool of ['move_note', 'write_note']) expect(await outcome(watched, tool)).toBe('passed');
      clock.jump(offset);
      expect(await outcome(watched, 'write_note')).toBe('limited');
      await sleep(1_500);
      expect(await outcome(watched, 'move_note')).toBe('passed');
      const startedAt = performance.now();
      const [timedOut, refused] = await Promise.all([
        watched.call('slow', 'never_answers'),
        watched.call('busy', 'never_answers').finally(() => clock.jump('+0')),
      ]);
      expect(JSON.stringify(refused)).toContain('1 call at a time');
      expect(JSON.stringify(timedOut)).toContain('Timed out');
      expect(performance.now() - startedAt).toBeLessThan(60_000);
      await endOf(watched);
    },
  );

  it('while a person is asked: the question waits as long as it should', async () => {
    const { watched, clock } = start('tools: { ask_this: require_approval }\napprovals: { timeout: 0.8 }\n');
    await watched.request('start', 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
    });
    const startedAt = performance.now();
    const held = watched.call('held', 'ask_this');
    await watched.until(({ method }) => method === 'elicitation/create');
    for (const offset of ['+1d', '-1d', '+1h']) {
      clock.jump(offset);
      await watched.request(offset, 'ping');
    }
    expect(JSON.stringify(await held)).toContain('isError');
    expect(performance.now() - startedAt).toBeGreaterThan(750);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    await endOf(watched);
  });
});
