import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** What file systems without hard links say; Windows says of exFAT that it is a folder. */
const NO_LINKS: readonly unknown[] = [
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EISDIR',
  'EMLINK',
  'EXDEV',
];

export interface DraftOptions {
  /** The rights of the file, less what the user's mask takes away. */
  mode?: number;
  /** False: it need not be on the disk. Otherwise there is the old file or the new one after a power failure. */
  lasting?: boolean;
}

/**
 * A text in a file beside the one that it is meant for, which it takes the place of, all of it or nothing. `discard` is
 * to be called in any case. All of it throws what the file system says.
 */
export class DraftFile {
  /** Where the text is until then. */
  readonly path: string;
  readonly #target: string;

  /** @throws what the file system says; then no file is left */
  constructor(target: string, text: string, { mode = 0o666, lasting = true }: DraftOptions = {}) {
    const name = `.${path.basename(target)}.${randomBytes(6).toString('hex')}`;
    this.#target = target;
    this.path = path.join(path.dirname(target), name);
    const handle = openSync(this.path, 'wx', mode);
    try {
      writeFileSync(handle, text);
      if (lasting) fsyncSync(handle);
    } catch (error) {
      this.discard();
      throw error;
    } finally {
      closeSync(handle);
    }
  }

  /**
   * Makes the file, unless there is one: only one process can. Where there are no hard links the file is empty for a
   * moment.
   * @param emptyStays an empty file that could not be filled is not removed again: others have seen that it was made
   * @returns false when there is one already
   */
  create(emptyStays = false, link = linkSync): boolean {
    try {
      link(this.path, this.#target);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      if (!NO_LINKS.includes(codeOf(error))) throw error;
      return this.#claimAndFill(emptyStays);
    }
  }

  /** Takes the place of the file, if there is one. */
  replace(): void {
    renameSync(this.path, this.#target);
  }

  /**
   * Takes the place of the file, with its rights, unless it says something else than it did.
   * @param owner whether the new file belongs to the owner of the old one; it throws where that cannot be
   * @returns false when the file was changed, removed, or is not a file any more
   */
  replaceUnchanged(before: Uint8Array, owner: 'ours' | 'kept'): boolean {
    const old = statSync(this.#target, { throwIfNoEntry: false });
    if (!old?.isFile()) return false;
    chmodSync(this.path, old.mode & 0o7777);
    if (owner === 'kept') keepOwner(this.path, old);
    if (bytesOf(this.#target)?.equals(before) !== true) return false;
    this.replace();
    return true;
  }

  discard(): void {
    rmSync(this.path, { force: true });
  }

  #claimAndFill(emptyStays: boolean): boolean {
    try {
      closeSync(openSync(this.#target, 'wx', 0o600));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
    try {
      this.replace();
      return true;
    } catch (error) {
      if (!emptyStays) rmSync(this.#target, { force: true });
      throw error;
    }
  }
}

/**
 * Puts a text in the place of a file, or makes the file. A link is replaced, not followed.
 * @throws what the file system says
 */
export function replaceWhole(file: string, text: string, options?: DraftOptions): void {
  const draft = new DraftFile(file, text, options);
  try {
    draft.replace();
  } finally {
    draft.discard();
  }
}

/**
 * Makes a file that only one process can make, for this user alone. It need not outlast a power failure. A file that was
 * made and could not be filled stays: nobody is told that it was theirs, and none like it is made again.
 * @returns false when it was there before
 * @throws what the file system says
 */
export function createWhole(file: string, text: string, link = linkSync): boolean {
  const draft = new DraftFile(file, text, { mode: 0o600, lasting: false });
  try {
    return draft.create(true, link);
  } finally {
    draft.discard();
  }
}

/** Where the group cannot be kept, another one gets no more rights than everybody has. */
function keepOwner(file: string, { mode, uid, gid }: Stats): void {
  const now = statSync(file);
  if (now.uid === uid && now.gid === gid) return;
  try {
    chownSync(file, uid, gid);
  } catch (error) {
    if (now.uid !== uid) throw error;
    chmodSync(file, (mode & 0o707) | ((mode & 0o007) << 3));
  }
}

/** Undefined where there is no such file. */
function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
