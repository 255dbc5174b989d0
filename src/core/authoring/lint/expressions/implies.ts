import { argumentPath, pathText } from '../../../policy/conditions/argument-path.js';
import type { Expr } from '../../../policy/conditions/syntax.js';

/**
 * Whether one condition is true whenever another is, as far as that shows: parts joined by `&&` and `||`, and comparisons of
 * the same argument with numbers or texts. False also where nobody can tell.
 */
export function implies(one: Expr, other: Expr): boolean {
  if (textOf(one) === textOf(other)) return true;
  const all = parts(one, '_&&_');
  if (all.length > 1) return all.some((part) => implies(part, other)) || impliesEach(one, other);
  const any = parts(one, '_||_');
  if (any.length > 1) return any.every((part) => implies(part, other));
  return impliesEach(one, other) || compares(one, other);
}

function impliesEach(one: Expr, other: Expr): boolean {
  const all = parts(other, '_&&_');
  if (all.length > 1) return all.every((part) => implies(one, part));
  const any = parts(other, '_||_');
  return any.length > 1 && any.some((part) => implies(one, part));
}

function parts(expression: Expr, operator: string): Expr[] {
  const { exprKind: kind } = expression;
  return kind.case === 'callExpr' && kind.value.function === operator
    ? kind.value.args.flatMap((part) => parts(part, operator))
    : [expression];
}

/** `args.n > 5`, read from left to right. */
interface Comparison {
  of: string;
  how: string;
  with: string | number;
}

const TURNED: Readonly<Record<string, string>> = {
  '_<_': '_>_',
  '_>_': '_<_',
  '_<=_': '_>=_',
  '_>=_': '_<=_',
  '_==_': '_==_',
};

function compares(one: Expr, other: Expr): boolean {
  const [given, wanted] = [comparison(one), comparison(other)];
  if (!given || !wanted || given.of !== wanted.of || typeof given.with !== typeof wanted.with) return false;
  const [value, bound] = [given.with, wanted.with];
  switch (wanted.how) {
    case '_>_':
      return (value > bound && /^_(>|>=|==)_$/.test(given.how)) || (value === bound && given.how === '_>_');
    case '_<_':
      return (value < bound && /^_(<|<=|==)_$/.test(given.how)) || (value === bound && given.how === '_<_');
    case '_>=_':
      return value >= bound && /^_(>|>=|==)_$/.test(given.how);
    case '_<=_':
      return value <= bound && /^_(<|<=|==)_$/.test(given.how);
    default:
      return false;
  }
}

function comparison({ exprKind: kind }: Expr): Comparison | undefined {
  if (kind.case !== 'callExpr' || !Object.hasOwn(TURNED, kind.value.function)) return undefined;
  const [left, right] = kind.value.args;
  if (left === undefined || right === undefined) return undefined;
  const how = kind.value.function;
  return compared(left, how, right) ?? compared(right, TURNED[how] ?? '', left);
}

function compared(part: Expr, how: string, value: Expr): Comparison | undefined {
  const path = argumentPath(part, new Map());
  if (!path || value.exprKind.case !== 'constExpr') return undefined;
  const { case: type, value: literal } = value.exprKind.value.constantKind;
  const isNumber = type === 'int64Value' || type === 'uint64Value' || type === 'doubleValue';
  // Texts are only compared for being the same; their order is CEL's.
  return isNumber ? { of: pathText(path), how, with: Number(literal) } : undefined;
}

const texts = new WeakMap<Expr, string>();

/** The same for expressions that say the same. Remembered, since each is compared with many. */
function textOf(expression: Expr): string {
  const known = texts.get(expression);
  if (known !== undefined) return known;
  const text = JSON.stringify(expression, (key, value: unknown) =>
    key === 'id' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
  );
  texts.set(expression, text);
  return text;
}
