import type { parse } from '@bufbuild/cel';

export type Expr = ReturnType<typeof parse>['expr'];

/** What is certainly wrong with an expression, and with which part of it. */
export interface Mistake {
  flaw: string;
  help: string;
  part: Expr | undefined;
}

/** What an expression is made of. */
export function subexpressions({ exprKind: kind }: Expr): Expr[] {
  switch (kind.case) {
    case 'selectExpr':
      return kind.value.operand ? [kind.value.operand] : [];
    case 'callExpr':
      return kind.value.target ? [kind.value.target, ...kind.value.args] : kind.value.args;
    case 'listExpr':
      return kind.value.elements;
    case 'structExpr':
      return kind.value.entries.flatMap(({ keyKind, value }) => [
        ...(keyKind.case === 'mapKey' ? [keyKind.value] : []),
        ...(value ? [value] : []),
      ]);
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = kind.value;
      return [iterRange, accuInit, loopCondition, loopStep, result].flatMap((part) => part ?? []);
    }
    default:
      return [];
  }
}
