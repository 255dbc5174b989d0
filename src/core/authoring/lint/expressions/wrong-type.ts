import { type ArgumentPath, argumentPath, pathText } from '../../../policy/conditions/argument-path.js';
import type { CheckedFlaw } from '../../../policy/conditions/type-check.js';
import type { Severity } from '../../../policy/document/diagnostic.js';
import { nameList } from '../../../text/name-list.js';
import type { Finding } from '../finding.js';
import type { KnownTool, LintSubject } from '../subject.js';
import { type JsonType, lookUp, possibleTypes } from './argument-types.js';
import { elementOf } from './argument-uses.js';
import { asksForTool } from './no-such-argument.js';
import type { PolicyExpression } from './policy-expressions.js';

/** Expressions that cannot be evaluated with arguments of the types that the server declares. */
export function wrongType(expression: PolicyExpression, { expressions }: LintSubject): Finding[] {
  if (expressions === undefined) return [];
  const flaws = new Map<string, { flaw: CheckedFlaw; tools: KnownTool[] }>();
  const known = new Map<string, CheckedFlaw | undefined>();
  for (const tool of expression.tools) {
    const types = typesFor(tool);
    // Many tools have arguments of the same types.
    const key = expression.uses.map(({ path }) => types(path)).join(' ');
    if (!known.has(key)) known.set(key, flawOf(expression, types, expressions));
    const flaw = known.get(key);
    if (flaw === undefined) continue;
    const found = flaws.get(flaw.flaw) ?? { flaw, tools: [] };
    found.tools.push(tool);
    flaws.set(flaw.flaw, found);
  }
  const wrong = [...flaws.values()].reduce((sum, { tools }) => sum + tools.length, 0);
  const severity = wrong === expression.tools.length ? 'error' : 'info';
  if (severity === 'info' && asksForTool(expression)) return [];
  return [...flaws.values()].map((each) => {
    const { part } = each.flaw;
    const span = part && expressions.spanOf(part, expression.source);
    return { ...finding(expression, each, severity), part: span };
  });
}

type TypesOf = (path: ArgumentPath) => string | undefined;
type Reader = NonNullable<LintSubject['expressions']>;

function flawOf(
  { source, expected, role }: PolicyExpression,
  types: TypesOf,
  reader: Reader,
): CheckedFlaw | undefined {
  const flaw = reader.check(source, expected, {
    typeOf: (part, places) => {
      const path = argumentPath(part, places);
      return path && path.length > 0 ? types(path) : undefined;
    },
    elementOf,
  });
  if (flaw !== undefined || role !== 'key') return flaw;
  const path = argumentPath(reader.parse(source), new Map());
  const type = path && types(path);
  return type === 'list' || type === 'map'
    ? {
        flaw: `${pathText(path ?? [])} is a ${type}, by which nothing can be counted`,
        help: 'name one value of it',
      }
    : undefined;
}

/** The type of a part of a tool's arguments, as conditions know types; undefined where the schema does not say. */
function typesFor({ definition }: KnownTool): TypesOf {
  return (path) => {
    const found = lookUp(definition.inputSchema, path);
    const types = found.is === 'there' ? possibleTypes(found) : undefined;
    types?.delete('null');
    if (types === undefined || types.size === 0) return undefined;
    const names = new Set([...types].map((type) => (Object.hasOwn(NAMES, type) ? NAMES[type] : 'dyn')));
    if ([...names].every((name) => name === 'int' || name === 'number'))
      return names.size === 1 ? [...names][0] : 'number';
    const [only] = names;
    return names.size === 1 && only !== 'dyn' ? only : undefined;
  };
}

const NAMES: Readonly<Record<JsonType, string>> = {
  null: 'null_type',
  boolean: 'bool',
  integer: 'int',
  number: 'number',
  string: 'string',
  array: 'list',
  object: 'map',
};

function finding(
  { failing, origin, tools: all }: PolicyExpression,
  { flaw, tools }: { flaw: CheckedFlaw; tools: readonly KnownTool[] },
  severity: Severity,
): Finding {
  const names = tools.map(({ name }) => name);
  const of = names.length === 1 || names.length < all.length ? nameList(names) : `all ${all.length} tools`;
  return {
    rule: 'wrong-type',
    severity,
    place: origin,
    message: `${flaw.flaw} with the arguments of ${of}, and ${failing}`,
    help: flaw.help ?? 'compare values of one type',
    tools: names,
  };
}
