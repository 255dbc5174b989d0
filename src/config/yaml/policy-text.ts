import { Document, visit } from 'yaml';
import type { PolicyDocument } from '../../core/policy/document/document.js';
import { visible } from '../../core/text/visible.js';
import { escapedUnseen } from '../../core/text/yaml-text.js';

/** A policy as the text of a policy file. What a terminal would obey, or nobody would see, is written as an escape. */
export function policyText(document: PolicyDocument): string {
  const whole = new Document(document);
  visit(whole, {
    Scalar(_, node) {
      // Only there are escapes read.
      if (typeof node.value === 'string' && !isVisible(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return whole.toString().split('\n').map(escapedUnseen).join('\n');
}

function isVisible(text: string): boolean {
  return text.split('\n').every((line) => visible(line) === line);
}
