import { pathText } from '../../../policy/conditions/argument-path.js';
import { suggest } from '../../../text/did-you-mean.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import type { Finding } from '../finding.js';
import type { KnownTool } from '../subject.js';
import { type JsonType, lookUp, possibleTypes, possibleValues, typeOfValue } from './argument-types.js';
import type { ArgumentComparison, Literals } from './argument-uses.js';
import { asksForTool } from './no-such-argument.js';
import type { PolicyExpression } from './policy-expressions.js';

type Literal = Literals[number];

/** Comparisons with values that an argument cannot have: of another type, or none of those that the server names. */
export function wrongValue(expression: PolicyExpression): Finding[] {
  return expression.comparisons.flatMap((comparison) => {
    const known = expression.tools.map((tool) => knownOf(tool, comparison));
    return comparison.values.flatMap((value) => [
      ...ofAnotherType(value, comparison, known, expression),
      ...notAmong(value, comparison, known, expression),
    ]);
  });
}

/** What a tool says of the part of its arguments that is compared. */
interface Known {
  tool: KnownTool;
  types: ReadonlySet<JsonType> | undefined;
  values: ReadonlySet<unknown> | undefined;
}

function knownOf(tool: KnownTool, { path }: ArgumentComparison): Known {
  const found = lookUp(tool.definition.inputSchema, path);
  if (found.is !== 'there') return { tool, types: undefined, values: undefined };
  return { tool, types: possibleTypes(found), values: possibleValues(found) };
}

function ofAnotherType(
  value: Literal,
  { path }: ArgumentComparison,
  known: readonly Known[],
  expression: PolicyExpression,
): Finding[] {
  const { failing, origin, tools } = expression;
  const wrong = known.filter(({ types }) => types !== undefined && !mayBe(value, types));
  const [first] = wrong;
  if (first === undefined || value === null) return [];
  if (wrong.length < tools.length && asksForTool(expression)) return [];
  const types = [...(first.types ?? [])].map((type) => WORDS[type] ?? 'something else').join(' or ');
  return [
    {
      rule: 'wrong-type',
      severity: wrong.length === tools.length ? 'error' : 'info',
      place: origin,
      message: `${quotedName(pathText(path))} is ${types} in ${nameList(wrong.map(({ tool }) => tool.name))}, and never ${WORDS[typeOfValue(value)]} such as ${text(value)}; ${failing}`,
      help: `write ${types}`,
      tools: wrong.map(({ tool }) => tool.name),
    },
  ];
}

function mayBe(value: Literal, types: ReadonlySet<JsonType>): boolean {
  const type = typeOfValue(value);
  return types.has(type) || (type === 'number' && types.has('integer'));
}

const WORDS: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'a list',
  object: 'a map',
};

/** Of a list of values, one that the server does not name may be there for other versions, unless it looks misspelt. */
function notAmong(
  value: Literal,
  { path, values }: ArgumentComparison,
  known: readonly Known[],
  { comparisons, origin, isMeant }: PolicyExpression,
): Finding[] {
  const lacking = known.filter(
    (each) =>
      each.values !== undefined &&
      each.types !== undefined &&
      mayBe(value, each.types) &&
      !isAmong(value, each.values),
  );
  if (lacking.length === 0 || lacking.length < known.length || value === null) return [];
  const there = [...new Set(lacking.flatMap((each) => [...(each.values ?? [])]))].map(String);
  const compared = new Set(
    comparisons
      .filter((other) => pathText(other.path) === pathText(path))
      .flatMap((other) => other.values.map(String)),
  );
  // `["force", "FORCE"]` is for servers that do not care about case.
  if (there.some((each) => compared.has(each) && each.toLowerCase() === String(value).toLowerCase()))
    return [];
  const close = suggest(
    String(value),
    there.filter((each) => !compared.has(each)),
  );
  const isDead = close !== undefined || values.every((each) => !there.includes(String(each)));
  return [
    {
      rule: 'no-such-value',
      severity: isDead && isMeant ? 'warning' : 'info',
      place: origin,
      message: `${quotedName(pathText(path))} is never ${text(value)} in ${nameList(lacking.map(({ tool }) => tool.name))}`,
      help: close ? `did you mean ${text(close)}?` : `it is one of ${nameList(there)}`,
      tools: lacking.map(({ tool }) => tool.name),
    },
  ];
}

function isAmong(value: Literal, values: ReadonlySet<unknown>): boolean {
  return values.has(typeof value === 'bigint' ? Number(value) : value);
}

function text(value: Literal): string {
  return typeof value === 'string' ? `"${quotedName(value).slice(1, -1)}"` : String(value);
}
