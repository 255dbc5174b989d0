import { readFileSync, statSync } from 'node:fs';
import { type Document, LineCounter } from 'yaml';
import { displayPath } from '../../platform/display-path.js';
import { PolicyError } from '../problem.js';
import { parse, TooMuch } from './parse.js';
import { structureOf } from './structure.js';
import { syntaxProblems } from './syntax.js';

/** Bytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Reads a file of YAML or JSON that is no policy of ours, as values.
 * @throws {PolicyError} when it cannot be read
 */
export function readForeign(file: string): unknown {
  const source = displayPath(file);
  const fail = (message: string, help: string) =>
    new PolicyError([{ file: source, line: undefined, column: undefined, pointer: '', message, help }]);
  const text = textOf(file, fail);
  const lines = new LineCounter();
  const parsed = parsedAs(text, lines, fail);
  const problems = syntaxProblems(parsed, text, lines, source);
  if (problems.length > 0) throw new PolicyError(problems);
  const { flaws, unreadable } = structureOf(parsed);
  const [flaw = unreadable] = flaws;
  if (flaw) throw fail(flaw.message, flaw.help ?? 'mend it in the file first');
  return parsed.toJS({ maxAliasCount: -1 });
}

type Fail = (message: string, help: string) => PolicyError;

function parsedAs(text: string, lines: LineCounter, fail: Fail): Document.Parsed {
  try {
    return parse(text, lines);
  } catch (error) {
    throw error instanceof TooMuch ? fail(error.message, error.help) : error;
  }
}

function textOf(file: string, fail: Fail): string {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw fail('this is no file', 'name the policy file');
    if (stats.size > LARGEST) throw fail(`the file is larger than ${LARGEST} bytes`, 'divide it');
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'POLICY_INVALID') throw error;
    if (code === 'ENOENT') throw fail('the file does not exist', 'check the path');
    throw fail(`the file cannot be read: ${message}`, 'save it as a UTF-8 text file');
  }
}
