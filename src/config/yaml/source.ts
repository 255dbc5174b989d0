import { type Document, LineCounter } from 'yaml';
import { isRecord } from '../../core/json/is-record.js';
import type { ExpressionFlaw } from '../../core/policy/conditions/expression.js';
import type { Flaw, SourcedDocument } from '../../core/policy/document/chain.js';
import { policySchema } from '../../core/policy/document/schema.js';
import { schemaFlaws } from '../../core/policy/document/schema-flaws.js';
import { PolicyError, type Problem } from '../problem.js';
import { expressionsIn } from './expressions.js';
import { locator } from './locate.js';
import { parse, TooMuch } from './parse.js';
import { structureOf } from './structure.js';
import { syntaxProblems } from './syntax.js';

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
  const parsed = parsedAs(text, lines, source);
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
  const written = structure.unreadable ?? writtenIn(parsed, within);
  if (!('value' in written))
    throw new PolicyError(structural.length > 0 ? structural : [problem({ path: [], ...written })]);
  const checked = policySchema.safeParse(written.value);
  const flaws = checked.success ? [] : schemaFlaws(checked.error.issues, written.value);
  const problems = [...structural, ...flaws.filter(({ path }) => path.at(-1) !== '__proto__').map(problem)];
  if (problems.length > 0 || !checked.success) {
    const unchecked = [...expressionsIn(written.value)].map(({ source, expected, path }) => ({
      source,
      expected,
      problem: ({ flaw, help }: ExpressionFlaw) => problem({ path, message: flaw, help }),
    }));
    throw new PolicyError(problems, unchecked);
  }
  return {
    source,
    document: checked.data,
    problem,
    lineOf: (path) => locate([...within, ...path]).line,
  };
}

/** @throws {PolicyError} */
function parsedAs(text: string, lines: LineCounter, file: string): Document.Parsed {
  try {
    return parse(text, lines);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    const { line, col: column } = lines.linePos(error.offset);
    throw new PolicyError([{ file, line, column, pointer: '', message: error.message, help: error.help }]);
  }
}

/** The map of keys that is the policy, or why there is none. */
function writtenIn(
  parsed: Document.Parsed,
  within: readonly string[],
): { value: Record<string, unknown> } | Omit<Flaw, 'path'> {
  // Not left to the reader, which does not see what a map of aliases costs: the structure was looked at before.
  let value: unknown = parsed.toJS({ maxAliasCount: -1 });
  for (const key of within) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isRecord(value)
    ? { value }
    : { message: 'a policy is a map of keys', help: 'start the file with `version: 1`' };
}
