import type { Diagnostic } from '../../core/policy/document/diagnostic.js';
import { schemaFlaws } from '../../core/policy/document/schema-flaws.js';
import { PolicyError } from '../policy-error.js';
import { type PolicySource, readSource } from './source.js';

/** A policy document, or everything that is wrong with its text: never both. */
export type ParsedPolicy =
  | { document: PolicySource; diagnostics: readonly [] }
  | { document: undefined; diagnostics: readonly Diagnostic[] };

/**
 * Reads the text of a policy file, YAML or JSON, and checks it against the schema. Reads no file: what it extends is
 * for `followExtends`, and conditions are checked by `compile`.
 * @param source the name of the file, as people know it: it appears in diagnostics and in the rules of decisions
 */
export function parsePolicy(text: string, source: string): ParsedPolicy {
  try {
    return { document: readSource(text, source), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const explained = error.explained?.(schemaFlaws);
    const { diagnostics } = explained ? new PolicyError(explained) : error;
    return { document: undefined, diagnostics };
  }
}
