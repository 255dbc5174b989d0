import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { findProjectFile, findUserFile } from '../../config/find.js';
import { displayPath } from '../../platform/display-path.js';
import { readUpTo } from '../../platform/files/bounded-read.js';
import { replaceWhole } from '../../platform/files/whole-file.js';
import { UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { LOCK_NAME, updatedLock } from '../../servers/lock-tools.js';
import type { ServerTools } from '../../servers/server-tools.js';

/** Bytes. A hundred servers with a hundred tools each have less. */
const LARGEST = 16 * 1024 * 1024;

/**
 * What a lock file says; undefined where there is none.
 * @throws {UserError} when it cannot be read
 */
export function readLockFile(file: string): string | undefined {
  const name = displayPath(file);
  try {
    const bytes = readUpTo(LARGEST, file);
    if (typeof bytes === 'string')
      throw new UserError(`${name} is ${bytes === 'too large' ? 'larger than 16 MB' : bytes}`, 'remove it');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (error instanceof UserError) throw error;
    throw new UserError(`${name} cannot be read (${code})`, 'see that it is a file which you may read');
  }
}

/**
 * Writes into a lock file what a server lists now; what it says of other servers stays. Returns whether anything has changed.
 * @throws {UserError} when the file cannot be used
 */
export function updateLockFile(file: string, catalogue: ServerTools): boolean {
  const before = readLockFile(file);
  const after = updatedLock(before, catalogue);
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

/** Beside the policy that is named, else the project's, else the user's own; in the working directory where there is none. */
export async function lockFileFor(policyFile: string | undefined): Promise<string> {
  const named = policyFile ?? (process.env['POLICY_WRAP_CONFIG'] || undefined);
  const file =
    named === undefined
      ? ((await findProjectFile(process.cwd())) ?? findUserFile(userFolders().config))?.file
      : path.resolve(named);
  return path.join(file === undefined ? process.cwd() : path.dirname(file), LOCK_NAME);
}
