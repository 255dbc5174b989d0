import type { PolicyError } from '../../config/policy-error.js';
import type { Place } from '../../core/policy/document/diagnostic.js';
import type { CaseResult } from './test-cases.js';

/** What came of one test, with where it is written. */
export interface PlacedResult extends CaseResult {
  place: Place;
}

/** The results of the tests of one policy file. */
export interface FileResult {
  file: string;
  /** The same for policies that say the same, as `LoadedPolicy.digest`; undefined where it cannot be used. */
  digest?: string | undefined;
  results: readonly PlacedResult[];
  /** Why none of its tests could be run. */
  error?: PolicyError | undefined;
}

/** What is wrong with a test that failed, in a sentence without its name. */
export function failureText({ expected, actual, note, decidedBy }: CaseResult): string {
  const by = decidedBy === undefined ? '' : `, decided by ${decidedBy}`;
  return `expected ${expected}, got ${actual}${note ? `; ${note}` : ''}${by}`;
}
