import {
  type ArgumentPath,
  argumentPath,
  ELEMENT,
  type Places,
} from '../../../policy/conditions/argument-path.js';
import type { Expr } from '../../../policy/conditions/syntax.js';

/** What an expression reads of the arguments. */
export interface ArgumentUse {
  path: ArgumentPath;
  /** It is only asked whether it is there. */
  asked: boolean;
  /** The part of the expression that reads it; undefined where that names more. */
  part?: Expr | undefined;
}

/** What an expression compares a part of the arguments with. */
export interface ArgumentComparison {
  path: ArgumentPath;
  values: Literals;
}

export type Literals = readonly (string | number | bigint | boolean | null)[];

/** What an expression compares a field of the tool with. */
export interface ToolComparison {
  field: string;
  values: Literals;
}

export interface ArgumentUses {
  uses: readonly ArgumentUse[];
  comparisons: readonly ArgumentComparison[];
  toolComparisons: readonly ToolComparison[];
}

/** Walks through an expression. */
export function argumentUses(expression: Expr): ArgumentUses {
  const found: Found = { uses: [], comparisons: [], toolComparisons: [] };
  walk(expression, new Map(), found);
  return found;
}

type Found = {
  uses: ArgumentUse[];
  comparisons: ArgumentComparison[];
  toolComparisons: ToolComparison[];
};

function walk(expression: Expr | undefined, places: Places, found: Found): void {
  if (expression === undefined) return;
  const path = argumentPath(expression, places);
  if (path !== undefined) {
    if (path.length > 0) found.uses.push({ path, asked: false, part: expression });
    return;
  }
  const { exprKind: kind } = expression;
  switch (kind.case) {
    case 'selectExpr': {
      const outer = kind.value.operand && argumentPath(kind.value.operand, places);
      if (outer && kind.value.testOnly) found.uses.push({ path: [...outer, kind.value.field], asked: true });
      else walk(kind.value.operand, places, found);
      return;
    }
    case 'callExpr':
      return walkCall(kind.value, places, found);
    case 'listExpr':
      for (const element of kind.value.elements) walk(element, places, found);
      return;
    case 'structExpr':
      for (const { value } of kind.value.entries) walk(value, places, found);
      return;
    case 'comprehensionExpr': {
      const { iterRange, iterVar, iterVar2, accuInit, accuVar, loopCondition, loopStep, result } = kind.value;
      walk(iterRange, places, found);
      walk(accuInit, places, found);
      const inner = new Map(places)
        .set(accuVar, undefined)
        .set(iterVar2 || iterVar, undefined)
        .set(iterVar, iterRange && elementOf(iterRange, places));
      for (const part of [loopCondition, loopStep, result]) walk(part, inner, found);
    }
  }
}

/** What the variable of a loop over a part of the arguments stands for, if that is a list. */
export function elementOf(range: Expr, places: Places): ArgumentPath | undefined {
  const path = argumentPath(range, places);
  return path && [...path, ELEMENT];
}

function walkCall(
  { function: name, target, args }: Extract<Expr['exprKind'], { case: 'callExpr' }>['value'],
  places: Places,
  found: Found,
): void {
  const [left, right] = args;
  if (left && right && name === '@in') {
    compared(left, elementsOf(right), places, found);
    asked(left, right, places, found);
  }
  if (left && right && (name === '_==_' || name === '_!=_')) {
    compared(left, literal(right), places, found);
    compared(right, literal(left), places, found);
  }
  for (const part of [target, ...args]) walk(part, places, found);
}

/** `"x" in args` asks for a member, `"x" in args.list` compares with each element. Which of both it is, the schema knows. */
function asked(key: Expr, container: Expr, places: Places, found: Found): void {
  const outer = argumentPath(container, places);
  const [name] = literal(key);
  if (outer === undefined || name === undefined) return;
  if (typeof name === 'string') found.uses.push({ path: [...outer, name], asked: true });
  if (outer.length > 0) found.comparisons.push({ path: [...outer, ELEMENT], values: [name] });
}

function compared(part: Expr, values: Literals, places: Places, found: Found): void {
  const path = argumentPath(part, places);
  if (path && path.length > 0 && values.length > 0) found.comparisons.push({ path, values });
  const field = fieldOfTool(part, places);
  if (field !== undefined && values.length > 0) found.toolComparisons.push({ field, values });
}

function fieldOfTool({ exprKind: kind }: Expr, places: Places): string | undefined {
  if (kind.case !== 'selectExpr' || kind.value.operand?.exprKind.case !== 'identExpr') return undefined;
  const { name } = kind.value.operand.exprKind.value;
  return name === 'tool' && !places.has(name) ? kind.value.field : undefined;
}

function elementsOf({ exprKind: kind }: Expr): Literals {
  return kind.case === 'listExpr' ? kind.value.elements.flatMap(literal) : [];
}

function literal({ exprKind: kind }: Expr): Literals {
  if (kind.case !== 'constExpr') return [];
  const { case: type, value } = kind.value.constantKind;
  switch (type) {
    case 'stringValue':
    case 'boolValue':
    case 'doubleValue':
    case 'int64Value':
    case 'uint64Value':
      return [value];
    case 'nullValue':
      return [null];
    default:
      return [];
  }
}
