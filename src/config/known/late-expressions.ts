import type {
  Bindings,
  CompileExpression,
  Evaluated,
  Expected,
  Expression,
} from '../../core/policy/conditions/expression.js';
import { isExpressionFlaw } from '../../core/policy/conditions/expression.js';
import { loadExpressions, upToLength } from '../yaml/load-expressions.js';

const NOT_LOADED = 'the expression language could not be loaded';

/**
 * Expressions that are known to be good, which need to be compiled only when the first call is judged. Until the expression
 * language is loaded each of them fails, which never grants anything.
 */
export class LateExpressions {
  #loaded: CompileExpression | undefined;
  #loading: Promise<void> | undefined;

  /** Not all of them together may be longer than others. */
  readonly compile: CompileExpression = upToLength((source, expected) => this.#late(source, expected));

  /** A promise until the expression language is loaded; it is never rejected. */
  load(): Promise<void> | undefined {
    if (this.#loaded) return undefined;
    this.#loading ??= loadExpressions().then(
      (compile) => {
        this.#loaded = compile;
      },
      () => {
        this.#loaded = () => ({ flaw: NOT_LOADED });
      },
    );
    return this.#loading;
  }

  #late(source: string, expected: Expected): Expression {
    let compiled: Expression['evaluate'] | undefined;
    return {
      source,
      evaluate: (bindings: Bindings): Evaluated => {
        if (this.#loaded === undefined) return { failure: NOT_LOADED };
        compiled ??= evaluatorOf(this.#loaded(source, expected));
        return compiled(bindings);
      },
    };
  }
}

function evaluatorOf(compiled: ReturnType<CompileExpression>): Expression['evaluate'] {
  if (isExpressionFlaw(compiled)) return () => ({ failure: compiled.flaw });
  return (bindings) => compiled.evaluate(bindings);
}
