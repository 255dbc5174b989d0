import { type CelResult, CelScalar, celEnv, celFunc, isCelError, parse, plan } from '@bufbuild/cel';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { isInexact, type JsonValue } from '../../json/value.js';
import { errorText } from '../../text/error-text.js';
import { globMatches } from '../../text/glob.js';
import type { Span } from '../../text/origin.js';
import { quote } from '../../text/quote.js';
import { equalityFunctions } from './equality.js';
import type {
  Bindings,
  CompileExpression,
  Evaluated,
  Expected,
  Expression,
  ExpressionFlaw,
} from './expression.js';
import { host, type PathRules, within } from './paths.js';
import { misspelled, namesIn, similarKeys } from './similar-keys.js';
import { spanOfError, spanOfPart } from './span.js';
import type { Expr } from './syntax.js';
import { type ArgumentTypes, type CheckedFlaw, checkExpression } from './type-check.js';

const SYNTAX_HELP = 'it is CEL (cel.dev): compare with ==, join with && and ||, negate with !, quote strings';

/** Makes the compiler of CEL expressions (https://cel.dev) with the product's own functions beside the standard ones. */
export function expressionCompiler(machine: PathRules): CompileExpression {
  const env = celEnv({ funcs: functions(machine) });
  return (source, expected): Expression | ExpressionFlaw => {
    try {
      const parsed = parse(source);
      const wrong = checkExpression(parsed.expr, env.funcs, expected);
      const names = namesIn(source);
      if (wrong !== undefined) {
        const { flaw, help, part } = wrong;
        return { flaw: `${flaw} in \`${source}\``, help, at: part && spanOfPart(part, parsed, source) };
      }
      const run = plan(env, parsed) as (context: Record<string, unknown>) => CelResult;
      return { source, evaluate: (bindings) => evaluate(run, bindings, names) };
    } catch (error) {
      const flaw = `cannot read the expression \`${source}\`: ${syntaxMessage(error, source)}`;
      return { flaw, help: SYNTAX_HELP, at: spanOfError(error, source) };
    }
  };
}

/** Looks at expressions again that have been compiled before, with what is known of the arguments. */
export function expressionReader(machine: PathRules): ExpressionReader {
  const env = celEnv({ funcs: functions(machine) });
  return {
    parse: (source) => parse(source).expr,
    check: (source, expected, types) => checkExpression(parse(source).expr, env.funcs, expected, types),
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

function functions(machine: PathRules) {
  const { STRING, BOOL } = CelScalar;
  return [
    ...equalityFunctions,
    celFunc('within', [STRING, STRING], BOOL, (path, folder) => {
      const inside = within(path, folder, machine);
      if (inside === undefined)
        throw new Error('within() was given a path that can be read in more than one way');
      return inside;
    }),
    celFunc('glob', [STRING, STRING], BOOL, (text, glob) => globMatches(glob, text)),
    celFunc('host', [STRING], STRING, (url) => {
      const name = host(url);
      if (name === undefined) throw new Error('host() was given a string that is not a plain URL');
      return name;
    }),
  ];
}

function evaluate(
  run: (context: Record<string, unknown>) => CelResult,
  bindings: Bindings,
  names: ReadonlySet<string>,
): Evaluated {
  try {
    const result = run(context(bindings, names));
    return isCelError(result) ? { failure: result.message } : { value: result };
  } catch (error) {
    return { failure: errorText(error) };
  }
}

/** Getters, so that arguments are parsed only for expressions that read them. */
function context(bindings: Bindings, names: ReadonlySet<string>): Record<string, unknown> {
  return {
    get args() {
      const lookalikes = similarKeys(bindings.args) ?? misspelled(bindings.args, names);
      if (lookalikes)
        throw new Error(`some servers read the argument ${quote(lookalikes[1])} as ${quote(lookalikes[0])}`);
      return readable(bindings.args);
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

/** CEL refuses an object of a class that it does not know, so whatever touches such a value fails. */
class Uncertain {
  constructor(private readonly why: string) {}

  toString(): string {
    return this.why;
  }
}

const made = new WeakMap<object, unknown>();

/** Made once for each call, since a policy has many conditions. */
function readable(args: JsonValue): unknown {
  if (typeof args !== 'object' || args === null) return args;
  const known = made.get(args) ?? withoutUncertain(args);
  made.set(args, known as object);
  return known;
}

/**
 * Arguments in which nothing can be compared that readers read differently, a number out of range or a text that servers
 * in C end at its U+0000; `!=` would hold for it.
 */
function withoutUncertain(value: JsonValue): unknown {
  if (typeof value === 'string' && value.includes('\0'))
    return new Uncertain('of a string with a U+0000, where some servers end it');
  if (typeof value !== 'object' || value === null) return value;
  if (isInexact(value)) return new Uncertain('of a number that not every reader can hold');
  if (Array.isArray(value)) return value.map(withoutUncertain);
  return new Map([...value].map(([key, member]) => [key, withoutUncertain(member)]));
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
