import path from 'node:path';

/** How a signal is brought to a process and to all that it has started: by the system, or by a command that is run. */
export type TreeSignal = { group: number; signal: NodeJS.Signals | 0 } | { program: string; args: string[] };

/** Windows has no signals. Node ends a process for these, at once, and does nothing for any other. */
const ENDING: readonly (NodeJS.Signals | 0)[] = ['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGQUIT'];

/**
 * What is done to send a signal to a tree, undefined when nothing can be. On POSIX its first process leads a process
 * group. On Windows there is but ending it, and ending the first process alone would hide the others from us: of
 * `npx` that is the cmd.exe of a `.cmd` file, and not the server.
 * @param pid of its first process, which on Windows must not have ended: its number may belong to another by then
 * @param windows the folder of Windows: taskkill is named in full, or it would be looked for in the working directory first
 */
export function treeSignal(
  platform: NodeJS.Platform,
  pid: number,
  signal: NodeJS.Signals | 0,
  windows = process.env['SystemRoot'],
): TreeSignal | undefined {
  if (platform !== 'win32') return { group: pid, signal };
  if (!ENDING.includes(signal)) return undefined;
  return {
    program: path.win32.join(windows || 'C:\\Windows', 'System32', 'taskkill.exe'),
    args: ['/pid', String(pid), '/t', '/f'],
  };
}
