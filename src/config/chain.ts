import path from 'node:path';
import type { ExtendsChain, SourcedDocument } from '../core/policy/document/chain.js';
import { PRESET_NAMES } from '../core/policy/document/keywords.js';
import { diagnosticOf } from '../core/policy/document/lookup.js';
import { isPresetName, preset } from '../core/policy/document/presets.js';
import { suggest } from '../core/text/did-you-mean.js';
import { displayPath } from '../platform/display-path.js';
import { readUpTo } from '../platform/files/bounded-read.js';
import { foreignAmong } from '../platform/files/owner.js';
import { expandPath } from '../platform/user-path.js';
import type { FoundFile } from './find.js';
import { isInPlace, staysIn } from './inside.js';
import { errorWithoutPlace, PolicyError, type SourceTexts } from './policy-error.js';
import { type SeenFile, seenFile } from './watch.js';
import type { PolicySource } from './yaml/source.js';

/** Of a policy with all that it extends: ten thousand tools with a rule of their own have half as much. More would keep calls waiting. Bytes. */
const LARGEST = 1024 * 1024;
const LONGEST_CHAIN = 16;

export interface LoadedChain {
  documents: ExtendsChain;
  sources: readonly PolicySource[];
  /** Every file that was read, as it was just before, so that a change of any of them is noticed. */
  files: readonly SeenFile[];
  /** What may be shown of them. */
  texts: SourceTexts;
  /** See FoundFile. */
  discovered: string | undefined;
  /** It is the user's own, which no option of a project may loosen. */
  own: boolean;
}

/** Makes a policy of the text of a file; `name` is how the file is called. Throws a PolicyError for what is none. */
export type ReadSource = (text: string, name: string, within?: readonly string[]) => PolicySource;

/** See `loadChain`. The reader of texts is passed in, since it need not be loaded for files that were read before. */
export function loadChainWith(readSource: ReadSource, found: FoundFile, shownFrom: string): LoadedChain {
  const read: Read = { files: [seenFile(found.file)], texts: new Map(), sources: [], errors: [], readSource };
  try {
    const presets = readChain(found, shownFrom, read);
    if (read.errors[0]) throw read.errors[0];
    const { sources, files, texts } = read;
    const [first, ...more] = sources;
    if (first === undefined) throw new Error('a chain that is read has a file');
    return {
      documents: [first, ...more, ...presets],
      sources,
      files,
      texts,
      discovered: found.discovered,
      own: found.own ?? false,
    };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const errors = read.errors.includes(error) ? read.errors : [...read.errors, error];
    const all = new PolicyError(
      errors.flatMap(({ diagnostics }) => diagnostics),
      errors.flatMap(({ unchecked }) => unchecked),
    );
    const explained: PolicyError['explained'] = (words) =>
      errors.flatMap((each) => each.explained?.(words) ?? each.diagnostics);
    throw Object.assign(all, { explained, files: read.files, texts: read.texts, readable: read.sources });
  }
}

interface Read {
  files: SeenFile[];
  texts: Map<string, string>;
  sources: PolicySource[];
  /** What is wrong in files of which a part could be read. */
  errors: PolicyError[];
  readSource: ReadSource;
}

/**
 * @param read what is read is added here
 * @returns the presets that the last file extends
 */
function readChain(
  { file, within, discovered }: FoundFile,
  shownFrom: string,
  read: Read,
): SourcedDocument[] {
  const { files, texts } = read;
  let room = LARGEST;
  const textOf = (name: string, owner?: PolicySource): string => {
    const text = readText(name, { room, shownFrom, owner });
    room -= Buffer.byteLength(text);
    if (mayBeShown(name, owner, discovered)) texts.set(displayPath(name, shownFrom), text);
    return text;
  };
  if (discovered !== undefined) {
    if (!staysIn(discovered, file)) throw linkOut(displayPath(file, shownFrom));
    refuseForeign([path.join(discovered, '.git'), discovered, path.dirname(file), file], shownFrom);
  }
  let last = sourceOf(textOf(file), displayPath(file, shownFrom), within, read);
  while (last.document.extends !== undefined) {
    const base = last.document.extends;
    if (isPresetName(base)) return [preset(base)];
    const next = extendedFile(
      base,
      files.map((seen) => seen.file),
      last,
    );
    if (discovered !== undefined) {
      if (!staysIn(discovered, next)) throw leadsOut(last, base);
      refuseForeign([path.dirname(next), next], shownFrom);
    }
    files.push(seenFile(next));
    last = sourceOf(textOf(next, last), displayPath(next, shownFrom), undefined, read);
  }
  return [];
}

/** What could be read of a file; what is wrong in it is kept for the end. */
function sourceOf(
  text: string,
  name: string,
  within: readonly string[] | undefined,
  read: Read,
): PolicySource {
  const source = readOrPart(text, name, within, read);
  read.sources.push(source);
  return source;
}

function readOrPart(
  text: string,
  name: string,
  within: readonly string[] | undefined,
  { errors, readSource }: Read,
): PolicySource {
  try {
    return readSource(text, name, within);
  } catch (error) {
    if (!(error instanceof PolicyError) || error.validPart?.placeOf === undefined) throw error;
    errors.push(error);
    return { ...error.validPart, placeOf: error.validPart.placeOf };
  }
}

/**
 * Lines of a file are shown with what is wrong in them. A cloned repository must not have other files shown: of a policy
 * that was found and not named, neither what it extends nor what a link leads to.
 */
function mayBeShown(file: string, owner: PolicySource | undefined, discovered: string | undefined): boolean {
  return discovered === undefined || (owner === undefined && isInPlace(discovered, file));
}

/** Messages repeat what is written in a file that is not a policy, and a cloned repository must not have other files shown. */
function leadsOut(owner: PolicySource, base: string): PolicyError {
  const message = `'${base}' is outside of the repository of the policy, which was discovered and not named`;
  return extendsError(owner, message, 'name the policy with --config if you trust it');
}

function linkOut(name: string): PolicyError {
  const message = `${name} is a link that leads out of the repository of the policy, which was discovered and not named`;
  return new PolicyError([
    errorWithoutPlace(message, 'name the file that it leads to with --config if you trust it'),
  ]);
}

/**
 * In a folder that many may write to, such as `/tmp`, anybody can make a repository with a policy in it that would judge what
 * others start below (as with git's `safe.directory`).
 */
function refuseForeign(files: readonly string[], shownFrom: string): void {
  const foreign = foreignAmong(files);
  if (foreign === undefined) return;
  const message = `${displayPath(foreign.file, shownFrom)} belongs to another user (uid ${foreign.uid}), and the policy there was discovered and not named`;
  throw new PolicyError([errorWithoutPlace(message, 'name the policy with --config if you trust it')]);
}

function extendsError(owner: PolicySource, message: string, help: string): PolicyError {
  return new PolicyError([diagnosticOf({ path: ['extends'], part: 'value', message, help }, owner)]);
}

function extendedFile(base: string, files: readonly string[], owner: PolicySource): string {
  const fail = (message: string, help: string) => extendsError(owner, message, help);
  const written = expandPath(base);
  if (typeof written !== 'string') throw fail(written.message, written.help);
  if (!/^\.{0,2}[\\/]|^[a-z]:[\\/]/i.test(written)) {
    const close = suggest(base, PRESET_NAMES);
    throw fail(
      `unknown preset '${base}'`,
      close
        ? `did you mean '${close}'?`
        : `the presets are ${PRESET_NAMES.join(', ')}; a file is written ./${base || 'name.yaml'}`,
    );
  }
  const file = path.resolve(path.dirname(files.at(-1) ?? ''), written);
  if (files.includes(file))
    throw fail(`'${base}' extends itself`, 'a policy cannot be its own base; remove one of the `extends`');
  if (files.length >= LONGEST_CHAIN)
    throw fail('more than 16 files extend each other', 'put some of them together');
  return file;
}

interface Reading {
  /** How many bytes there may be. */
  room: number;
  shownFrom: string;
  /** What extends the file. */
  owner: PolicySource | undefined;
}

function readText(file: string, { room, shownFrom, owner }: Reading): string {
  const name = displayPath(file, shownFrom);
  const fail = (message: string, help: string) =>
    owner ? extendsError(owner, message, help) : new PolicyError([errorWithoutPlace(message, help)]);
  try {
    const bytes = readUpTo(room, file);
    switch (bytes) {
      case 'a folder':
        throw fail(`${name} is a folder, not a policy file`, 'name the file in it');
      case 'no file':
        throw fail(`${name} is not a file`, 'name a file with the policy in it');
      case 'too large':
        throw fail(
          owner
            ? `the policy file ${name} is larger than what is left of 1 MB for all files together`
            : `the policy file ${name} is larger than 1 MB`,
          'use globs and categories instead of naming every tool',
        );
      default:
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
  } catch (error) {
    if (error instanceof PolicyError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw fail(`the policy file ${name} does not exist`, 'check the path');
    if (code === 'EACCES' || code === 'EPERM')
      throw fail(`the policy file ${name} may not be read`, 'give yourself the right to read it');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw fail(`the policy file ${name} is not UTF-8`, 'save it as a UTF-8 text file');
    throw fail(`the policy file ${name} cannot be read: ${(error as Error).message}`, 'check the path');
  }
}
