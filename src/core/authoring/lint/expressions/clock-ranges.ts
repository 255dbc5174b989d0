import type { Expr, Mistake } from '../../../policy/conditions/syntax.js';

/** What the parts of a clock can be (CEL, "Date/time functions"): days of the week and months begin with 0. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number, meaning: string]>> = {
  getMonth: [0, 11, 'January is 0, December is 11'],
  getDate: [1, 31, 'the first day of a month is 1'],
  getDayOfMonth: [0, 30, 'the first day of a month is 0; getDate() begins with 1'],
  getDayOfWeek: [0, 6, 'Sunday is 0, Saturday is 6'],
  getDayOfYear: [0, 365, 'the first of January is 0'],
  getHours: [0, 23, 'hours go from 0 to 23'],
  getMinutes: [0, 59, 'minutes go from 0 to 59'],
  getSeconds: [0, 59, 'seconds go from 0 to 59'],
  getMilliseconds: [0, 999, 'milliseconds go from 0 to 999'],
};

/** Where a number beyond the range makes a condition that is never true. `now.getHours() < 24` always is, and does no harm. */
const EQUALS: ReadonlySet<string> = new Set(['_==_', '_!=_']);
const EXCEEDS: ReadonlySet<string> = new Set(['_>_', '_>=_', '@in']);

/** A part of a clock beside a number that it never is, such as `now.getDayOfWeek() == 7`. */
export function beyondTheClock(name: string, args: readonly Expr[]): Mistake | undefined {
  const [left, right] = args;
  if (left === undefined || right === undefined) return undefined;
  if (EQUALS.has(name)) return beyond(left, right) ?? beyond(right, left);
  return EXCEEDS.has(name) ? beyond(left, right) : undefined;
}

function beyond(field: Expr, value: Expr): Mistake | undefined {
  const called = field.exprKind.case === 'callExpr' ? field.exprKind.value.function : '';
  const range = Object.hasOwn(RANGES, called) ? RANGES[called] : undefined;
  if (range === undefined) return undefined;
  const [least, most, meaning] = range;
  const numbers = value.exprKind.case === 'listExpr' ? value.exprKind.value.elements : [value];
  for (const part of numbers) {
    const number = numberOf(part);
    if (number !== undefined && (number < least || number > most))
      return { flaw: `${called}() is never ${number}`, help: meaning, part };
  }
  return undefined;
}

function numberOf({ exprKind: kind }: Expr): number | undefined {
  if (kind.case !== 'constExpr') return undefined;
  const { case: type, value } = kind.value.constantKind;
  return type === 'int64Value' || type === 'doubleValue' ? Number(value) : undefined;
}
