import { suggest } from '../../../text/did-you-mean.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import { CATEGORY_NAMES, MARK_NAMES, RISKS } from '../../../tools/category.js';
import { host } from '../evaluation/paths.js';
import type { Expr, Mistake } from '../syntax.js';
import { article, type KnownType } from '../types.js';

/** What the members of `tool` that are words can be. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  category: CATEGORY_NAMES,
  risk: [...new Set(Object.values(RISKS))],
};

/** The member that is meant where a variable is compared that is a map. */
const MEANT: Readonly<Record<string, string>> = {
  tool: 'tool.name',
  client: 'client.name',
  session: 'session.calls',
};

type TypeOf = (part: Expr) => KnownType;

const CONVERT = 'convert one of them, such as with int(…), double(…) or string(…)';

/**
 * A comparison that has the same result for each call, so that a rule which restricts never applies, or always.
 * @param typeOf what is known of the type of a part
 */
export function impossibleComparison(
  name: string,
  [left, right]: readonly Expr[],
  typeOf: TypeOf,
): Mistake | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (name === '_==_' || name === '_!=_')
    return (
      neverValue(left, right, typeOf) ?? neverValue(right, left, typeOf) ?? neverEqual(left, right, typeOf)
    );
  if (name !== '@in') return undefined;
  if (toolField(right, typeOf) === 'marks') return unknownMark(left);
  const elements = right.exprKind.case === 'listExpr' ? right.exprKind.value.elements : [];
  for (const element of elements) {
    const wrong = neverValue(left, element, typeOf) ?? neverEqual(left, element, typeOf);
    if (wrong) return wrong;
  }
  return undefined;
}

function unknownMark(value: Expr): Mistake | undefined {
  const mark = textOf(value);
  if (mark === undefined || MARK_NAMES.some((known) => known === mark)) return undefined;
  const close = suggest(mark, MARK_NAMES);
  return {
    flaw: `no tool has the mark ${quotedName(mark)}`,
    help: close ? `did you mean ${quotedName(close)}?` : `the marks are ${nameList(MARK_NAMES)}`,
    part: value,
  };
}

/** `tool.category`, `tool.risk` or the host of a URL beside a text that it never is. */
function neverValue(field: Expr, value: Expr, typeOf: TypeOf): Mistake | undefined {
  const [name, text] = [toolField(field, typeOf) ?? '', textOf(value)];
  if (isHost(field)) return text === undefined ? undefined : neverHost(text, value);
  const known = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  if (text === undefined || known === undefined || known.includes(text)) return undefined;
  const close = suggest(text, known);
  return {
    flaw: `'tool.${name}' is never ${quotedName(text)}`,
    help: close ? `did you mean ${quotedName(close)}?` : `it is one of ${nameList(known)}`,
    part: value,
  };
}

function isHost({ exprKind: kind }: Expr): boolean {
  return kind.case === 'callExpr' && kind.value.function === 'host' && kind.value.target === undefined;
}

/** A text that `host` never returns: it is in lower case, and has neither a scheme nor a port. */
function neverHost(text: string, value: Expr): Mistake | undefined {
  if (host(`x://${text}`) === text) return undefined;
  const flaw = `'host(…)' is never ${quotedName(text)}`;
  const name = host(text) ?? host(`x://${text}`);
  const suffix = /^\*(?<rest>\.[\w.-]+)$/.exec(text)?.groups?.['rest']?.toLowerCase();
  const help = suffix
    ? `for all names below it write \`.endsWith(${JSON.stringify(suffix)})\``
    : name
      ? `write ${JSON.stringify(name)}: the name alone, in lower case`
      : 'write the name alone, in lower case and without a port';
  return { flaw, help, part: value };
}

/** Two values of types that are never equal. */
function neverEqual(left: Expr, right: Expr, typeOf: TypeOf): Mistake | undefined {
  const types = [typeOf(left), typeOf(right)] as const;
  const [one, other] = types.map(kindOfType);
  if (one === undefined || other === undefined || one === other) return undefined;
  const meant = [left, right].flatMap((part) => MEANT[nameOf(part) ?? ''] ?? []);
  const isOfMarks = [left, right].some((part) => toolField(part, typeOf) === 'marks');
  return {
    flaw: `${article(types[0])} is compared with ${article(types[1])}, which are never equal,`,
    help: isOfMarks
      ? `write \`${JSON.stringify(textOf(left) ?? textOf(right) ?? 'overwrites')} in tool.marks\``
      : meant.length > 0
        ? `write ${meant[0]}`
        : types.includes('type')
          ? 'write the type without quotes, such as string, int, double, bool, list or map'
          : CONVERT,
    part: left,
  };
}

/** Types of one kind can be equal. Undefined for those that say too little. */
function kindOfType(known: KnownType): string | undefined {
  if (/^(?:int|uint|double|number)$/.test(known)) return 'number';
  if (known === 'record' || known === 'map') return 'map';
  return /^(?:string|bool|list|timestamp|duration|bytes|type)$/.test(known) ? known : undefined;
}

/** The member of `tool` that an expression is, as it is and with a dot in front; a loop may call something else so. */
function toolField({ exprKind: kind }: Expr, typeOf: TypeOf): string | undefined {
  if (kind.case !== 'selectExpr' || kind.value.testOnly || kind.value.operand === undefined) return undefined;
  const { operand, field } = kind.value;
  return nameOf(operand) === 'tool' && typeOf(operand) === 'record' ? field : undefined;
}

function nameOf({ exprKind: kind }: Expr): string | undefined {
  return kind.case === 'identExpr' ? kind.value.name.replace(/^\./, '') : undefined;
}

function textOf({ exprKind: kind }: Expr): string | undefined {
  if (kind.case !== 'constExpr') return undefined;
  const { case: type, value } = kind.value.constantKind;
  return type === 'stringValue' ? value : undefined;
}
