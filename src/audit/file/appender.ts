import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../platform/files/private-folder.js';

const LINE_FEED = 0x0a;
const LINE_END = Buffer.from('\n');
/** Longer than it takes to write a line. Milliseconds. */
const OTHERS_WRITE = 2;
/** Appending, since a file may have many writers. Not blocking, since it may be a pipe that nobody reads. */
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NONBLOCK ?? 0);
/** A pipe is not opened for reading too: then it would always have a reader, and what nobody reads counted as written down. */
const PIPE_FLAGS = constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0);

export interface Appended {
  /** How many bytes of whole lines are in the file. */
  written: number;
  error?: Error;
}

/** Appends lines to a file that others append to as well, that may be moved away, and whose disk may be full. */
export class Appender {
  #open: { path: string; file: number; inode: number } | undefined;

  /** Appends whole lines with their ends. After an error the next call starts afresh. */
  append(path: string, lines: Uint8Array): Appended {
    let written = 0;
    try {
      while (written < lines.length) {
        const { file, stats } = this.#fileAt(path);
        written += writeLines(file, lines.subarray(written), isTorn(file, stats));
      }
      return { written };
    } catch (error) {
      this.close();
      return { written, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  close(): void {
    const open = this.#open;
    this.#open = undefined;
    try {
      if (open) closeSync(open.file);
    } catch {
      // Closing may report a write that failed late (network file systems). The file is let go of anyway.
    }
  }

  /** The file that now has this path: not one that was opened under it and has been moved or removed since. */
  #fileAt(path: string): { file: number; stats: Stats } {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && this.#open?.path === path && this.#open.inode === stats.ino)
      return { file: this.#open.file, stats };
    this.close();
    makeFolder(dirname(path));
    const file = openSync(path, stats?.isFIFO() ? PIPE_FLAGS : FLAGS, 0o600);
    const opened = fstatSync(file);
    this.#open = { path, file, inode: opened.ino };
    return { file, stats: opened };
  }
}

/**
 * The file ends within a line: a disk was full, or a writer died. That line must not swallow the next. What another
 * writer is writing just now may look the same for a moment; taking it for torn costs an empty line.
 */
function isTorn(file: number, stats: Stats): boolean {
  if (!stats.isFile() || endsWithLine(file, stats.size)) return false;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OTHERS_WRITE);
  return !endsWithLine(file, fstatSync(file).size);
}

function endsWithLine(file: number, size: number): boolean {
  const last = new Uint8Array(1);
  return size === 0 || readSync(file, last, 0, 1, size - 1) === 0 || last[0] === LINE_FEED;
}

/** One write, so that no other writer comes between. Returns how many bytes of whole lines were written, at least those of one. */
function writeLines(file: number, lines: Uint8Array, torn: boolean): number {
  const added = torn ? 1 : 0;
  const length = writeSync(file, torn ? Buffer.concat([LINE_END, lines]) : lines) - added;
  if (length === lines.length) return length;
  const whole = lines.subarray(0, Math.max(0, length)).lastIndexOf(LINE_FEED) + 1;
  if (whole === 0) throw new Error('there is not enough space for a whole line');
  return whole;
}
