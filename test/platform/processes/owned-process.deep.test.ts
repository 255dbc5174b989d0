import { describe, expect, it, onTestFinished } from 'vitest';
import { type OwnedOptions, spawnOwned } from '../../../src/platform/processes/owned-process.js';
import { onWindows } from '../../skip.js';
import { Family } from './family.js';

const onPosix = it.skipIf(onWindows('there are no process groups'));

function owned(args: readonly string[], options: Partial<OwnedOptions> = {}) {
  const made = spawnOwned(process.execPath, args, { stderr: 'pipe', ...options });
  onTestFinished(() => made.signal('SIGKILL'));
  return made;
}

const listeners = () =>
  ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((event) => process.listenerCount(event as 'SIGINT'));

describe('a process of ours', () => {
  it('is spoken to over pipes, and says how it has ended', async () => {
    const made = owned(['-e', 'process.stdin.pipe(process.stderr).on("unpipe", () => process.exit(3))']);
    await made.started;
    let said = '';
    made.stderr?.on('data', (chunk: Buffer) => (said += chunk));
    made.stdin.end('heard');
    expect(await made.exited).toEqual({ code: 3, signal: null });
    await made.closed;
    expect(said).toBe('heard');
  });

  it('that is not there says so', async () => {
    const made = spawnOwned('policy-wrap-no-such-program', [], { stderr: 'inherit' });
    made.stdin.on('error', () => {});
    expect((await made.exited).startError?.code).toBe('ENOENT');
    made.signal('SIGKILL');
    made.endTree();
  });

  it('with an impossible name is not even tried', () => {
    expect(() => spawnOwned('a\0b', [], { stderr: 'inherit' })).toThrow();
  });

  it('that is ended twice ends once', async () => {
    const made = owned(['-e', 'setInterval(() => {}, 1000)']);
    made.signal('SIGKILL');
    made.signal('SIGKILL');
    made.endTree();
    expect((await made.exited).code).not.toBe(0);
    made.signal('SIGKILL');
    made.endTree();
  });

  it('leaves no listener behind', async () => {
    const before = listeners();
    const some = Array.from({ length: 20 }, () => owned(['-e', ''], { exitOnSignals: true }));
    expect(listeners()).not.toEqual(before);
    await Promise.all(some.map(({ exited }) => exited));
    for (const made of some) made.release();
    expect(listeners()).toEqual(before);
  });
});

describe('the tree of a process of ours', () => {
  it.each([
    ['that ends when it is asked to', false],
    ['that has to be ended', true],
  ])('%s, to the third generation', async (_, stubborn) => {
    const family = new Family(3, stubborn);
    const made = owned(family.args);
    await family.complete();
    made.endTree();
    await expect.poll(() => family.alive).toBe(0);
  });

  onPosix('is ended also when the first process has left it', async () => {
    const family = new Family(2);
    const made = owned(['-e', `${family.start} process.stdin.resume()`]);
    await family.complete();
    made.stdin.end();
    expect(await made.exited).toMatchObject({ code: 0 });
    expect(family.alive).toBe(2);
    made.signal('SIGKILL');
    await expect.poll(() => family.alive).toBe(0);
  });
});
