import type { Expr } from '../../../policy/conditions/syntax.js';
import type { Action } from '../../../policy/document/document.js';
import { type Foreign, foreignList, foreignText, isForeign } from '../foreign-policy.js';
import type { ListedRule, RuleList } from './rule-list.js';

/** Reads an expression of CEL; throws where it is none. */
export type ReadExpression = (source: string) => Expr;

interface Written {
  source: string;
  kind: 'allow' | 'deny' | 'require';
}

/** The rules of `mcpAuthorization`, wherever in a config of agentgateway they are. */
export function gatewayRules(document: unknown): Written[] {
  if (Array.isArray(document)) return document.flatMap(gatewayRules);
  if (!isForeign(document)) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    key === 'mcpAuthorization' && isForeign(value)
      ? foreignList(value['rules']).flatMap(writtenRule)
      : gatewayRules(value),
  );
}

function writtenRule(rule: unknown): Written[] {
  const plain = foreignText(rule);
  if (plain !== undefined) return [{ source: plain, kind: 'allow' }];
  if (!isForeign(rule)) return [];
  return (['allow', 'deny', 'require'] as const).flatMap((kind) => {
    const source = foreignText(rule[kind]);
    return source === undefined ? [] : [{ source, kind }];
  });
}

/**
 * Rules in CEL as agentgateway takes them: a call needs one that allows it, and none that denies.
 * https://agentgateway.dev/docs/mcp/mcp-authz/
 */
export function gatewayPolicy(document: Foreign, read: ReadExpression): RuleList {
  const written = gatewayRules(document);
  const required = written.filter(({ kind }) => kind === 'require').length;
  return {
    product: 'agentgateway',
    rules: written.flatMap(({ source, kind }) =>
      kind === 'require' ? [unknown('deny', source)] : rulesOf(source, kind, read),
    ),
    // Without a rule that allows, whether the rest passes depends on the version.
    fallback: written.some(({ kind }) => kind === 'allow') ? 'deny' : 'require_approval',
    notes:
      required > 0
        ? ['what `require` asks for cannot be said here, so a person is asked about each call']
        : [],
  };
}

function rulesOf(source: string, action: Action, read: ReadExpression): ListedRule[] {
  let subjects: Subject[] | undefined;
  try {
    subjects = subjectsOf(read(source));
  } catch {
    subjects = undefined;
  }
  if (subjects === undefined) return [unknown(action, source)];
  return subjects.map(({ server, tool = '*', more }) => ({
    server,
    tool,
    action,
    priority: action === 'deny' ? 1 : 0,
    ...(more && { condition: `\`${source}\` holds` }),
  }));
}

/** A rule of which not even the tool can be told: a refusal may be about any. */
function unknown(action: Action, source: string): ListedRule {
  return {
    server: undefined,
    tool: '*',
    action,
    priority: action === 'deny' ? 1 : 0,
    condition: `\`${source}\` holds`,
  };
}

/** What an expression says of a call: which server and tool, and whether more than that. */
interface Subject {
  server?: string | undefined;
  tool?: string | undefined;
  more?: boolean;
}

/** The calls for which an expression may hold, one for each side of an `||`; undefined where that cannot be told. */
function subjectsOf({ exprKind: kind }: Expr): Subject[] | undefined {
  if (kind.case !== 'callExpr') return undefined;
  const { function: name, args, target } = kind.value;
  const [left, right] = args;
  if (name === '_||_' && left && right) {
    const [one, other] = [subjectsOf(left), subjectsOf(right)];
    return one && other && [...one, ...other];
  }
  if (name === '_&&_' && left && right) return both(subjectsOf(left), subjectsOf(right));
  const swapped = name === '_==_' && fieldOf(left) === undefined;
  const field = fieldOf(swapped ? right : (target ?? left));
  const value = swapped || target ? left : right;
  if (field === undefined || value === undefined) return undefined;
  if (name === '_==_') return textsIn(value)?.map((text) => literal(field, text));
  if (name === '@in' || name === '_in_') return textsIn(value)?.map((text) => literal(field, text));
  if (field === 'tool' && (name === 'startsWith' || name === 'endsWith' || name === 'contains'))
    return textsIn(value)?.map((text) => {
      const glob = { startsWith: `${text}*`, endsWith: `*${text}`, contains: `*${text}*` }[name];
      return text.includes('*') ? { more: true } : { tool: glob };
    });
  return undefined;
}

function literal(field: 'tool' | 'server', text: string): Subject {
  return text.includes('*') ? { more: true } : { [field]: text };
}

/** What both say. Where one of them cannot be told, the other still says which tools it is about. */
function both(one: Subject[] | undefined, other: Subject[] | undefined): Subject[] | undefined {
  if (one === undefined || other === undefined)
    return (one ?? other)?.map((each) => ({ ...each, more: true }));
  return one.flatMap((left) =>
    other.map((right) => {
      const conflicts = (['server', 'tool'] as const).some(
        (key) => left[key] !== undefined && right[key] !== undefined,
      );
      return { ...left, ...right, more: (left.more || right.more || conflicts) ?? false };
    }),
  );
}

/** `mcp.tool.name` and `mcp.tool.target`. */
function fieldOf(expression: Expr | undefined): 'tool' | 'server' | undefined {
  const names: string[] = [];
  for (let at = expression; at !== undefined; ) {
    const { exprKind: kind } = at;
    if (kind.case === 'identExpr') {
      names.unshift(kind.value.name);
      break;
    }
    if (kind.case !== 'selectExpr' || kind.value.testOnly) return undefined;
    names.unshift(kind.value.field);
    at = kind.value.operand as Expr;
  }
  const path = names.join('.');
  return path === 'mcp.tool.name' ? 'tool' : path === 'mcp.tool.target' ? 'server' : undefined;
}

/** One text, or those of a list; undefined for anything else. */
function textsIn({ exprKind: kind }: Expr): string[] | undefined {
  if (kind.case === 'constExpr')
    return kind.value.constantKind.case === 'stringValue' ? [kind.value.constantKind.value] : undefined;
  if (kind.case !== 'listExpr') return undefined;
  const texts = kind.value.elements.map((element) => textsIn(element as Expr)?.[0]);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
