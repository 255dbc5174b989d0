import { realpathSync, statSync } from 'node:fs';
import { lockIn, readLockFile } from '../../config/lock-file.js';
import { displayPath } from '../../platform/display-path.js';
import { replaceWhole } from '../../platform/files/whole-file.js';
import { UserError } from '../../platform/user-error.js';
import { updatedLock } from '../../servers/lock-tools.js';
import type { ServerTools } from '../../servers/server-tools.js';

/**
 * Writes into a lock file what a server lists now; what it says of other servers stays. Returns whether anything has changed.
 * @throws {UserError} when the file cannot be used
 */
export function updateLockFile(file: string, serverTools: ServerTools): boolean {
  const before = readLockFile(file);
  const after = updatedLock(before === undefined ? new Map() : lockIn(before), serverTools);
  if (after !== before) writeLockFile(file, after);
  return after !== before;
}

/**
 * Puts a text in the place of a lock file, all of it or nothing.
 * @throws {UserError} when it cannot be written
 */
function writeLockFile(file: string, text: string): void {
  // A link stays one.
  const real = statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file;
  try {
    replaceWhole(real, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`${displayPath(file)} cannot be written (${code})`, 'check that you may write there');
  }
}
