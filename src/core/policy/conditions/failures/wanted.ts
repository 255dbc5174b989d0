import type { CelEnv, CelType } from '@bufbuild/cel';
import type { Expr } from '../syntax.js';
import { baseName } from '../types.js';
import { type Kind, kindOfValue } from './kinds.js';

/** The kinds of values that a function, an operator or a loop can use; undefined where it can use all, or nothing is known. */
export type Wanted = readonly Kind[] | undefined;

/** The types that an argument can have. */
const KIND_OF_TYPE: Readonly<Record<string, Kind>> = {
  string: 'a string',
  bool: 'a boolean',
  int: 'a whole number',
  double: 'a decimal number',
  list: 'a list',
  map: 'a map',
  null_type: 'null',
};
const CONDITIONS = new Set(['_&&_', '_||_', '_?_:_']);
const COMPARISONS = new Set(['_==_', '_!=_']);

/**
 * What an operand of a part must be, where the others are what they are.
 * @param index which of the operands, the target of a method first
 * @param kinds of all of them, where they are known
 */
export function wantedOf(
  { exprKind: kind }: Expr,
  index: number,
  kinds: readonly (Kind | undefined)[],
  functions: CelEnv['funcs'],
): Wanted {
  if (kind.case === 'comprehensionExpr') return index === 0 ? ['a list', 'a map'] : undefined;
  if (kind.case === 'selectExpr') return ['a map'];
  if (kind.case !== 'callExpr') return undefined;
  const { function: name, args } = kind.value;
  if (CONDITIONS.has(name)) return name !== '_?_:_' || index === 0 ? ['a boolean'] : undefined;
  if (COMPARISONS.has(name)) return comparable(kinds[1 - index]);
  if (name === '@in' && index === 0) return comparable(kindOfElements(args[1]));
  return byOverloads(name, index, kinds, functions);
}

function comparable(other: Kind | undefined): Wanted {
  if (other === undefined || other === 'null') return undefined;
  return isNumber(other) ? ['a whole number', 'a decimal number', 'null'] : [other, 'null'];
}

function isNumber(kind: Kind): boolean {
  return kind === 'a whole number' || kind === 'a decimal number';
}

/** Of a list of constants of one kind. */
function kindOfElements(list: Expr | undefined): Kind | undefined {
  if (list?.exprKind.case !== 'listExpr') return undefined;
  const kinds = list.exprKind.value.elements.map(kindOfConstant);
  return kinds.every((kind) => kind === kinds[0]) ? kinds[0] : undefined;
}

export function kindOfConstant({ exprKind: kind }: Expr): Kind | undefined {
  return kind.case === 'constExpr' ? kindOfValue(kind.value.constantKind.value ?? null) : undefined;
}

/** What the overloads take there that take all other operands. */
function byOverloads(
  name: string,
  index: number,
  kinds: readonly (Kind | undefined)[],
  functions: CelEnv['funcs'],
): Wanted {
  const signatures = [...(functions.find(name) ?? [])]
    .map(({ target, arguments: given }) => [...(target ? [target] : []), ...given].map(kindOfType))
    .filter((wanted) => wanted.length === kinds.length)
    .filter((wanted) => wanted.every((each, at) => at === index || fits(kinds[at], each)));
  const found = [...new Set(signatures.map((wanted) => wanted[index] ?? 'none'))].filter(
    (kind) => kind !== 'none',
  );
  const isClear = found.length > 0 && found.length <= MOST_WANTED && !found.includes('any');
  return isClear ? (found as Kind[]) : undefined;
}

/** More are no help. */
const MOST_WANTED = 3;

/** `none` for a type that no argument has. */
function kindOfType({ name }: CelType): Kind | 'any' | 'none' {
  const type = baseName(name);
  return type === 'dyn' ? 'any' : (KIND_OF_TYPE[type] ?? 'none');
}

function fits(given: Kind | undefined, wanted: Kind | 'any' | 'none'): boolean {
  return given === undefined || wanted === 'any' || given === wanted;
}
