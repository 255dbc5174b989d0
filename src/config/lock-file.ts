import path from 'node:path';
import { type Lock, readLock } from '../core/tools/pinning/lock.js';
import { displayPath } from '../platform/display-path.js';
import { readUpTo } from '../platform/files/bounded-read.js';
import { UserError } from '../platform/user-error.js';
import { userFolders } from '../platform/user-folders.js';
import { userPath } from '../platform/user-path.js';
import { configOfEnvironment, findProjectFile, findUserFile } from './find.js';
import { LOCK_NAME } from './lock-name.js';

/**
 * Reads the text of a lock file.
 * @throws {UserError} when it is none
 */
export function lockIn(text: string): Lock {
  const lock = readLock(text);
  if (typeof lock === 'string')
    throw new UserError(
      `${LOCK_NAME} cannot be used: ${lock}`,
      'bring it back from version control, or remove it and write a new one with --update-lock',
    );
  return lock;
}

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
    throw new UserError(`${name} cannot be read (${code})`, 'check that it is a file which you may read');
  }
}

/** Beside the policy that is named, else the project's, else the user's own; in the working directory where there is none. */
export async function lockFileFor(policyFile: string | undefined): Promise<string> {
  const named = policyFile ?? configOfEnvironment();
  const file =
    named === undefined
      ? ((await findProjectFile(process.cwd())) ?? findUserFile(userFolders().config))?.file
      : path.resolve(userPath(named));
  return path.join(file === undefined ? process.cwd() : path.dirname(file), LOCK_NAME);
}
