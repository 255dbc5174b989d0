import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { LOCK_NAME } from '../catalogue/lock.js';
import { readUpTo } from '../config/bounded-read.js';
import { findProjectFile } from '../config/find.js';
import { displayPath } from '../config/places.js';
import { UsageError } from './exit.js';

/** Bytes. A hundred servers with a hundred tools each have less. */
const LARGEST = 16 * 1024 * 1024;

/**
 * What a lock file says; undefined where there is none.
 * @throws {UsageError} when it cannot be read
 */
export function readLockFile(file: string): string | undefined {
  const name = displayPath(file);
  try {
    const bytes = readUpTo(LARGEST, file);
    if (typeof bytes === 'string')
      throw new UsageError(`${name} is ${bytes === 'too large' ? 'larger than 16 MB' : bytes}`, 'remove it');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} cannot be read (${code})`, 'see that it is a file which you may read');
  }
}

/**
 * Puts a text in the place of a lock file, all of it or nothing.
 * @throws {UsageError} when it cannot be written
 */
export function writeLockFile(file: string, text: string): void {
  // A link stays one.
  const real = statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file;
  const fresh = `${real}.${randomBytes(6).toString('hex')}`;
  try {
    writeWhole(fresh, text);
    renameSync(fresh, real);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${displayPath(file)} cannot be written (${code})`, 'see that you may write there');
  } finally {
    rmSync(fresh, { force: true });
  }
}

function writeWhole(file: string, text: string): void {
  const handle = openSync(file, 'wx');
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Beside the policy that is named, else the project's, else in the working directory. */
export function lockBeside(policyFile: string | undefined): string {
  const named = policyFile ?? (process.env['POLICY_WRAP_CONFIG'] || undefined);
  const file = named === undefined ? findProjectFile(process.cwd())?.file : path.resolve(named);
  return path.join(file === undefined ? process.cwd() : path.dirname(file), LOCK_NAME);
}
