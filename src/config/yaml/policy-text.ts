import { Document, visit } from 'yaml';
import type { PolicyDocument } from '../../core/policy/document/document.js';
import { escapeUnseen } from '../../core/text/yaml-text.js';

/** A policy as the text of a policy file. What cannot be seen, or ends lines for some readers, is written as an escape. */
export function policyText(document: PolicyDocument): string {
  const written = new Document(document);
  visit(written, {
    Scalar: (_, scalar) => {
      const { value } = scalar;
      if (typeof value === 'string' && escapeUnseen(value) !== value) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return escapeUnseen(written.toString());
}
