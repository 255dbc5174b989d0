import { type Expr, subexpressions } from '../syntax.js';

/** Names that no expression can write, for what takes the place of parts of the standard. */
export const HAS = '@has';
export const RANGE = '@range';
export const EMPTY = '@empty';
export const APPEND = '@append';

type Kind<Case extends Expr['exprKind']['case']> = Extract<Expr['exprKind'], { case: Case }>['value'];

/** Parts of the body of a loop that one step is enough for. */
const PARTS_PER_STEP = 8;

/**
 * Changes a parsed expression in place, before it is planned: `has` becomes a function, since that of the library takes
 * whatever is not a map for a map without members; the range of a loop is counted; and a list that a loop makes grows in place,
 * since the library makes a chain of lists of it, which takes the square of its length to walk along.
 */
export function instrument(expression: Expr): void {
  const { exprKind: kind } = expression;
  switch (kind.case) {
    case 'selectExpr':
      if (kind.value.operand) instrument(kind.value.operand);
      if (kind.value.testOnly && kind.value.operand)
        become(expression, HAS, [kind.value.operand, text(expression, kind.value.field)]);
      return;
    case 'comprehensionExpr':
      countRange(kind.value);
      growInPlace(kind.value);
      for (const part of subexpressions(expression)) instrument(part);
      return;
    default:
      for (const part of subexpressions(expression)) instrument(part);
  }
}

function countRange(loop: Kind<'comprehensionExpr'>): void {
  const { iterRange: range, loopStep } = loop;
  if (range === undefined) return;
  const weight = Math.ceil((loopStep ? countParts(loopStep) : 0) / PARTS_PER_STEP);
  const counted = { ...range };
  become(counted, RANGE, [range, constant(range, { case: 'doubleValue', value: weight })]);
  loop.iterRange = counted;
}

function countParts(expression: Expr): number {
  return subexpressions(expression).reduce((sum, part) => sum + countParts(part), 1);
}

/** `map` and `filter` begin with an empty list and add to it: nothing else can see that list before it is complete. */
function growInPlace({ accuInit, accuVar, loopStep }: Kind<'comprehensionExpr'>): void {
  if (accuInit?.exprKind.case !== 'listExpr' || accuInit.exprKind.value.elements.length > 0) return;
  const adding = additionsTo(accuVar, loopStep);
  if (adding === undefined) return;
  become(accuInit, EMPTY, []);
  adding.function = APPEND;
}

/** Where a step adds to the list that it makes. */
function additionsTo(list: string, step: Expr | undefined): Kind<'callExpr'> | undefined {
  if (step?.exprKind.case !== 'callExpr') return undefined;
  const call = step.exprKind.value;
  const [first, second] = call.args;
  if (call.function === '_?_:_') return additionsTo(list, second);
  if (call.function !== '_+_' || first?.exprKind.case !== 'identExpr') return undefined;
  return first.exprKind.value.name === list ? call : undefined;
}

function become(expression: Expr, name: string, args: Expr[]): void {
  const call = { $typeName: 'cel.expr.Expr.Call', function: name, args } as unknown as Kind<'callExpr'>;
  expression.exprKind = { case: 'callExpr', value: call };
}

function text(beside: Expr, value: string): Expr {
  return constant(beside, { case: 'stringValue', value });
}

function constant(beside: Expr, constantKind: Kind<'constExpr'>['constantKind']): Expr {
  const value = { $typeName: 'cel.expr.Constant', constantKind } as unknown as Kind<'constExpr'>;
  return { ...beside, exprKind: { case: 'constExpr', value } };
}
