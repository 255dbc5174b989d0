import { stringify } from 'yaml';
import type { PolicyDocument } from '../core/policy/document/document.js';

/** All that needs the YAML and schema libraries, so that they are loaded together and only when there is a file. */
export { loadChain } from './chain.js';

/** A policy as the text of a policy file. */
export function policyText(document: PolicyDocument): string {
  return stringify(document);
}
