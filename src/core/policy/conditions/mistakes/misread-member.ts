import { argumentPath, pathText } from '../argument-path.js';
import type { Expr, Mistake } from '../syntax.js';

const NO_PLACES: ReadonlyMap<string, undefined> = new Map();
const WORD = /^[A-Za-z_]\w*$/;

/** Whether a name is a variable that may be subtracted: by itself, or a member of it. */
type IsVariable = (name: string, byItself: boolean) => boolean;

/**
 * A member of the arguments that CEL does not read as one: what `has` is asked about, and a name with a hyphen.
 */
export function misreadMember(call: Expr, isVariable: IsVariable): Mistake | undefined {
  if (call.exprKind.case !== 'callExpr') return undefined;
  const { function: name, target, args } = call.exprKind.value;
  if (name === 'has') return wrongHas(args, target, call, isVariable);
  const hyphen = hyphenated(call, isVariable);
  if (hyphen === undefined) return undefined;
  const { owner, member } = hyphen;
  return {
    flaw: `'${owner}.${member}' is read as a subtraction`,
    help: `for the member '${member}' write ${owner}["${member}"]`,
    part: call,
  };
}

function wrongHas(
  args: readonly Expr[],
  target: Expr | undefined,
  call: Expr,
  isVariable: IsVariable,
): Mistake {
  const [argument] = args;
  const flaw = "'has' takes a member that is written with a dot, such as has(args.x)";
  const help =
    target === undefined && args.length === 1 && argument ? instead(argument, isVariable) : undefined;
  const text = argument && textOf(argument);
  const inTarget = target && text !== undefined && pathOf(target);
  return {
    flaw,
    help: inTarget
      ? membership(text, inTarget)
      : (help ?? 'write has(args.x), or `"x-y" in args` for other names'),
    part: call,
  };
}

/** What to write in place of `has` with something that is no member. */
function instead(argument: Expr, isVariable: IsVariable): string | undefined {
  const text = textOf(argument);
  if (text !== undefined) return membership(text, 'args');
  const hyphen = hyphenated(argument, isVariable);
  if (hyphen) return `write \`"${hyphen.member}" in ${hyphen.owner}\``;
  const { exprKind: kind } = argument;
  if (kind.case === 'identExpr')
    return kind.value.name === 'args'
      ? '`args` is always there; write has(args.x)'
      : `for an argument write has(args.${kind.value.name})`;
  if (kind.case !== 'callExpr' || kind.value.function !== '_[_]') return undefined;
  const [owner, index] = kind.value.args;
  const written = owner && pathOf(owner);
  if (!written || !index) return undefined;
  const key = textOf(index);
  if (key !== undefined) return membership(key, written);
  const position = positionOf(index);
  return position === undefined ? `write \`key in ${written}\`` : `write \`size(${written}) > ${position}\``;
}

function membership(member: string, owner: string): string {
  return WORD.test(member)
    ? `write has(${owner}.${member})`
    : `write \`${JSON.stringify(member)} in ${owner}\``;
}

interface Hyphenated {
  /** What has the member: `args`. */
  owner: string;
  /** Its name: `user-id`. */
  member: string;
}

/** `args.user-id`, which is read as a subtraction. */
function hyphenated({ exprKind: kind }: Expr, isVariable: IsVariable): Hyphenated | undefined {
  if (kind.case !== 'callExpr' || kind.value.function !== '_-_') return undefined;
  const [left, right] = kind.value.args;
  const rest = right && leftmost(right);
  if (left === undefined || rest === undefined || isVariable(rest, right?.exprKind.case === 'identExpr'))
    return undefined;
  const before = hyphenated(left, isVariable);
  if (before) return { ...before, member: `${before.member}-${rest}` };
  const path = argumentPath(left, NO_PLACES);
  const last = path?.at(-1);
  return path === undefined || typeof last !== 'string'
    ? undefined
    : { owner: pathText(path.slice(0, -1)), member: `${last}-${rest}` };
}

/** The name with which a chain of members and methods begins. */
function leftmost({ exprKind: kind }: Expr): string | undefined {
  if (kind.case === 'identExpr') return kind.value.name;
  if (kind.case === 'selectExpr') return kind.value.operand && leftmost(kind.value.operand);
  return kind.case === 'callExpr' && kind.value.target ? leftmost(kind.value.target) : undefined;
}

/** As it is written, for what is reached by names and positions from `args`; undefined for the rest. */
function pathOf(expression: Expr): string | undefined {
  const path = argumentPath(expression, NO_PLACES);
  return path?.every((step) => typeof step === 'string') ? pathText(path) : undefined;
}

function textOf({ exprKind: kind }: Expr): string | undefined {
  if (kind.case !== 'constExpr') return undefined;
  const { case: type, value } = kind.value.constantKind;
  return type === 'stringValue' ? value : undefined;
}

function positionOf({ exprKind: kind }: Expr): string | undefined {
  if (kind.case !== 'constExpr') return undefined;
  const { case: type, value } = kind.value.constantKind;
  return type === 'int64Value' || type === 'uint64Value' ? String(value) : undefined;
}
