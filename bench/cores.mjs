import { spawnSync } from 'node:child_process';

/**
 * Client, wrapper and server on one core: a hop then costs a context switch and nothing else. On several cores it costs
 * waking another core, several times as much and never the same, and that hides what the wrapper itself does.
 */
export class Cores {
  constructor({ pinning }) {
    const shown = pinning && process.platform === 'linux' ? taskset('-cp', process.pid) : undefined;
    /** The cores we may use, such as `0,1` or `0-3`; undefined where they cannot be chosen. */
    this.all = /:\s*([\d,-]+)\s*$/.exec(shown ?? '')?.[1];
  }

  /** Puts this process, and all that it starts from now on, on one core or on all of its cores. */
  use(how) {
    if (this.all === undefined) return;
    const list = how === 'one' ? this.all.split(/[,-]/).at(-1) : this.all;
    taskset('-acp', list, process.pid);
  }
}

/** What taskset(1) printed; undefined where it is missing or refused. */
function taskset(...args) {
  const done = spawnSync('taskset', args.map(String), { encoding: 'utf8' });
  return done.status === 0 ? done.stdout : undefined;
}
