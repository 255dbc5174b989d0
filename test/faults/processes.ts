import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { skip } from '../skip.js';

/** This variable marks a process and all that it starts, for as long as they hand their environment on. */
export const MARK = 'POLICY_WRAP_TEST_MARK';

/** Whether processes cannot be found by their environment here. Elsewhere nothing is looked for that was left behind. */
export const NO_PROC = skip(
  !existsSync('/proc/self/environ'),
  'what is left behind is not looked for, since there is no /proc',
);

/** The processes with a mark that still run, each with its id and command line. */
export function marked(mark: string): string[] {
  if (NO_PROC) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && partOf(name, 'environ').includes(`${MARK}=${mark}\0`))
    .filter((name) => isRunning(name))
    .map((name) => `${name} ${partOf(name, 'cmdline').replaceAll('\0', ' ').trim()}`);
}

/** The memory that a process occupies now. Bytes; undefined where nothing says. */
export function memoryOf(pid: number | undefined): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(partOf(String(pid), 'status'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** A process that nobody has waited for yet is listed as a zombie, and is dead. */
function isRunning(pid: string): boolean {
  const status = partOf(pid, 'status');
  return status !== '' && !/^State:\s+Z/m.test(status);
}

/** Empty for a process that is gone or somebody else's. */
function partOf(pid: string, part: string): string {
  try {
    return readFileSync(`/proc/${pid}/${part}`, 'utf8');
  } catch {
    return '';
  }
}
