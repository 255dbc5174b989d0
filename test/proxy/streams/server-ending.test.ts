import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProcessTree, type TreeSystem } from '../../../src/platform/processes/process-tree.js';
import { type EndingCause, endingSteps, ServerEnding } from '../../../src/proxy/streams/server-ending.js';

describe('the steps by which a server is ended', () => {
  it.each<[EndingCause, NodeJS.Platform, string]>([
    ['input', 'linux', '10000 SIGTERM, 20000 SIGKILL'],
    ['input', 'win32', '10000 SIGTERM, 20000 SIGKILL'],
    ['unanswered', 'darwin', '0 SIGTERM, 10000 SIGKILL'],
    ['SIGINT', 'linux', '0 SIGINT, 10000 SIGKILL'],
    ['SIGTERM', 'darwin', '0 SIGTERM, 10000 SIGKILL'],
    ['SIGHUP', 'linux', '0 SIGHUP, 10000 SIGKILL'],
    ['SIGINT', 'win32', '10000 SIGKILL'],
    ['SIGTERM', 'win32', '10000 SIGKILL'],
    ['SIGHUP', 'win32', '4000 SIGKILL'],
    ['unreachable', 'linux', '1500 SIGTERM, 3000 SIGKILL'],
  ])('%s on %s: %s', (cause, platform, steps) => {
    const words = endingSteps(cause, platform).map(({ after, signal }) => `${after} ${signal}`);
    expect(words.join(', ')).toBe(steps);
  });
});

/** A server whose tree is that of a platform, of which everything that is done to it is written down, with the time. */
function started(platform: NodeJS.Platform) {
  const done: string[] = [];
  const startedAt = Date.now();
  const note = (what: string) => done.push(`${Date.now() - startedAt} ${what}`);
  const system: TreeSystem = {
    platform,
    kill: (pid, signal) => void note(`kill ${pid} ${signal}`),
    run: (program, args, ended) => {
      note(`run ${program.split('\\').at(-1)} ${args.join(' ')}`);
      ended(true);
    },
    runNow: () => {},
  };
  const tree = new ProcessTree(42, () => note('end the first'), system);
  const stdin = new PassThrough();
  stdin.on('finish', () => note('input closed'));
  const ending = new ServerEnding(platform);
  ending.watch({ stdin, signal: (signal) => void tree.signal(signal) });
  return { ending, done };
}

describe('a server that does not end by itself', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is ended with its whole tree on Windows, after the same time as elsewhere', async () => {
    const windows = started('win32');
    const linux = started('linux');
    for (const { ending } of [windows, linux]) ending.inputEnded();
    await vi.advanceTimersByTimeAsync(9_999);
    expect([...windows.done, ...linux.done]).toEqual([]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(windows.done).toEqual([
      '10000 run taskkill.exe /pid 42 /t /f',
      '20000 run taskkill.exe /pid 42 /t /f',
    ]);
    expect(linux.done).toEqual(['10000 kill -42 SIGTERM', '20000 kill -42 SIGKILL']);
    expect(windows.ending.endedForInput).toBe(true);
  });

  it('has its input closed by a signal, which Windows cannot pass on', async () => {
    const windows = started('win32');
    const linux = started('linux');
    for (const { ending } of [windows, linux]) ending.signalled('SIGINT');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(windows.done).toEqual(['200 input closed']);
    expect(linux.done).toEqual(['0 kill -42 SIGINT', '200 input closed']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(windows.done.at(-1)).toBe('10000 run taskkill.exe /pid 42 /t /f');
    expect(linux.done.at(-1)).toBe('10000 kill -42 SIGKILL');
    expect(linux.ending.endedForInput).toBe(false);
  });

  it('loses no time by closing its ends while it cleans up', async () => {
    const { ending, done } = started('linux');
    ending.inputEnded();
    await vi.advanceTimersByTimeAsync(100);
    ending.unreachable();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(done).toEqual([]);
  });

  it('is told at once when nothing is answered for long, and a second signal is passed on', async () => {
    const { ending, done } = started('linux');
    ending.answersAreLate();
    ending.answersAreLate();
    ending.signalled('SIGINT');
    ending.signalled('SIGTERM');
    await vi.advanceTimersByTimeAsync(100);
    expect(done.filter((what) => what.includes('kill'))).toEqual([
      '0 kill -42 SIGTERM',
      '0 kill -42 SIGINT',
      '0 kill -42 SIGTERM',
    ]);
  });
});
