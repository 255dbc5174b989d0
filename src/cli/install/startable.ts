import { existsSync } from 'node:fs';
import path from 'node:path';
import { innermost, ownHead } from '../../clients/entries/command-words.js';
import { visible } from '../../core/text/visible.js';
import { isProgram } from '../../platform/processes/find-program.js';

/** Why a server does not start, as far as that can be seen from here. */
export interface StartProblem {
  reason: string;
  /** True: a file that is named in full is gone. A name may be on the PATH of its client, which is not known. */
  sure: boolean;
  /** What is not there is what starts policy-wrap, not the server. */
  ofRunner?: boolean;
}

/**
 * Looks whether what an entry starts is there: policy-wrap, where it is in front, and the server.
 * @param wrapped whether policy-wrap is in front
 * @param folder where its client starts it
 */
export function startProblem(
  words: readonly string[],
  wrapped: boolean,
  folder: string,
): StartProblem | undefined {
  if (!wrapped) return missing(words[0] ?? '', 'the program of the server', folder);
  const { runner } = ownHead(words);
  const file = runner.at(-1) ?? '';
  const script =
    /[\\/]/.test(file) && runner.length > 1 ? missingFile(file, 'policy-wrap', folder) : undefined;
  const own = script ?? missing(runner[0] ?? '', 'what starts policy-wrap', folder);
  if (own !== undefined) return { ...own, ofRunner: true };
  return missing(words[innermost(words)] ?? '', 'the program of the server', folder);
}

function missing(program: string, what: string, folder: string): StartProblem | undefined {
  if (isFilledIn(program) || program === '') return undefined;
  if (/[\\/]/.test(program)) return missingFile(program, what, folder);
  if (isProgram(program)) return undefined;
  return { reason: `${what}, '${visible(program)}', is not on the PATH of this shell`, sure: false };
}

function missingFile(file: string, what: string, folder: string): StartProblem | undefined {
  if (isFilledIn(file) || file.startsWith('~')) return undefined;
  const place = path.resolve(folder, file);
  const there = existsSync(place) || (process.platform === 'win32' && isProgram(place));
  return there ? undefined : { reason: `${what} is gone: ${visible(file)}`, sure: path.isAbsolute(file) };
}

/** Its client puts something in the place of a part of it. */
function isFilledIn(word: string): boolean {
  return /[$%{]/.test(word);
}
