import { randomBytes } from 'node:crypto';
import { linkSync, rmSync, writeFileSync } from 'node:fs';

/** What file systems without hard links say. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES'];

/**
 * Makes a file that only one process can make: it is there with all that it says, or not at all. Where there are no
 * hard links it is empty for a moment. False when it was there before; throws when it cannot be made.
 */
export function createWhole(file: string, text: string, link = linkSync): boolean {
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(fresh, text, { mode: 0o600, flag: 'wx' });
    link(fresh, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.includes(codeOf(error))) throw error;
    return makeAlone(file, text);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** A file that was made and could not be filled stays: nobody is told that it was ours, and none like it is made again. */
function makeAlone(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
