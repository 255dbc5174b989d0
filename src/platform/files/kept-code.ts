import { renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compileCacheFolder } from './compile-cache.js';
import { readPrivate } from './private-file.js';

/** Compiled code of ours is a tenth of it. Bytes. */
const LARGEST = 16 * 1024 * 1024;
/** The length of the description, before it. Bytes. */
const LENGTH = 4;
/** V8 copies code that does not begin at a multiple of so many bytes. */
const ALIGNED = 8;

/**
 * What V8 has made of our files, kept from one start to the next in a folder for this user alone: V8 runs it without
 * looking whether it was made from what it says, or is whole. Each file holds what it was made from, and the code twice: two
 * copies that agree are no ruins of a crashed disk, and to compare them is the one check of so many bytes that takes no time
 * (a checksum in JavaScript takes longer than compiling, and to load `zlib` for one takes 2 ms).
 */
export class KeptCode {
  readonly #folder: string | undefined;
  readonly #maker: string;
  /** Programs that are not the same do not take each other's place. */
  readonly #suffix: string;

  /**
   * @param cache the folder of the user for what can be made again
   * @param program what tells this version of ours from others, and the folder that it is in
   */
  constructor(cache: string, program: string) {
    this.#folder = compileCacheFolder(cache);
    this.#maker = `${program} ${makerOfCode()}`;
    this.#suffix = hash(this.#maker);
  }

  /** The compiled code of a file, where it was kept for exactly this file and program; undefined where anything about it is odd. */
  read(file: string, source: Stats): Buffer | undefined {
    if (this.#folder === undefined) return undefined;
    try {
      const content = readPrivate(this.#pathOf(file), LARGEST);
      return content && codeIn(content, this.#describe(file, source));
    } catch {
      return undefined;
    }
  }

  /** Keeps the compiled code of a file. Whatever keeps it from that does not matter: the next start compiles again. */
  write(file: string, source: Stats, code: Uint8Array): void {
    if (this.#folder === undefined) return;
    const target = this.#pathOf(file);
    // Another process may do the same: each has a file of its own until it is whole.
    const draft = `${target}.${process.pid}`;
    const about = this.#describe(file, source);
    const length = Buffer.alloc(LENGTH);
    length.writeUInt32LE(about.length);
    try {
      writeFileSync(draft, Buffer.concat([length, about, code, code]), { flag: 'wx', mode: 0o600 });
      renameSync(draft, target);
    } catch {
      discard(draft);
    }
  }

  /** Of a file that was replaced by another of the same length the time of that differs: npm gives all files the same date. */
  #describe(file: string, { size, mtimeMs, ctimeMs }: Stats): Buffer {
    const about = [this.#maker, file, size, mtimeMs, ctimeMs].join('\n');
    const rest = (LENGTH + Buffer.byteLength(about)) % ALIGNED;
    return Buffer.from(rest === 0 ? about : about + ' '.repeat(ALIGNED - rest));
  }

  #pathOf(file: string): string {
    return path.join(this.#folder ?? '', `${path.basename(file)}-${this.#suffix}`);
  }
}

/** What the code of V8 depends on, besides the source: another build of the same version of Node may have another V8. */
function makerOfCode(): string {
  const { arch, env, execArgv, execPath, version, versions } = process;
  const { size, mtimeMs } = statSync(execPath);
  return [version, versions.v8, arch, execPath, size, mtimeMs, ...execArgv, env['NODE_OPTIONS']].join(' ');
}

function codeIn(content: Buffer, about: Buffer): Buffer | undefined {
  const start = LENGTH + about.length;
  const middle = (content.length + start) / 2;
  if (content.length <= start || content.readUInt32LE() !== about.length) return undefined;
  if (!content.subarray(LENGTH, start).equals(about) || !Number.isInteger(middle)) return undefined;
  const code = content.subarray(start, middle);
  return code.equals(content.subarray(middle)) ? code : undefined;
}

/** FNV-1a of 32 bits. It only tells names apart: what a file was made from is in the file. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16);
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A folder that can no longer be written to.
  }
}
