import { type Document, LineCounter, parseDocument } from 'yaml';
import type { PolicyDocument } from '../core/document.js';
import type { Expected } from '../core/expression.js';
import { schemaFlaws } from '../core/flaws.js';
import type { Flaw, SourcedDocument } from '../core/policy.js';
import { policySchema } from '../core/schema.js';
import { locator } from './locate.js';
import { PolicyError, type Problem, type UncheckedExpression } from './problem.js';
import { structureOf } from './structure.js';
import { syntaxProblems } from './syntax.js';

/** How often aliases may multiply a document before it counts as hostile. */
const MOST_ALIASES = 10_000;

/** A document that was read, and where each of its values stands. */
export interface PolicySource extends SourcedDocument {
  problem(flaw: Flaw): Problem;
}

/**
 * Reads the text of a policy file: YAML or JSON, one strict grammar. Keys are texts, as they are written: `1` and
 * `"1"` are one key, and a key that stands twice is an error.
 * @param within the keys that lead to the policy, for a policy that is a part of another file (package.json)
 * @throws {PolicyError} with all that is wrong
 */
export function readSource(text: string, source: string, within: readonly string[] = []): PolicySource {
  const lines = new LineCounter();
  const parsed = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const syntax = syntaxProblems(parsed, text, lines, source);
  if (syntax.length > 0) throw new PolicyError(syntax);
  const structure = structureOf(parsed);
  const locate = locator(parsed, structure.targets, lines);
  const problem = ({ path, message, help }: Flaw): Problem => {
    const { line, column } = locate([...within, ...path]);
    const pointer = path.length === 0 ? '' : `/${path.join('/')}`;
    return { file: source, line, column, pointer, message, help };
  };
  const structural = structure.flaws
    .filter(({ path }) => within.every((key, index) => path[index] === key))
    .map((flaw) => problem({ ...flaw, path: flaw.path.slice(within.length) }));
  const written = structure.readable ? writtenIn(parsed, within) : UNREADABLE;
  if (!('value' in written))
    throw new PolicyError(structural.length > 0 ? structural : [problem({ path: [], ...written })]);
  const checked = policySchema.safeParse(written.value);
  const flaws = checked.success ? [] : schemaFlaws(checked.error.issues, written.value);
  const problems = [...structural, ...flaws.filter(({ path }) => path.at(-1) !== '__proto__').map(problem)];
  if (problems.length > 0 || !checked.success) {
    throw new PolicyError(problems, [...expressionsIn(written.value, [], problem)]);
  }
  return {
    source,
    document: checked.data as PolicyDocument,
    problem,
    lineOf: (path) => locate([...within, ...path]).line,
  };
}

type Unreadable = Omit<Flaw, 'path'>;
const UNREADABLE: Unreadable = {
  message: 'the file refers to its own parts too often',
  help: 'write the values out instead of using * aliases',
};

/** The map of keys that is the policy, or why there is none. */
function writtenIn(
  parsed: Document.Parsed,
  within: readonly string[],
): { value: Record<string, unknown> } | Unreadable {
  let value: unknown;
  try {
    value = parsed.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    return UNREADABLE;
  }
  for (const key of within) value = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isMap(value)
    ? { value }
    : { message: 'a policy is a map of keys', help: 'start the file with `version: 1`' };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const EXPECTED: Readonly<Record<string, Expected>> = { when: 'bool', sum: 'number', key: 'any' };

/** Their keys are names that people chose, such as a tool that is called `key`. */
const NAMED = new Set<unknown>(['tools', 'resources', 'prompts', 'methods', 'servers']);

/** The expressions of a document that does not fit the schema. */
function* expressionsIn(
  value: unknown,
  path: readonly (string | number)[],
  problem: (flaw: Flaw) => Problem,
): Generator<UncheckedExpression> {
  if (typeof value !== 'object' || value === null || path[0] === 'tests') return;
  const named = NAMED.has(path.at(-1)) && path.length % 2 === 1;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const expected = !named && Object.hasOwn(EXPECTED, key) ? EXPECTED[key] : undefined;
    if (typeof inner !== 'string') yield* expressionsIn(inner, at, problem);
    else if (expected) {
      yield {
        source: inner,
        expected,
        problem: ({ flaw, help }) => problem({ path: at, message: flaw, help }),
      };
    }
  }
}
