import { isPolicyError, type Problem } from '../problem.js';
import { type PolicySource, readSource } from './source.js';

/** A policy document, or everything that is wrong with its text: never both. */
export type ParsedPolicy =
  | { document: PolicySource; problems: readonly [] }
  | { document: undefined; problems: readonly Problem[] };

/**
 * Reads the text of a policy file, YAML or JSON, and checks it against the schema. Reads no file: what it extends is
 * for `followExtends`, and conditions are checked by `compile`.
 * @param source the name of the file, as people know it: it appears in problems and in the rules of decisions
 */
export function parsePolicy(text: string, source: string): ParsedPolicy {
  try {
    return { document: readSource(text, source), problems: [] };
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    return { document: undefined, problems: error.problems };
  }
}
