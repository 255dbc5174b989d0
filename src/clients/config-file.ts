import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../platform/files/private-folder.js';
import { DraftFile } from '../platform/files/whole-file.js';
import { ConfigError } from './formats/config-text.js';

/** Bytes. The largest known config (Claude Code's own, with the history of all projects) has a few megabytes. */
const LARGEST = 128 * 1024 * 1024;

/** A config file as it was read. */
export interface ReadFile {
  /** Where it really is, with all links followed: this is what is written. */
  real: string;
  isLink: boolean;
  /** A byte order mark, or nothing. */
  mark: string;
  /** What it says after that. */
  text: string;
}

/**
 * Reads a config file. Undefined where there is none.
 * @throws {ConfigError} when it cannot be read as text
 */
export function readConfigFile(file: string): ReadFile | undefined {
  try {
    const real = realpathSync(file);
    const stats = statSync(real);
    if (stats.isDirectory()) return undefined;
    if (!stats.isFile()) throw new ConfigError('it is not a file');
    if (stats.size > LARGEST) throw new ConfigError('it is larger than 128 MB');
    const all = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(real));
    const mark = all.startsWith('\ufeff') ? '\ufeff' : '';
    return { real, isLink: lstatSync(file).isSymbolicLink(), mark, text: all.slice(mark.length) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (error instanceof ConfigError) throw error;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new ConfigError('it is not UTF-8');
    if (code === 'EACCES' || code === 'EPERM') throw new ConfigError('it may not be read');
    throw new ConfigError(`it cannot be read (${code ?? message})`);
  }
}

/**
 * Puts a new text in the place of a config file: all of it or nothing, with the same rights.
 * @throws {ConfigError} when it may not be written, or says something else than when it was read
 */
export function writeConfigFile({ real, mark, text }: ReadFile, after: string): void {
  let draft: DraftFile | undefined;
  try {
    checkWritable(real);
    draft = new DraftFile(real, mark + after, { mode: 0o600 });
    if (!replaced(draft, real, Buffer.from(mark + text), Buffer.from(mark + after)))
      throw new ConfigError('it was changed by someone else just now');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof ConfigError) throw error;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new ConfigError('it may not be written');
    throw new ConfigError(`it cannot be written (${code ?? message})`);
  } finally {
    draft?.discard();
  }
}

/** False when the file was changed meanwhile. */
function replaced(draft: DraftFile, real: string, before: Buffer, after: Buffer): boolean {
  try {
    return draft.replaceUnchanged(before, 'kept');
  } catch (error) {
    // A file that is mounted into a container by itself cannot be replaced, only written over. There is a copy of it.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    return overwriteUnchanged(real, before, after);
  }
}

/**
 * Writes a file over where it is, unless it says something else than it did. What could not be written whole is put back.
 * @throws what the file system says
 */
export function overwriteUnchanged(file: string, before: Buffer, after: Buffer): boolean {
  const handle = openSync(file, 'r+');
  const put = (content: Buffer) => {
    for (let done = 0; done < content.length; )
      done += writeSync(handle, content, done, content.length - done, done);
    ftruncateSync(handle, content.length);
    fsyncSync(handle);
  };
  try {
    if (!readFileSync(handle).equals(before)) return false;
    try {
      put(after);
    } catch (error) {
      put(before);
      throw error;
    }
    return true;
  } finally {
    closeSync(handle);
  }
}

/**
 * Looks at what can be known before: whether a file may be written.
 * @throws {ConfigError}
 */
export function checkWritable(real: string): void {
  try {
    const { mode, nlink } = statSync(real);
    if ((mode & 0o200) === 0) throw new ConfigError('it is read-only');
    if (nlink > 1) throw new ConfigError('replacing it would detach its other hard links');
    accessSync(real, constants.W_OK);
    accessSync(path.dirname(real), constants.W_OK);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(code === 'ENOENT' ? 'it is gone' : 'it may not be written');
  }
}

/** Copies a config file as it is into a folder that only this user can read. */
export function backUp({ real, mark, text }: ReadFile, folder: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
  const name = `${stamp}-${randomBytes(3).toString('hex')}-${path.basename(real)}`;
  const file = path.join(folder, name);
  makeFolder(folder);
  writeFileSync(file, mark + text, { mode: 0o600, flag: 'wx' });
  return file;
}
