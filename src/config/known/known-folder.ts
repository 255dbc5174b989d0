import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../core/version.js';
import { privateCacheFolder } from '../../platform/files/compile-cache.js';
import { readPrivate } from '../../platform/files/private-file.js';
import { replaceWhole } from '../../platform/files/whole-file.js';
import { entryIn, entryText, type KnownEntry } from './known-entry.js';

const NAME = 'policies';
/** Of a policy of 1 MB, with its text: larger than any that is kept. Bytes. */
const LARGEST = 8 * 1024 * 1024;
/** So that files that are long gone, such as those of tests, do not fill the disk. */
const MOST_FILES = 64;

/** A policy file before it is read: its text, and how it is called. */
export interface PolicyText {
  text: string;
  name: string;
  within: readonly string[];
}

/**
 * What was made of policy files that were found good, in a folder of the cache for this user alone. It judges calls as the
 * files do, so it is as well kept as the code of this program. Whatever keeps it from being read or written does not matter:
 * the file is read instead.
 */
export class KnownFolder {
  readonly #folder: string | undefined;

  /** @param cache the folder of the user for what can be made again */
  constructor(cache: string) {
    this.#folder = privateCacheFolder(cache, NAME);
  }

  read(file: PolicyText): KnownEntry | undefined {
    const content = this.#folder && readPrivate(this.#pathOf(file), LARGEST);
    return content ? entryIn(content, aboutOf(file), file.text) : undefined;
  }

  /** Takes the place of what was made of an earlier text of the file. */
  write(file: PolicyText, entry: KnownEntry): void {
    if (this.#folder === undefined) return;
    try {
      this.#makeRoom(this.#folder);
      const text = entryText(aboutOf(file), file.text, entry);
      replaceWhole(this.#pathOf(file), text, { mode: 0o600, lasting: false });
    } catch {
      // A disk that is full, or a folder that can no longer be written to.
    }
  }

  #pathOf(file: PolicyText): string {
    return path.join(this.#folder ?? '', hash(aboutOf(file)));
  }

  /** The oldest go. */
  #makeRoom(folder: string): void {
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    if (files.length < MOST_FILES) return;
    const age = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const oldest = files.map((file) => ({ file, at: age(file) })).sort((one, other) => one.at - other.at);
    for (const { file } of oldest.slice(0, files.length - MOST_FILES + 1)) rmSync(file, { force: true });
  }
}

/**
 * All that the reading of a text depends on besides the text: this program, of which there may be several builds of one
 * version; Node, which knows time zones; and the home folder, which conditions may name.
 */
function aboutOf({ name, within }: PolicyText): string {
  const { env, version: node } = process;
  const home = [env['HOME'], env['USERPROFILE'], process.getuid?.()];
  return JSON.stringify([program(), node, home, name, within]);
}

let made: string | undefined;

function program(): string {
  made ??= `${version()} ${buildOf(__filename)}`;
  return made;
}

function buildOf(file: string): string {
  const { size, mtimeMs, ctimeMs } = statSync(file);
  return [file, size, mtimeMs, ctimeMs].join(' ');
}

/** FNV-1a of 32 bits. It only tells names of files apart: what a file is about is in the file. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}
