import { homedir } from 'node:os';
import type { CompileExpression } from '../../core/policy/conditions/expression.js';
import type { ExtendsChain } from '../../core/policy/document/chain.js';
import { expressionsIn, mayHoldExpression } from './expressions.js';

/** Characters. Ten thousand conditions of a usual length have less. */
const LONGEST_EXPRESSIONS = 400_000;

/** The expression language is loaded only for policies that use it. */
export async function expressionsFor(chains: readonly ExtendsChain[]): Promise<CompileExpression> {
  return haveExpressions(chains) ? loadExpressions() : noExpressions;
}

/** For policies without any. */
export const noExpressions: CompileExpression = () => ({ flaw: 'expressions are not loaded' });

export function haveExpressions(chains: readonly ExtendsChain[]): boolean {
  return chains
    .flat()
    .some(({ document }) => mayHoldExpression(document) && expressionsIn(document).next().done === false);
}

/** Loads the expression language. */
export async function loadExpressions(): Promise<CompileExpression> {
  const { expressionCompiler } = await import('../../core/policy/conditions/cel.js');
  const machine = { home: homedir(), windows: process.platform === 'win32' };
  return upToLength(expressionCompiler(machine));
}

/** Compiles only so much: an expression takes much longer than anything else of its length. */
export function upToLength(
  compileExpression: CompileExpression,
  room = LONGEST_EXPRESSIONS,
): CompileExpression {
  let left = room;
  return (source, expected) => {
    left -= source.length;
    return left >= 0
      ? compileExpression(source, expected)
      : {
          flaw: `the expressions of the policy have more than ${room} characters together`,
          help: 'move what is longer into the server, or use globs and categories',
        };
  };
}
