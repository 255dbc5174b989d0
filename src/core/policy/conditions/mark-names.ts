import { suggest } from '../../text/did-you-mean.js';
import { nameList, quotedName } from '../../text/name-list.js';
import { MARK_NAMES } from '../../tools/category.js';
import type { Expr } from './syntax.js';

/** A string beside `in tool.marks` that is no mark: it would never be true, and a rule that restricts would never apply. */
export function wrongMark(
  name: string,
  [value, list]: readonly Expr[],
): { flaw: string; help: string } | undefined {
  if (name !== '@in' || !isMarks(list) || value?.exprKind.case !== 'constExpr') return undefined;
  const { case: type, value: mark } = value.exprKind.value.constantKind;
  if (type !== 'stringValue' || MARK_NAMES.some((known) => known === mark)) return undefined;
  const close = suggest(mark, MARK_NAMES);
  return {
    flaw: `no tool has the mark ${quotedName(mark)}`,
    help: close ? `did you mean ${quotedName(close)}?` : `the marks are ${nameList(MARK_NAMES)}`,
  };
}

/** `tool.marks`, as it is and with a dot in front. */
function isMarks(list: Expr | undefined): boolean {
  if (list?.exprKind.case !== 'selectExpr') return false;
  const { operand, field } = list.exprKind.value;
  return (
    field === 'marks' &&
    operand?.exprKind.case === 'identExpr' &&
    /^\.?tool$/.test(operand.exprKind.value.name)
  );
}
