import { homedir } from 'node:os';
import { hasExpressions } from '../../core/authoring/lint/expressions/doubtful-conditions.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import type { ExpressionReader } from '../../core/policy/conditions/cel.js';

/** Reads the expressions of a policy again. The expression language is loaded only for policies that use it. */
export async function readerFor(policy: Policy): Promise<ExpressionReader | undefined> {
  if (!hasExpressions(policy)) return undefined;
  const { expressionReader } = await import('../../core/policy/conditions/cel.js');
  return expressionReader({ home: homedir(), windows: process.platform === 'win32' });
}
