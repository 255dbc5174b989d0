import { isPolicyError, type Problem } from '../../src/config/problem.js';
import { readSource } from '../../src/config/yaml/source.js';

/** The beginning of a policy to which nothing is missing. */
export const HEAD = 'version: 1\ndefault: deny\n';

/** What is wrong with a text. Throws when nothing is. */
export function problemsOf(text: string, within?: readonly string[]): readonly Problem[] {
  try {
    readSource(text, 'policy-wrap.yaml', within);
  } catch (error) {
    if (isPolicyError(error)) return error.problems;
    throw error;
  }
  throw new Error('no problem was found');
}

/** One line for each problem: place, message, pointer, help. */
export function shown(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ line, column, message, pointer, help }) => `${line}:${column} ${message} (${pointer}) ${help}`,
  );
}
