import type { CelEnv, CelFunc } from '@bufbuild/cel';
import { suggest } from '../../text/did-you-mean.js';
import type { ArgumentTypes, Places } from './argument-path.js';
import type { Expected, ExpressionFlaw } from './expression.js';
import { constantFailure } from './mistakes/constant-failure.js';
import { foreignMember, foreignVariable, functionHelp } from './mistakes/foreign-words.js';
import { impossibleComparison } from './mistakes/impossible-comparison.js';
import { misreadMember } from './mistakes/misread-member.js';
import type { Expr, Mistake } from './syntax.js';
import {
  article,
  BUILT_IN,
  baseName,
  FIELD_TYPES,
  fits,
  type KnownType,
  TYPE_NAMES,
  usage,
  VARIABLE_TYPES,
} from './types.js';

type Functions = CelEnv['funcs'];

const NUMBERS = new Set(['int', 'uint', 'double', 'number', 'dyn']);

class CheckFailure extends Error {
  constructor(
    message: string,
    readonly help: string,
    /** The part that is wrong. */
    readonly part: Expr,
  ) {
    super(message);
  }
}

/** What is wrong with an expression, and with which part of it; undefined where it is the whole. */
export interface CheckedFlaw extends ExpressionFlaw {
  part?: Expr | undefined;
}

/**
 * Finds what can be known to be wrong before any call: names that do not exist, functions that do not exist,
 * arguments of a type that no overload takes, a result of a type that the place cannot use.
 */
export function checkExpression(
  expression: Expr,
  functions: Functions,
  expected: Expected,
  argumentTypes?: ArgumentTypes,
): CheckedFlaw | undefined {
  try {
    const known = typeOf(expression, { functions, locals: new Map(), argumentTypes, places: new Map() });
    if (expected === 'bool' && known !== 'bool' && known !== 'dyn') {
      return {
        flaw: `the result is ${article(known)}, not true or false,`,
        help: 'compare it with something, such as `args.amount > 100`',
      };
    }
    if (expected === 'number' && !NUMBERS.has(known)) {
      return {
        flaw: `the result is ${article(known)}, not a number,`,
        help: 'write what one call adds to the sum, such as `args.amount`',
      };
    }
    return undefined;
  } catch (error) {
    if (error instanceof CheckFailure) return { flaw: error.message, help: error.help, part: error.part };
    throw error;
  }
}

/** What an agent can make a condition cost grows with the power of this. */
const DEEPEST_LOOP = 2;

interface Scope {
  functions: Functions;
  locals: ReadonlyMap<string, KnownType>;
  argumentTypes: ArgumentTypes | undefined;
  places: Places;
  /** How many loops are around this part. */
  depth?: number;
}

function typeOf(expression: Expr, scope: Scope): KnownType {
  const known = scope.argumentTypes?.typeOf(expression, scope.places);
  if (known !== undefined) return known;
  const kind = expression.exprKind;
  switch (kind.case) {
    case 'constExpr':
      return (kind.value.constantKind.case ?? 'dyn')
        .replace('Value', '')
        .replace('int64', 'int')
        .replace('null', 'null_type');
    case 'identExpr':
      return typeOfName(expression, kind.value.name, scope);
    case 'selectExpr':
      return typeOfField(expression, kind.value, scope);
    case 'callExpr':
      return typeOfCall(expression, kind.value, scope);
    case 'listExpr':
      for (const element of kind.value.elements) typeOf(element, scope);
      return 'list';
    case 'structExpr':
      if (kind.value.messageName !== '')
        throw new CheckFailure(
          `unknown type '${kind.value.messageName}'`,
          'write a map as {"key": value}',
          expression,
        );
      for (const { value } of kind.value.entries) if (value) typeOf(value, scope);
      return 'map';
    case 'comprehensionExpr':
      return typeOfComprehension(expression, kind.value, scope);
    default:
      return 'dyn';
  }
}

function typeOfName(part: Expr, written: string, { locals }: Scope): KnownType {
  const name = written.replace(/^\./, '');
  const known = locals.get(name) ?? (Object.hasOwn(VARIABLE_TYPES, name) ? VARIABLE_TYPES[name] : undefined);
  if (known !== undefined) return known;
  if (TYPE_NAMES.has(name)) return 'type';
  const close = suggest(
    name,
    [...locals.keys(), ...Object.keys(VARIABLE_TYPES)].filter((local) => !local.startsWith('@')),
  );
  throw new CheckFailure(
    `unknown variable '${name}'`,
    foreignVariable(name) ??
      (close
        ? `did you mean '${close}'?`
        : `the variables are ${Object.keys(VARIABLE_TYPES).join(', ')}; an argument is written args.${name}`),
    part,
  );
}

type Kind<Case extends Expr['exprKind']['case']> = Extract<Expr['exprKind'], { case: Case }>['value'];

function typeOfField(part: Expr, { operand, field, testOnly }: Kind<'selectExpr'>, scope: Scope): KnownType {
  if (operand === undefined) return 'dyn';
  const inner = typeOf(operand, scope);
  const name = operand.exprKind.case === 'identExpr' ? operand.exprKind.value.name.replace(/^\./, '') : '';
  const fields = inner === 'record' ? FIELD_TYPES[name] : undefined;
  if (fields !== undefined && !Object.hasOwn(fields, field)) {
    const close = suggest(field, Object.keys(fields));
    throw new CheckFailure(
      `${name} has no '${field}'`,
      close ? `did you mean '${name}.${close}'?` : `it has ${Object.keys(fields).join(', ')}`,
      part,
    );
  }
  if (inner !== 'map' && inner !== 'record' && inner !== 'dyn')
    throw new CheckFailure(
      `${article(inner)} has no '${field}'`,
      foreignMember(field) ?? 'only maps such as args have members',
      part,
    );
  return testOnly ? 'bool' : (fields?.[field] ?? 'dyn');
}

function typeOfCall(part: Expr, { function: name, target, args }: Kind<'callExpr'>, scope: Scope): KnownType {
  fail(
    misreadMember(part, (...variable) => isNumeric(scope, ...variable)),
    part,
  );
  const overloads = overloadsOf(part, name, scope);
  const given = args.map((argument) => typeOf(argument, scope));
  const on = target === undefined ? undefined : typeOf(target, scope);
  if (Object.hasOwn(BUILT_IN, name)) return typeOfBuiltIn(part, name, given);
  // What the arguments of a tool are said to be is compared by its own rules.
  const known = (each: Expr) => (scope.argumentTypes ? 'dyn' : typeOf(each, scope));
  fail(impossibleComparison(name, args, known), part);
  const called = name.replace(/^[@_]+|[_]+$/g, '').replaceAll('_', ' ');
  const fitting = overloads.filter(
    (overload) =>
      fits(on, overload.target?.name) &&
      overload.arguments.length === given.length &&
      overload.arguments.every((wanted, index) => fits(given[index], wanted.name)),
  );
  if (fitting.length === 0) {
    const types = [...(on === undefined ? [] : [on]), ...given].map(article).join(' and ');
    throw new CheckFailure(
      `'${called}' cannot be applied to ${types || 'nothing'}`,
      usage(name, overloads),
      part,
    );
  }
  fail(constantFailure(name, args), part);
  const results = new Set(fitting.map((overload) => baseName(overload.result.name)));
  return results.size === 1 ? ([...results][0] ?? 'dyn') : 'dyn';
}

/** Before the arguments are looked at: `some(x, x == 1)` is no unknown variable. */
function overloadsOf(part: Expr, name: string, { functions }: Scope): CelFunc[] {
  const overloads = [...(functions.find(name) ?? [])];
  if (overloads.length > 0 || Object.hasOwn(BUILT_IN, name)) return overloads;
  const names = [...functions].map((known) => known.name);
  throw new CheckFailure(`unknown function '${name}'`, functionHelp(name, names), part);
}

function fail(mistake: Mistake | undefined, whole: Expr): void {
  if (mistake) throw new CheckFailure(mistake.flaw, mistake.help, mistake.part ?? whole);
}

/** Whether there is such a variable and it may be subtracted, which members of any may be. */
function isNumeric({ locals }: Scope, name: string, byItself: boolean): boolean {
  const known = locals.get(name) ?? (Object.hasOwn(VARIABLE_TYPES, name) ? VARIABLE_TYPES[name] : undefined);
  return known !== undefined && !(byItself && /^(?:string|record|map)$/.test(known));
}

function typeOfBuiltIn(part: Expr, name: string, given: readonly KnownType[]): KnownType {
  const operands = name === '_?_:_' ? given.slice(0, 1) : name === '_[_]' ? [] : given;
  const wrong = operands.find((known) => known !== 'bool' && known !== 'dyn');
  if (wrong !== undefined)
    throw new CheckFailure(
      `${article(wrong)} is used where true or false is needed`,
      'compare it with something',
      part,
    );
  return name === '_?_:_' && given[1] === given[2] ? (given[1] ?? 'dyn') : (BUILT_IN[name] ?? 'dyn');
}

function typeOfComprehension(part: Expr, comprehension: Kind<'comprehensionExpr'>, scope: Scope): KnownType {
  const { iterRange, accuInit, accuVar, iterVar, iterVar2, loopCondition, loopStep, result } = comprehension;
  const depth = (scope.depth ?? 0) + 1;
  if (depth > DEEPEST_LOOP)
    throw new CheckFailure(
      'loops (exists, all, map …) are nested more than two deep',
      'such a condition can take minutes; write a simpler one',
      part,
    );
  if (iterRange) typeOf(iterRange, scope);
  const accumulated = accuInit ? typeOf(accuInit, scope) : 'dyn';
  const locals = new Map([
    ...scope.locals,
    [accuVar, accumulated],
    [iterVar, 'dyn'],
    [iterVar2 || iterVar, 'dyn'],
  ]);
  const element = iterRange && scope.argumentTypes?.elementOf(iterRange, scope.places);
  const places = new Map(scope.places).set(iterVar2 || iterVar, undefined).set(iterVar, element);
  const inner = { ...scope, locals, places, depth };
  for (const each of [loopCondition, loopStep]) if (each) typeOf(each, inner);
  return result ? typeOf(result, inner) : 'dyn';
}
