import { type CelEnv, type CelResult, isCelError, parse } from '@bufbuild/cel';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { JsonValue } from '../../../json/value.js';
import { errorText } from '../../../text/error-text.js';
import { quote } from '../../../text/quote.js';
import type { Bindings, Evaluated, Expected, Expression } from '../expression.js';
import { causeOf } from '../failures/cause.js';
import { ConditionFailure } from '../failures/condition-failure.js';
import { certainArguments } from './arguments.js';
import { foldedKeys } from './folded-keys.js';
import { misspelled, namesIn, similarKeys } from './similar-keys.js';
import type { Steps } from './steps.js';

/** A planned expression. */
export type Run = (context: Record<string, unknown>) => CelResult;

interface Planned {
  source: string;
  expected: Expected;
  env: CelEnv;
  steps: Steps;
  run: Run;
}

/** What evaluates an expression that has been planned. */
export function evaluator({ source, expected, env, steps, run }: Planned): Expression {
  const names = namesIn(source);
  const failed = (bindings: Bindings, failure: string, error: unknown): Evaluated => ({
    failure,
    get cause() {
      return safeMessage(error) ?? causeFor(bindings, error);
    },
  });
  const causeFor = (bindings: Bindings, error: unknown) =>
    causeOf({
      // Planning has changed the tree, and ids are those of its first reading.
      expression: parse(source).expr,
      part: isCelError(error) ? error.exprId : undefined,
      expected,
      args: bindings.args,
      functions: env.funcs,
    });
  return {
    source,
    evaluate(bindings) {
      steps.start();
      try {
        const result = run(context(bindings, names, steps));
        if (isCelError(result)) return failed(bindings, result.message, result);
        const isWrong = expected === 'bool' && typeof result !== 'boolean';
        return isWrong ? failed(bindings, 'not true or false', undefined) : { value: result };
      } catch (error) {
        return failed(bindings, errorText(error), error);
      }
    },
  };
}

/** What a failure says itself, where that is nothing of the arguments. */
function safeMessage(error: unknown): string | undefined {
  const thrown = isCelError(error) ? error.cause : error;
  return thrown instanceof ConditionFailure ? thrown.message : undefined;
}

/** Getters, so that arguments are parsed only for expressions that read them. A loop reads them many times. */
function context(bindings: Bindings, names: ReadonlySet<string>, steps: Steps): Record<string, unknown> {
  let args: unknown;
  return {
    get args() {
      args ??= readArguments(bindings.args, names, steps);
      return args;
    },
    get tool() {
      return new Map(Object.entries(bindings.tool));
    },
    server: bindings.server,
    get client() {
      return new Map(Object.entries(bindings.client));
    },
    get session() {
      return new Map([['calls', BigInt(bindings.session.calls)]]);
    },
    get now() {
      return timestampFromMs(bindings.now);
    },
  };
}

function readArguments(args: JsonValue, names: ReadonlySet<string>, steps: Steps): unknown {
  const keys = foldedKeys(args);
  steps.take(keys.price);
  const lookalikes = similarKeys(args, keys) ?? misspelled(args, names, keys);
  if (lookalikes)
    throw new ConditionFailure(
      `some servers read the argument ${quote(lookalikes[1])} as ${quote(lookalikes[0])}`,
    );
  return certainArguments(args);
}
