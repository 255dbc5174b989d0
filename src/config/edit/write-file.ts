import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { displayPath } from '../../platform/display-path.js';
import { fileBeside } from '../../platform/files/atomic-file.js';
import { UserError } from '../../platform/user-error.js';

type Check = (file: string) => Promise<void>;

/**
 * Writes a file that is not there yet, whole or not at all.
 * @param check looks at the text in a file beside it, and throws when it must not be written
 * @throws {UserError} when it may not be written
 */
export async function createFile(file: string, text: string, check: Check): Promise<void> {
  await asFile(file, text, async (draft) => {
    await check(draft);
    try {
      linkSync(draft, file);
    } catch (error) {
      // Not every file system has links.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(file)) throw error;
      renameSync(draft, file);
    }
  });
}

/**
 * Replaces a file, unless somebody else has changed it since it was read. A link stays one.
 * @throws {UserError} when it may not be written
 */
export async function replaceFile(
  file: string,
  before: Uint8Array,
  text: string,
  check: Check,
): Promise<void> {
  const target = realpathSync(file);
  await asFile(target, text, async (draft) => {
    await check(draft);
    if (!readFileSync(target).equals(before))
      throw new UserError(
        `${displayPath(file)} has changed in the meantime, so nothing is written`,
        'do it again',
      );
    chmodSync(draft, statSync(target).mode);
    renameSync(draft, target);
  });
}

/** Copies a file to one beside it that is not there yet, and returns which. */
export function keepBeside(file: string): string {
  for (let number = 1; ; number++) {
    const copy = `${file}.old${number === 1 ? '' : number}`;
    try {
      copyFileSync(file, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw explained(error as NodeJS.ErrnoException, copy);
    }
  }
}

/** Does something with a text in a file beside the one that it is meant for, which is gone afterwards. */
export async function asFile<T>(file: string, text: string, use: (draft: string) => Promise<T>): Promise<T> {
  let draft: string;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    draft = fileBeside(file, text);
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, file);
  }
  try {
    return await use(draft);
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What the file system says, in words. */
function explained(error: NodeJS.ErrnoException, file: string): Error {
  const name = displayPath(file);
  if (error.syscall === undefined) return error;
  if (error.code === 'EEXIST' && error.syscall === 'link')
    return new UserError(`${name} exists already, so nothing is written`, 'do it again to add to it');
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS')
    return new UserError(
      `${name} may not be written`,
      'name another file, or give yourself the right to write there',
    );
  return new UserError(`${name} cannot be written: ${error.message}`, 'name another file');
}
