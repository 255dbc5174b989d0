import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

/** The time to end after being asked to. Milliseconds. */
const UNTIL_KILL = 2_000;

/** What must not outlive us: each leads a process group on POSIX. */
const running = new Set<ChildProcess>();
let watching = false;

/** Has a program end with us, until `release` is called. */
export function endWithUs(child: ChildProcess): { release: () => void } {
  running.add(child);
  if (!watching) {
    watching = true;
    process.on('exit', () => {
      for (const each of running) {
        if (process.platform === 'win32') spawnSync(...taskkill(each), { windowsHide: true });
        else signalGroup(each, 'SIGKILL');
      }
    });
  }
  return { release: () => running.delete(child) };
}

/** Asks a program, and all that it has started, to end, and ends what is left after a while. */
export function endTree(child: ChildProcess, gone: () => void): void {
  if (child.pid === undefined) return gone();
  if (process.platform === 'win32') {
    spawn(...taskkill(child), { windowsHide: true, stdio: 'ignore' })
      .on('error', () => child.kill())
      .on('close', gone);
    return;
  }
  signalGroup(child, 'SIGTERM');
  setTimeout(() => {
    signalGroup(child, 'SIGKILL');
    gone();
  }, UNTIL_KILL).unref();
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}

/** Named in full: Windows would look for it in the working directory first. */
function taskkill({ pid }: ChildProcess): [string, string[]] {
  const system = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  return [path.join(system, 'taskkill.exe'), ['/pid', String(pid), '/t', '/f']];
}
