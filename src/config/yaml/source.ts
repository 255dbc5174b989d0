import { type Document, LineCounter } from 'yaml';
import { isRecord } from '../../core/json/is-record.js';
import type { ExpressionFlaw } from '../../core/policy/conditions/expression.js';
import type { SourcedDocument } from '../../core/policy/document/chain.js';
import type { Path } from '../../core/policy/document/describe-value.js';
import type { Flaw, Part, Place } from '../../core/policy/document/diagnostic.js';
import { diagnosticOf, pointerOf } from '../../core/policy/document/lookup.js';
import { policySchema } from '../../core/policy/document/schema.js';
import { PolicyError } from '../policy-error.js';
import { expressionsIn } from './expressions.js';
import { locator } from './locate.js';
import { parse, TooMuch } from './parse.js';
import { validPart } from './parts/valid-part.js';
import { structureOf } from './structure.js';
import { syntaxErrors } from './syntax.js';

/** A document that was read, and where each of its values is written. */
export interface PolicySource extends SourcedDocument {
  placeOf(path: Path, part?: Part): Place;
}

/**
 * Reads the text of a policy file: YAML or JSON, one strict grammar. Keys are strings, as they are written: `1` and
 * `"1"` are one key, and a key that is written twice is an error.
 * @param within the keys that lead to the policy, for a policy that is a part of another file (package.json)
 * @throws {PolicyError} with all that is wrong, in words of the schema library until it is `explained`
 */
export function readSource(text: string, source: string, within: readonly string[] = []): PolicySource {
  const lines = new LineCounter();
  const parsed = parsedAs(text, lines, source);
  const syntax = syntaxErrors(parsed, text, lines, source);
  if (syntax.length > 0) throw new PolicyError(syntax);
  const structure = structureOf(parsed, text);
  const locate = locator(text, parsed, structure.targets, lines);
  const lineOf = (path: Path) => locate([...within, ...path]).line;
  const placeOf = (path: Path, part?: Part): Place => ({
    source,
    pointer: pointerOf(path),
    ...locate([...within, ...path], part),
    ...(path.length === 0 && { length: undefined }),
  });
  const diagnostic = (flaw: Flaw) =>
    diagnosticOf(flaw, { source, document: { version: 1 }, lineOf, placeOf });
  const structural = structure.flaws
    .filter(({ path }) => within.every((key, index) => path[index] === key))
    .map((flaw) => diagnostic({ ...flaw, path: flaw.path.slice(within.length) }));
  const written = structure.unreadable ?? writtenIn(parsed, within);
  if (!('value' in written))
    throw new PolicyError(structural.length > 0 ? structural : [diagnostic({ ...written, path: [] })]);
  const checked = policySchema.safeParse(written.value);
  const cut = new Set(structure.cut.map((path) => pointerOf(path.slice(within.length))));
  if (structural.length > 0 || !checked.success) {
    const issues = checked.success ? [] : checked.error.issues;
    const original = structuredClone(written.value);
    const isNew = ({ path }: Flaw) => path.at(-1) !== '__proto__' && !cut.has(pointerOf(path));
    const plain = issues.map(({ path, message }) => ({ path: path as Path, message })).filter(isNew);
    const whole = [...expressionsIn(written.value)].filter(({ path }) => !cut.has(pointerOf(path)));
    const unchecked = whole.map(({ source, expected, path }) => ({
      path,
      source,
      expected,
      diagnostic: ({ flaw: message, help, at }: ExpressionFlaw) =>
        diagnostic({ path, message, help, part: at ?? 'value' }),
    }));
    const document = validPart(
      written.value,
      structure.cut.map((path) => path.slice(within.length)),
    );
    const valid = document && { source, document, lineOf, placeOf };
    const error = new PolicyError([...structural, ...plain.map(diagnostic)], unchecked, valid);
    error.explained = (words) => [
      ...structural,
      ...words(issues as never, original)
        .filter(isNew)
        .map(diagnostic),
    ];
    throw error;
  }
  return { source, document: checked.data, lineOf, placeOf };
}

/** @throws {PolicyError} */
function parsedAs(text: string, lines: LineCounter, source: string): Document.Parsed {
  try {
    return parse(text, lines);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    const { message, help, offset } = error;
    const { line, col: column } = lines.linePos(offset);
    throw new PolicyError([
      { severity: 'error', message, help, place: { source, pointer: '', line, column } },
    ]);
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
