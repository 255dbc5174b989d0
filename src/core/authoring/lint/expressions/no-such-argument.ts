import { type ArgumentPath, pathText } from '../../../policy/conditions/argument-path.js';
import { suggest } from '../../../text/did-you-mean.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import type { Span } from '../../../text/origin.js';
import { counted } from '../../../text/plural.js';
import type { Finding } from '../finding.js';
import type { KnownTool, LintSubject } from '../subject.js';
import { type Lookup, lookUp } from './argument-types.js';
import type { ArgumentUse } from './argument-uses.js';
import type { PolicyExpression } from './policy-expressions.js';

/**
 * Arguments that an expression reads and no tool has that it is about. What is after `has()` may be there for other
 * tools, since conditions are shared: then only a name that looks misspelt is told, or one that no tool of the server has.
 */
export function noSuchArgument(expression: PolicyExpression, subject: LintSubject): Finding[] {
  const paths = new Map(expression.uses.map(({ path }) => [pathText(path), path]));
  const told = new Set<string>();
  return [...paths.values()].flatMap((path) =>
    findings(path, expression, subject).filter(({ message }) => !told.has(message) && told.add(message)),
  );
}

type Absent = Extract<Lookup, { is: 'absent' }>;

function findings(path: ArgumentPath, expression: PolicyExpression, subject: LintSubject): Finding[] {
  const { tools, uses } = expression;
  const lacking = tools.flatMap((tool) => {
    const found = lookUp(tool.definition.inputSchema, path);
    return found.is === 'absent' ? [{ tool, found }] : [];
  });
  const [first] = lacking;
  if (first === undefined) return [];
  const part = first.found.at.length === path.length ? spanOf(path, expression, subject) : undefined;
  const isGuarded = uses.some((use) => use.asked && leadsTo(use, path));
  if (lacking.length < tools.length)
    return isGuarded || asksForTool(expression)
      ? []
      : [
          {
            ...someLack(
              lacking.map(({ tool }) => tool),
              first.found,
              expression,
            ),
            part,
          },
        ];
  const close = meant(
    lacking.map(({ found }) => found),
    first.found.at,
    isGuarded ? uses : [],
  );
  if (isGuarded && close === undefined && (isAlternative(first.found, uses) || isElsewhere(path, subject)))
    return [];
  return [{ ...allLack(first.found, { expression, close, isGuarded }), part }];
}

/** Where the expression reads exactly that. */
function spanOf(
  path: ArgumentPath,
  { uses, source }: PolicyExpression,
  { expressions }: LintSubject,
): Span | undefined {
  const use = uses.find((each) => each.path.length === path.length && leadsTo(each, path));
  return use?.part && expressions?.spanOf(use.part, source);
}

/** `tool.name == "x" && args.y` is not about the arguments of others. */
export function asksForTool({ source }: PolicyExpression): boolean {
  return /\btool\b/.test(source);
}

function leadsTo({ path }: ArgumentUse, to: ArgumentPath): boolean {
  return path.length <= to.length && path.every((step, index) => step === to[index]);
}

/** A server may declare any number. */
const MOST_NAMES = 1_000;

/** A declared name that is much like it and that is not read anyway. */
function meant(
  lacking: readonly Absent[],
  at: ArgumentPath,
  uses: readonly ArgumentUse[],
): string | undefined {
  const name = at.at(-1);
  const read = namesRead(at, uses);
  const names = [...new Set(lacking.flatMap(({ names }) => names))]
    .filter((each) => !read.has(each))
    .slice(0, MOST_NAMES);
  return typeof name === 'string' ? suggest(name, names) : undefined;
}

/** Whether the expression reads the same by its right name too. */
function isAlternative({ at, names }: Absent, uses: readonly ArgumentUse[]): boolean {
  const read = namesRead(at, uses);
  return (
    suggest(
      String(at.at(-1)),
      names.filter((name) => read.has(name)),
    ) !== undefined
  );
}

/** What the expression reads beside the last step of a path. */
function namesRead(at: ArgumentPath, uses: readonly ArgumentUse[]): Set<unknown> {
  const beside = uses.filter(({ path }) => leadsTo({ path: at.slice(0, -1), asked: false }, path));
  return new Set(beside.map(({ path }) => path[at.length - 1]));
}

function isElsewhere(path: ArgumentPath, { tools }: LintSubject): boolean {
  return tools.some(({ definition }) => lookUp(definition.inputSchema, path).is === 'there');
}

function allLack(
  { at, names }: Absent,
  {
    expression,
    close,
    isGuarded,
  }: { expression: PolicyExpression; close: string | undefined; isGuarded: boolean },
): Finding {
  const { tools, failing, origin, isMeant } = expression;
  const has =
    tools.length === 1 ? `${quotedName(tools[0]?.name ?? '')} has no` : `none of ${namesOf(tools)} has an`;
  return {
    rule: 'no-such-argument',
    severity: !isGuarded ? 'error' : isMeant ? 'warning' : 'info',
    place: origin,
    message: `${has} argument ${quotedName(nameOf(at))}${isGuarded ? ', so it is never there' : `, and ${failing}`}`,
    help: close
      ? `did you mean ${quotedName(nameOf([...at.slice(0, -1), close]))}?`
      : names.length > 0
        ? `there ${names.length === 1 ? 'is' : 'are'} ${nameList(names)}`
        : 'it takes no arguments',
    tools: tools.map(({ name }) => name),
  };
}

function someLack(lacking: readonly KnownTool[], { at }: Absent, expression: PolicyExpression): Finding {
  const { failing, origin, tools, source, role } = expression;
  const isCertain = role !== 'condition' && !/\?|&&|\|\|/.test(source);
  return {
    rule: 'argument-of-some',
    severity: isCertain ? 'warning' : 'info',
    place: origin,
    message: `${lacking.length} of the ${counted(tools.length, 'tool')} that this is about ${lacking.length === 1 ? 'has' : 'have'} no argument ${quotedName(nameOf(at))}, and ${failing}: ${nameList(lacking.map(({ name }) => name))}`,
    help: `ask for it first, as in \`has(${pathText(at)})\`, where that is not meant`,
    tools: lacking.map(({ name }) => name),
  };
}

function namesOf(tools: readonly KnownTool[]): string {
  return `the ${tools.length} tools that this is about`;
}

/** A path without the variable in front, as the server would call it. */
function nameOf(path: ArgumentPath): string {
  return pathText(path).replace(/^args\.?/, '');
}
