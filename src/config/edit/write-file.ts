import { constants, copyFileSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { displayPath } from '../../platform/display-path.js';
import { DraftFile } from '../../platform/files/whole-file.js';
import { UserError } from '../../platform/user-error.js';

type Check = (file: string) => Promise<void>;

/**
 * Writes a file that is not there yet, whole or not at all.
 * @param check looks at the text in a file beside it, and throws when it must not be written
 * @throws {UserError} when it may not be written
 */
export async function createFile(file: string, text: string, check: Check): Promise<void> {
  await withDraft(file, text, async (draft) => {
    await check(draft.path);
    if (!draft.create())
      throw new UserError(
        `${displayPath(file)} exists already, so nothing is written`,
        'do it again to add to it',
      );
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
  await withDraft(target, text, async (draft) => {
    await check(draft.path);
    if (!draft.replaceUnchanged(before, 'ours'))
      throw new UserError(
        `${displayPath(file)} has changed in the meantime, so nothing is written`,
        'do it again',
      );
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
export function asFile<T>(file: string, text: string, use: (draft: string) => Promise<T>): Promise<T> {
  return withDraft(file, text, (draft) => use(draft.path));
}

async function withDraft<T>(file: string, text: string, use: (draft: DraftFile) => Promise<T>): Promise<T> {
  let draft: DraftFile;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    draft = new DraftFile(file, text);
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, file);
  }
  try {
    return await use(draft);
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, file);
  } finally {
    draft.discard();
  }
}

/** What the file system says, in words. */
function explained(error: NodeJS.ErrnoException, file: string): Error {
  const name = displayPath(file);
  if (error.syscall === undefined) return error;
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS')
    return new UserError(
      `${name} may not be written`,
      'name another file, or give yourself the right to write there',
    );
  return new UserError(`${name} cannot be written: ${error.message}`, 'name another file');
}
