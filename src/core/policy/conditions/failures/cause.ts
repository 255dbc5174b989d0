import type { CelEnv } from '@bufbuild/cel';
import type { JsonValue } from '../../../json/value.js';
import { argumentPath, ELEMENT, type Places } from '../argument-path.js';
import type { Expected } from '../expression.js';
import { type Expr, subexpressions } from '../syntax.js';
import type { Kind } from './kinds.js';
import { kindAtPath, problemAt, uncertainAt } from './problems.js';
import { kindOfConstant, wantedOf } from './wanted.js';

/** What an evaluation that failed was about. */
export interface Failed {
  /** The whole expression, as it was parsed. */
  expression: Expr;
  /** The part that failed, by its id; undefined where the result is of the wrong type. */
  part: bigint | undefined;
  expected: Expected;
  args: JsonValue;
  functions: CelEnv['funcs'];
}

/** A part of an expression, and what the variables of the loops around it stand for. */
interface Spot {
  part: Expr;
  places: Places;
}

/**
 * Why an expression could not be evaluated, in names and types of arguments only: `amount` is a string, and the condition needs a
 * number. Undefined where that is not known.
 */
export function causeOf({ expression, part, expected, args, functions }: Failed): string | undefined {
  const whole: Spot = { part: expression, places: new Map() };
  const doubtful = firstOf(pathsIn(whole), (spot) => uncertainAt(pathOf(spot), args));
  if (doubtful !== undefined) return doubtful;
  const around = part === undefined ? [whole] : spotsAround(whole, part);
  for (const spot of around) {
    const missing = firstOf(pathsIn(spot), (inner) => problemAt(pathOf(inner), args, undefined));
    if (missing !== undefined) return missing;
    const wrong = wrongOperand(spot, args, functions);
    if (wrong !== undefined) return wrong;
  }
  return expected === 'bool' ? problemAt(pathOf(whole), args, ['a boolean']) : undefined;
}

/** The part with that id first, then what it is a part of: the index of a list is reported for the list. */
function spotsAround(spot: Spot, id: bigint): Spot[] {
  for (const inner of spotsIn(spot)) {
    const found = spotsAround(inner, id);
    if (found.length > 0) return found.length === 1 ? [...found, spot] : found;
  }
  return spot.part.id === id ? [spot] : [];
}

/** The parts of a part, each with the variables that it can use. */
function spotsIn({ part, places }: Spot): Spot[] {
  const { exprKind: kind } = part;
  if (kind.case !== 'comprehensionExpr')
    return subexpressions(part).map((inner) => ({ part: inner, places }));
  const { iterRange, accuInit, iterVar, loopCondition, loopStep, result } = kind.value;
  const range = iterRange && argumentPath(iterRange, places);
  const inside = new Map(places).set(iterVar, range && [...range, ELEMENT]);
  return [
    ...[iterRange, accuInit].flatMap((outer) => outer ?? []).map((outer) => ({ part: outer, places })),
    ...[loopCondition, loopStep, result]
      .flatMap((inner) => inner ?? [])
      .map((inner) => ({ part: inner, places: inside })),
  ];
}

/** The arguments that a part reads. Those that `has` asks for may be missing. */
function pathsIn(spot: Spot): Spot[] {
  if (pathOf(spot) !== undefined) return [spot];
  const { exprKind: kind } = spot.part;
  if (kind.case === 'comprehensionExpr') return spotsIn(spot).slice(0, 1).flatMap(pathsIn);
  return spotsIn(spot).flatMap(pathsIn);
}

function pathOf({ part, places }: Spot) {
  return argumentPath(part, places);
}

/** The operand of a function, an operator or a loop that is of a type which that cannot use. */
function wrongOperand(spot: Spot, args: JsonValue, functions: CelEnv['funcs']): string | undefined {
  const operands = spotsIn(spot);
  const kinds = operands.map((operand) => kindAt(operand, args));
  return firstOf(operands.entries(), ([index, operand]) =>
    problemAt(pathOf(operand), args, wantedOf(spot.part, index, kinds, functions)),
  );
}

/** The type of an operand, where it is a constant or an argument. */
function kindAt(spot: Spot, args: JsonValue): Kind | undefined {
  const { case: kind } = spot.part.exprKind;
  if (kind === 'listExpr') return 'a list';
  if (kind === 'structExpr') return 'a map';
  return kindOfConstant(spot.part) ?? kindAtPath(pathOf(spot), args);
}

function firstOf<T>(all: Iterable<T>, find: (each: T) => string | undefined): string | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
