import { type LoadedChain, loadChainWith } from './chain.js';
import type { FoundFile } from './find.js';
import type { KnownFiles } from './known/known-files.js';
import { readSource } from './yaml/source.js';

/** All that needs the YAML and schema libraries, so that they are loaded together and only when there is a file. */
export { policyText } from './yaml/policy-text.js';

/**
 * Reads a policy file and what it extends. What is wrong in one file does not hide what is wrong in the next.
 * @param shownFrom the folder from which files are named
 * @param known notes what is read
 * @throws {PolicyError} when one of them cannot be read or used
 */
export function loadChain(found: FoundFile, shownFrom: string, known?: KnownFiles): LoadedChain {
  return loadChainWith(known?.reading(readSource) ?? readSource, found, shownFrom);
}
