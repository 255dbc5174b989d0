import type { Origin, Span } from '../../text/origin.js';
import type { Path } from './describe-value.js';

/** From the worst to the mildest: what is certainly wrong, what nobody writes on purpose, what is good to know. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where something is written that a diagnostic is about. */
export interface Place extends Origin {
  /** Counted from 1, in UTF-16 code units; undefined where only the line is known. */
  column?: number | undefined;
  /** How many of them it takes on that line; undefined where it is the file as a whole. */
  length?: number | undefined;
}

/** One finding about a policy: an error makes it unusable, a warning or an information does not. */
export interface Diagnostic {
  severity: Severity;
  /** One sentence that says what is wrong. Not safe to print: it may repeat what the file says. */
  message: string;
  /** What to write instead, or to do. Not safe to print. */
  help: string | undefined;
  /** Undefined where no part of a policy is to blame. */
  place: Place | undefined;
}

/** Which part of what is written at a path is wrong: its key, its value, or a part of a value that is a string. */
export type Part = 'key' | 'value' | Span;

/**
 * What a check of values finds. It is not a Diagnostic yet, since values know keys but no lines: `diagnosticOf` makes one of
 * it as soon as it is known where they are written.
 */
export interface Flaw {
  path: Path;
  /** The key where it does not say. */
  part?: Part | undefined;
  message: string;
  help?: string | undefined;
}

/** The worst first, then in the order of the files and of what is written there. */
export function sortDiagnostics<Kind extends Diagnostic>(diagnostics: readonly Kind[]): Kind[] {
  const files = [...new Set(diagnostics.map(({ place }) => place?.source))];
  return [...diagnostics].sort(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      files.indexOf(one.place?.source) - files.indexOf(other.place?.source) ||
      (one.place?.line ?? 0) - (other.place?.line ?? 0) ||
      (one.place?.column ?? 0) - (other.place?.column ?? 0),
  );
}
