import type { Expr } from './syntax.js';
import type { KnownType } from './types.js';

/** Any element of a list. */
export const ELEMENT = 0;

/** How a value is reached from `args`: by names, and into lists. */
export type ArgumentPath = readonly (string | typeof ELEMENT)[];

/** What the variables of loops stand for; undefined where that is not a part of the arguments. */
export type Places = ReadonlyMap<string, ArgumentPath | undefined>;

/** What is known of the arguments of a tool. */
export interface ArgumentTypes {
  /** The type of a part of the arguments; undefined for what is none, and where nothing is known of it. */
  typeOf(expression: Expr, places: Places): KnownType | undefined;
  /** The elements of a part of the arguments. */
  elementOf(expression: Expr, places: Places): ArgumentPath | undefined;
}

/** The part of the arguments that an expression is; undefined when it is something else. */
export function argumentPath(expression: Expr, places: Places): ArgumentPath | undefined {
  const { exprKind: kind } = expression;
  if (kind.case === 'identExpr') {
    const name = kind.value.name.replace(/^\./, '');
    return places.has(name) ? places.get(name) : name === 'args' ? [] : undefined;
  }
  if (kind.case === 'selectExpr' && !kind.value.testOnly) {
    const outer = kind.value.operand && argumentPath(kind.value.operand, places);
    return outer && [...outer, kind.value.field];
  }
  if (kind.case !== 'callExpr' || kind.value.function !== '_[_]') return undefined;
  const [operand, index] = kind.value.args;
  const outer = operand && argumentPath(operand, places);
  const step = index && stepOf(index);
  return outer && step !== undefined ? [...outer, step] : undefined;
}

/** As it is written in a condition: `args.items[].price`. */
export function pathText(path: ArgumentPath): string {
  return path.reduce<string>(
    (text, step) =>
      step === ELEMENT
        ? `${text}[]`
        : /^[A-Za-z_]\w*$/.test(step)
          ? `${text}.${step}`
          : `${text}[${JSON.stringify(step)}]`,
    'args',
  );
}

function stepOf({ exprKind: kind }: Expr): string | typeof ELEMENT | undefined {
  if (kind.case !== 'constExpr') return undefined;
  const { case: type, value } = kind.value.constantKind;
  if (type === 'stringValue') return value;
  return type === 'int64Value' || type === 'uint64Value' ? ELEMENT : undefined;
}
