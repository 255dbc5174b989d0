import { readFileSync, statSync } from 'node:fs';
import { type Document, LineCounter } from 'yaml';
import { displayPath } from '../../platform/display-path.js';
import { PolicyError } from '../policy-error.js';
import { parse, TooMuch } from './parse.js';
import { structureOf } from './structure.js';
import { syntaxErrors } from './syntax.js';

/** Bytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Reads a file of YAML or JSON that is another program's policy, as values.
 * @param prepared makes YAML of its text; it must keep the lines
 * @throws {PolicyError} when it cannot be read
 */
export function readForeign(file: string, prepared: (text: string) => string = (text) => text): unknown {
  const source = displayPath(file);
  const fail = (message: string, help: string) =>
    new PolicyError([{ severity: 'error', message, help, place: { source, pointer: '', line: undefined } }]);
  const text = prepared(textOf(file, fail));
  const lines = new LineCounter();
  const parsed = parsedAs(text, lines, fail);
  const errors = syntaxErrors(parsed, text, lines, source);
  if (errors.length > 0) throw new PolicyError(errors);
  const { flaws, unreadable } = structureOf(parsed);
  const [flaw = unreadable] = flaws;
  if (flaw) throw fail(flaw.message, flaw.help ?? 'fix it in the file first');
  return parsed.toJS({ maxAliasCount: -1 });
}

/**
 * Reads a text file of at most 4 MB.
 * @throws {PolicyError}
 */
export function readForeignText(file: string): string {
  const place = { source: displayPath(file), pointer: '', line: undefined };
  return textOf(file, (message, help) => new PolicyError([{ severity: 'error', message, help, place }]));
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
    if (!stats.isFile()) throw fail('this is not a file', 'name the policy file');
    if (stats.size > LARGEST) throw fail(`the file is larger than ${LARGEST} bytes`, 'divide it');
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof PolicyError) throw error;
    if (code === 'ENOENT') throw fail('the file does not exist', 'check the path');
    throw fail(`the file cannot be read: ${message}`, 'save it as a UTF-8 text file');
  }
}
