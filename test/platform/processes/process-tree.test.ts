import { describe, expect, it } from 'vitest';
import { ProcessTree, type TreeSystem } from '../../../src/platform/processes/process-tree.js';

/** An operating system that writes down what is asked of it. */
class RecordingSystem implements TreeSystem {
  readonly done: string[] = [];
  /** What `kill` throws. */
  failure: string | undefined;
  /** Ends the commands that run. */
  readonly finish: ((succeeded: boolean) => void)[] = [];

  constructor(readonly platform: NodeJS.Platform) {}

  kill(pid: number, signal: NodeJS.Signals | 0): void {
    this.done.push(`kill ${pid} ${signal}`);
    if (this.failure) throw Object.assign(new Error(), { code: this.failure });
  }

  run(program: string, args: string[], done: (succeeded: boolean) => void): void {
    this.done.push(`run ${program.split('\\').at(-1)} ${args.join(' ')}`);
    this.finish.push(done);
  }

  runNow(program: string, args: string[]): void {
    this.done.push(`run now ${program.split('\\').at(-1)} ${args.join(' ')}`);
  }
}

function tree(platform: NodeJS.Platform, pid: number | undefined = 42) {
  const system = new RecordingSystem(platform);
  return { system, tree: new ProcessTree(pid, () => system.done.push('end the first'), system) };
}

describe('a tree of POSIX', () => {
  it('is a group, of which every signal goes to all', () => {
    const { system, tree: made } = tree('linux');
    void made.signal('SIGTERM');
    made.signalNow('SIGKILL');
    expect(system.done).toEqual(['kill -42 SIGTERM', 'kill -42 SIGKILL']);
  });

  it('that is left by its first process alone is sent nothing any more', () => {
    const { system, tree: made } = tree('linux');
    system.failure = 'ESRCH';
    made.firstEnded();
    void made.signal('SIGTERM');
    made.signalNow('SIGKILL');
    expect(made.gone).toBe(true);
    expect(system.done).toEqual(['kill -42 0']);
  });

  it('of which others are left when the first has ended is ended all the same, once', () => {
    const { system, tree: made } = tree('linux');
    made.firstEnded();
    expect(made.gone).toBe(false);
    void made.signal('SIGTERM');
    system.failure = 'ESRCH';
    void made.signal('SIGKILL');
    void made.signal('SIGKILL');
    made.signalNow('SIGKILL');
    expect(system.done).toEqual(['kill -42 0', 'kill -42 SIGTERM', 'kill -42 SIGKILL']);
  });

  it('that may not be signalled now is there', () => {
    const { system, tree: made } = tree('darwin');
    system.failure = 'EPERM';
    made.firstEnded();
    expect(made.gone).toBe(false);
    void made.signal('SIGKILL');
    expect(system.done).toEqual(['kill -42 0', 'kill -42 SIGKILL']);
  });
});

describe('a tree of Windows', () => {
  it('is ended by one command at a time', async () => {
    const { system, tree: made } = tree('win32');
    const ended = [made.signal('SIGTERM'), made.signal('SIGKILL')];
    expect(system.done).toEqual(['run taskkill.exe /pid 42 /t /f']);
    system.finish[0]?.(true);
    await Promise.all(ended);
    void made.signal('SIGKILL');
    expect(system.done).toHaveLength(2);
  });

  it('that is being ended is waited for', async () => {
    const { system, tree: made } = tree('win32');
    let over = false;
    const ended = made.signal('SIGTERM').then(() => (over = true));
    await new Promise(setImmediate);
    expect(over).toBe(false);
    system.finish[0]?.(true);
    await ended;
  });

  it('that cannot be ended loses its first process', async () => {
    const { system, tree: made } = tree('win32');
    const ended = made.signal('SIGTERM');
    system.finish[0]?.(false);
    await ended;
    expect(system.done.at(-1)).toBe('end the first');
  });

  it('is not looked for once the first has ended: the number may be somebody else’s', async () => {
    const { system, tree: made } = tree('win32');
    const ended = made.signal('SIGTERM');
    made.firstEnded();
    system.finish[0]?.(false);
    await ended;
    void made.signal('SIGKILL');
    made.signalNow('SIGKILL');
    expect(made.gone).toBe(true);
    expect(system.done).toEqual(['run taskkill.exe /pid 42 /t /f']);
  });

  it('is ended before we are, also while a command runs', () => {
    const { system, tree: made } = tree('win32');
    void made.signal('SIGTERM');
    made.signalNow('SIGKILL');
    expect(system.done.at(-1)).toBe('run now taskkill.exe /pid 42 /t /f');
  });

  it('gets no signal that ends nothing', () => {
    const { system, tree: made } = tree('win32');
    void made.signal('SIGHUP');
    expect(system.done).toEqual([]);
  });
});

it.each<NodeJS.Platform>(['linux', 'win32'])('what could not be started is sent nothing: %s', (platform) => {
  const system = new RecordingSystem(platform);
  const made = new ProcessTree(undefined, () => system.done.push('end the first'), system);
  void made.signal('SIGKILL');
  made.signalNow('SIGKILL');
  made.firstEnded();
  expect(made.gone).toBe(true);
  expect(system.done).toEqual([]);
});
