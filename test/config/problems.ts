import { PolicyError } from '../../src/config/policy-error.js';
import { readSource } from '../../src/config/yaml/source.js';
import type { Diagnostic } from '../../src/core/policy/document/diagnostic.js';
import { schemaFlaws } from '../../src/core/policy/document/schema-flaws.js';

/** The beginning of a policy to which nothing is missing. */
export const HEAD = 'version: 1\ndefault: deny\n';

/** What is wrong with a text. Throws when nothing is. */
export function problemsOf(text: string, within?: readonly string[]): readonly Diagnostic[] {
  try {
    readSource(text, 'policy-wrap.yaml', within);
  } catch (error) {
    if (error instanceof PolicyError) return explainedIn(error);
    throw error;
  }
  throw new Error('no problem was found');
}

/** What a run shows of an error. */
export function explainedIn(error: PolicyError): readonly Diagnostic[] {
  return error.explained ? new PolicyError(error.explained(schemaFlaws)).diagnostics : error.diagnostics;
}

/** One line for each problem: place, message, pointer, help. */
export function shown(problems: readonly Diagnostic[]): string[] {
  return problems.map(
    ({ place, message, help }) => `${place?.line}:${place?.column} ${message} (${place?.pointer}) ${help}`,
  );
}

/** What is marked of the text below each message: `alow`. */
export function marked(text: string, problems: readonly Diagnostic[]): (string | undefined)[] {
  const lines = text.split('\n');
  return problems.map(({ place: { line = 0, column = 0, length } = { pointer: '', source: '', line: 0 } }) =>
    length === undefined ? undefined : lines[line - 1]?.slice(column - 1, column - 1 + length),
  );
}
