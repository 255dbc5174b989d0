import type { CaseResult } from './test-cases.js';

/** The results of the tests of one policy file. */
export interface FileResult {
  file: string;
  results: CaseResult[];
}
