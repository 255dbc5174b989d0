import type { JsonValue } from '../../json/value.js';
import type { Span } from '../../text/origin.js';
import type { Category, Mark, Risk } from '../../tools/category.js';

/**
 * What an expression of the policy can read of a call, under the names that policies use. Members may be getters, which
 * are read only when an expression does.
 */
export interface Bindings {
  /** The arguments, without loss: objects are maps, integers are bigints. Of a resource: its `uri`. */
  readonly args: JsonValue;
  readonly tool: { name: string; category: Category; risk: Risk; marks: readonly Mark[] };
  /** The id of the server. */
  readonly server: string;
  readonly client: { name: string; version: string };
  /** `calls`: how many tool calls of the session came before this one. */
  readonly session: { calls: number };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The result of an evaluation; a failure never grants anything. */
export type Evaluated = { value: unknown } | Failure;

export interface Failure {
  /** For whoever may see the arguments, since it may repeat them. */
  failure: string;
  /** Why, in names and types of arguments only, where that is known: for the agent, and for the log. Computed when it is read. */
  readonly cause?: string | undefined;
}

/** A compiled expression. */
export interface Expression {
  /** As it is written in the policy. */
  source: string;
  /** Never throws: what goes wrong is a failure. */
  evaluate(bindings: Bindings): Evaluated;
}

/** The kind of value that the place in the policy file needs. */
export type Expected = 'bool' | 'number' | 'any';

/** Why a text is not an expression. It is not a Diagnostic: it knows the expression, and not where that is written. */
export interface ExpressionFlaw {
  flaw: string;
  help?: string | undefined;
  /** The part of the expression that is wrong; undefined where it is the whole, or not known. */
  at?: Span | undefined;
}

/**
 * Turns source text into something that can be evaluated. It is passed in, so that a policy without
 * expressions never loads the expression language.
 * @param source as it is written in the policy
 * @param expected what its place needs: `bool` for `when`, `number` for `sum`, `any` for `key`
 */
export type CompileExpression = (source: string, expected: Expected) => Expression | ExpressionFlaw;

export function isExpressionFlaw(result: Expression | ExpressionFlaw): result is ExpressionFlaw {
  return 'flaw' in result;
}
