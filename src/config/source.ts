import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { PolicyDocument } from '../core/document.js';
import type { Expected } from '../core/expression.js';
import { schemaFlaws } from '../core/flaws.js';
import type { Flaw, SourcedDocument } from '../core/policy.js';
import { policySchema } from '../core/schema.js';
import { PolicyError, type Problem, type UncheckedExpression } from './problem.js';

type Path = readonly (string | number)[];

/** How often aliases may multiply a document before it counts as hostile. */
const MOST_ALIASES = 100;

/** A document that was read, and where each of its values stands. */
export interface PolicySource extends SourcedDocument {
  problem(flaw: Flaw): Problem;
}

/**
 * Reads the text of a policy file: YAML or JSON, one strict grammar.
 * @param within the keys that lead to the policy, for a policy that is a part of another file (package.json)
 * @throws {PolicyError} with all that is wrong
 */
export function readSource(text: string, source: string, within: readonly string[] = []): PolicySource {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const locate = locator(parsed, lines);
  const problem = ({ path, message, help }: Flaw): Problem => {
    const place = locate([...within, ...path]);
    const pointer = path.length === 0 ? '' : `/${path.join('/')}`;
    return { file: source, line: place?.line, column: place?.column, pointer, message, help };
  };
  const syntax = parsed.errors.map(({ message, pos }) => {
    const place = lines.linePos(pos[0]);
    return {
      file: source,
      line: place.line,
      column: place.col,
      pointer: '',
      message: lowerFirst(message),
      help: undefined,
    };
  });
  if (syntax.length > 0) throw new PolicyError(syntax);
  const flaws = [...unsafeKeys(parsed)];
  const document = flaws.length > 0 ? undefined : read(parsed, within, problem);
  const checked = policySchema.safeParse(document);
  if (!checked.success && flaws.length === 0) flaws.push(...schemaFlaws(checked.error.issues, document));
  if (flaws.length > 0 || !checked.success) {
    throw new PolicyError(flaws.map(problem), [...expressionsIn(document, [], problem)]);
  }
  return {
    source,
    document: checked.data as PolicyDocument,
    problem,
    lineOf: (path) => locate([...within, ...path])?.line,
  };
}

function read(parsed: Document.Parsed, within: readonly string[], problem: (flaw: Flaw) => Problem): unknown {
  try {
    const whole: unknown = parsed.toJS({ maxAliasCount: MOST_ALIASES });
    const part = within.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      whole,
    );
    if (typeof part === 'object' && part !== null && !Array.isArray(part)) return part;
  } catch {
    throw new PolicyError([
      problem({
        path: [],
        message: 'the file refers to its own parts too often',
        help: 'write the values out instead of using * aliases',
      }),
    ]);
  }
  throw new PolicyError([
    problem({ path: [], message: 'a policy is a map of keys', help: 'start the file with `version: 1`' }),
  ]);
}

/** JavaScript gives this key a meaning of its own, so a rule written under it could be lost unseen. */
function unsafeKeys(parsed: Document.Parsed): Flaw[] {
  const flaws: Flaw[] = [];
  visit(parsed, {
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === '__proto__')
        flaws.push({
          path: [],
          message: "a key cannot be called '__proto__'",
          help: 'use a glob, such as "__proto?_"',
        });
    },
  });
  return flaws;
}

interface Place {
  line: number;
  column: number;
}

/** Finds where the key (or list element) at a path stands; the closest outer one when the path leads nowhere. */
function locator(parsed: Document.Parsed, lines: LineCounter): (path: Path) => Place | undefined {
  const indexes = new WeakMap<YAMLMap, Map<string, YAMLMap['items'][number]>>();
  return (path) => {
    let node: unknown = parsed.contents;
    let offset = parsed.contents?.range[0];
    for (const key of path) {
      if (isAlias(node)) node = node.resolve(parsed);
      const next = isMap(node)
        ? pairOf(node, String(key), indexes)
        : isSeq(node)
          ? node.items[Number(key)]
          : undefined;
      if (next === undefined) break;
      const at = isPair(next) ? next.key : next;
      offset = (at as { range?: [number, number, number] | null }).range?.[0] ?? offset;
      node = isPair(next) ? next.value : next;
    }
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/** Looked up through an index, since a policy may have ten thousand tools. */
function pairOf(map: YAMLMap, key: string, indexes: WeakMap<YAMLMap, Map<string, YAMLMap['items'][number]>>) {
  let index = indexes.get(map);
  if (index === undefined) {
    index = new Map(map.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]));
    indexes.set(map, index);
  }
  return index.get(key);
}

const EXPECTED: Readonly<Record<string, Expected>> = { when: 'bool', sum: 'number', key: 'any' };

/** The expressions of a document that does not fit the schema. */
function* expressionsIn(
  value: unknown,
  path: Path,
  problem: (flaw: Flaw) => Problem,
): Generator<UncheckedExpression> {
  if (typeof value !== 'object' || value === null || path.includes('tests')) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const expected = EXPECTED[key];
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

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
