import { stringify } from 'yaml';
import type { PolicyDocument } from '../../core/policy/document/document.js';

/** A policy as the text of a policy file. */
export function policyText(document: PolicyDocument): string {
  return stringify(document);
}
