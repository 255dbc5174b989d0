/**
 * The library's compiler of conditions, `policy-wrap/conditions`. An entry of its own, so that programs whose policies
 * have no conditions do not load CEL.
 */

import { expressionCompiler } from './core/policy/conditions/cel.js';
import type { PathRules } from './core/policy/conditions/evaluation/paths.js';
import type { CompileExpression } from './core/policy/conditions/expression.js';

export type { PathRules };

/**
 * Makes what `compile` needs for the expressions of a policy (`when`, `key`, `sum`): CEL (https://cel.dev) with `within`,
 * `host` and `glob`. Make it once and use it for every policy.
 * @param machine how paths are read on the machine of the server, for `within`
 */
export function conditionCompiler(machine: PathRules): CompileExpression {
  return expressionCompiler(machine);
}
