import { celEnv, parse, plan } from '@bufbuild/cel';
import { errorText } from '../../text/error-text.js';
import type { Span } from '../../text/origin.js';
import type { ArgumentTypes } from './argument-path.js';
import { evaluator, type Run } from './evaluation/evaluator.js';
import { ownFunctions } from './evaluation/functions.js';
import { instrument } from './evaluation/instrument.js';
import { meteredEnvironment } from './evaluation/metered.js';
import type { PathRules } from './evaluation/paths.js';
import { Steps } from './evaluation/steps.js';
import type { CompileExpression, Expected, Expression, ExpressionFlaw } from './expression.js';
import { foreignSyntax } from './mistakes/foreign-syntax.js';
import { spanOfError, spanOfPart } from './span.js';
import type { Expr } from './syntax.js';
import { type CheckedFlaw, checkExpression } from './type-check.js';

const SYNTAX_HELP = 'it is CEL (cel.dev): compare with ==, join with && and ||, negate with !, quote strings';

/** Makes the compiler of CEL expressions (https://cel.dev) with the product's own functions beside the standard ones. */
export function expressionCompiler(machine: PathRules): CompileExpression {
  const steps = new Steps();
  const env = meteredEnvironment(ownFunctions(machine, steps), steps);
  return (source, expected): Expression | ExpressionFlaw => {
    try {
      // Functions are tried on constants while an expression is checked.
      steps.start();
      const parsed = parse(source);
      const wrong = checkExpression(parsed.expr, env.funcs, expected);
      if (wrong !== undefined) {
        const { flaw, help, part } = wrong;
        return { flaw: `${flaw} in \`${source}\``, help, at: part && spanOfPart(part, parsed, source) };
      }
      instrument(parsed.expr);
      const run = plan(env, parsed) as Run;
      return evaluator({ source, expected, env, steps, run });
    } catch (error) {
      const flaw = `cannot read the expression \`${source}\`: ${syntaxMessage(error, source)}`;
      return { flaw, help: foreignSyntax(source) ?? SYNTAX_HELP, at: spanOfError(error, source) };
    }
  };
}

/** Looks at expressions again that have been compiled before, with what is known of the arguments. */
export function expressionReader(machine: PathRules): ExpressionReader {
  const steps = new Steps();
  const env = celEnv({ funcs: ownFunctions(machine, steps) });
  return {
    parse: (source) => parse(source).expr,
    check: (source, expected, types) => {
      steps.start();
      return checkExpression(parse(source).expr, env.funcs, expected, types);
    },
    spanOf: (part, source) => spanOfPart(part, parse(source), source),
  };
}

export interface ExpressionReader {
  parse(source: string): Expr;
  /** What is wrong with an expression for arguments of certain types. */
  check(source: string, expected: Expected, types: ArgumentTypes): CheckedFlaw | undefined;
  /** Where a part of an expression is written. */
  spanOf(part: Expr, source: string): Span | undefined;
}

function syntaxMessage(error: unknown, source: string): string {
  const at = spanOfError(error, source);
  if (at === undefined) return errorText(error);
  const lines = source.slice(0, at.start).split('\n');
  const character = `at character ${(lines.at(-1) ?? '').length + 1}`;
  const word = source.slice(at.start, at.start + at.length);
  const what = word === '' ? 'something is missing' : `unexpected '${word}'`;
  return `${lines.length === 1 ? character : `in its line ${lines.length} ${character}`}, ${what}`;
}
