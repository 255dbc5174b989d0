import { fold } from '../../text/fold.js';
import { byCloseness, matches, pattern } from '../../text/glob.js';
import { type Category, type Classification, isWorse } from '../../tools/category.js';
import { classify } from '../../tools/classify/classify.js';
import { isLifecycle } from '../../wire/methods.js';
import { restricts } from '../compile/late-entry.js';
import type { Entry, EntryTable, Layer, Rule, Section } from '../compile/policy.js';
import { classOf, worstCategory } from '../compile/written-category.js';
import { normalPatterns, uriReadings } from '../conditions/uri/uri-readings.js';
import type { WrittenCategory } from '../document/document.js';
import type { Call, CallKind } from './call.js';

/** What a policy says of one name before any argument is looked at. */
export interface Resolution {
  /** What names it, the closest first: the first whose rules apply decides. */
  entries: readonly ResolutionStep[];
  /** What the policy itself says that the tool does. */
  category: WrittenCategory | undefined;
  /** A restricted name that this one resembles without being named by it. */
  lookalike: Entry | undefined;
}

export interface ResolutionStep {
  how: 'entry' | 'category' | 'default';
  rules: readonly Rule[];
}

/** Names come from the agent, so what is remembered of them is bounded. */
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 300;
const remembered = new WeakMap<Layer, Map<string, Resolution>>();
const rests = new WeakMap<Layer, Map<WrittenCategory, readonly ResolutionStep[]>>();
const classes = new Map<string, Classification>();

/** What a call says of itself as far as rules are found by it. */
export type Named = Pick<Call, 'kind' | 'name' | 'classification' | 'hasWorsened'>;

/** Looks a name up in one layer. Remembered, so that a call costs the same with ten rules and with ten thousand. */
export function resolve(layer: Layer, kind: CallKind, name: string): Resolution {
  const known = remembered.get(layer) ?? new Map<string, Resolution>();
  remembered.set(layer, known);
  return remember(known, `${kind} ${name}`, () => lookUp(layer, kind, name));
}

/** What a layer takes a tool for: what it says itself counts, else what is known of the tool. */
export function classIn(
  layer: Layer,
  { category }: Resolution,
  { classification }: Named,
): Pick<Classification, 'category' | 'risk' | 'known'> {
  return category ? classOf(category) : classification(layer.trustsAnnotations);
}

/**
 * Whether a category that the layer says no longer makes the tool milder: it was said of another definition. The stricter of what
 * holds with it and without it counts then.
 */
export function isOutdated(layer: Layer, { category }: Resolution, named: Named): boolean {
  if (category === undefined || named.hasWorsened === undefined) return false;
  const found = named.classification(layer.trustsAnnotations);
  return isWorse(found.category, classOf(category).category) && named.hasWorsened(layer);
}

/** What is looked at where no entry decides: the rules of the tool's category, and the default. Where nothing is known of the tool, only the default. */
export function restOf(layer: Layer, resolution: Resolution, named: Named): readonly ResolutionStep[] {
  if (named.kind !== 'tool') return [];
  const { category, known } = classIn(layer, resolution, named);
  const remembering = rests.get(layer) ?? new Map<WrittenCategory, readonly ResolutionStep[]>();
  rests.set(layer, remembering);
  return remember(remembering, known ? category : 'unknown', () => [
    ...(known ? categorySteps(layer.sections, category) : []),
    ...defaultSteps(layer.sections),
  ]);
}

/** All that is looked at, in this order. */
export function stepsOf(layer: Layer, named: Named): readonly ResolutionStep[] {
  const resolution = resolve(layer, named.kind, named.name);
  return [...resolution.entries, ...restOf(layer, resolution, named)];
}

/** What the tool does, judged by its name. */
export function classifyName(name: string): Classification {
  return remember(classes, name, () => classify({ name }));
}

function remember<K extends string, T>(known: Map<K, T>, key: K, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (key.length > LONGEST_REMEMBERED) return made;
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, made);
  return made;
}

function lookUp(layer: Layer, kind: CallKind, name: string): Resolution {
  const exactOnly = kind === 'method' && isLifecycle(name);
  const tables = layer.sections.map((section) => {
    const table = section[`${kind}s`];
    return exactOnly ? { ...table, globs: [] } : table;
  });
  const groups = tables.flatMap((table) => naming(table, name));
  return {
    entries: groups.flatMap((entries) => {
      const rules = entries.flatMap((entry) => entry.rules);
      return rules.length > 0 ? [{ how: 'entry', rules } as const] : [];
    }),
    category: groups
      .map((entries) => worstCategory(entries.map(({ category }) => category)))
      .find((category) => category !== undefined),
    lookalike: kind === 'resource' ? undefined : lookalikeOf(tables, name),
  };
}

const normalised = new WeakMap<Layer, readonly EntryTable[]>();

/** A URI as some server may read it, and what the policy says of that. */
export interface Reading {
  uri: string;
  resolution: Resolution;
}

/**
 * What is said of a URI in the ways in which servers may read it. Patterns are read in the same way. A URI that an entry names to the letter
 * is meant as it is written.
 */
export function resolveReadings(layer: Layer, uri: string): readonly Reading[] {
  if (layer.sections.every(({ resources: { exact, globs } }) => exact.size + globs.length === 0)) return [];
  if (layer.sections.some(({ resources }) => resources.exact.get(uri)?.rules.some(isCertain))) return [];
  const tables = normalised.get(layer) ?? layer.sections.map(({ resources }) => normalTable(resources));
  normalised.set(layer, tables);
  return uriReadings(uri).map((reading) => ({ uri: reading, resolution: resolveReading(tables, reading) }));
}

/** Characters of a URI that are compared without regard to case: no file has a longer path on any system of today. */
const LONGEST_FOLDED = 8_192;

function resolveReading(tables: readonly EntryTable[], uri: string): Resolution {
  const groups = tables.flatMap((table) => naming(table, uri));
  return {
    entries: groups.map((entries) => ({ how: 'entry', rules: entries.flatMap(({ rules }) => rules) })),
    category: undefined,
    lookalike: lookalikeOf(tables, uri, { longest: LONGEST_FOLDED }) ?? respelled(tables, uri),
  };
}

function normalTable({ exact, globs }: EntryTable): EntryTable {
  const entries = [...exact.values(), ...globs].flatMap((entry) =>
    normalPatterns(entry.pattern.text).map((text) => ({ ...entry, pattern: pattern(text) })),
  );
  return {
    exact: new Map(),
    globs: entries.sort((left, right) => byCloseness(left.pattern, right.pattern)),
    restricting: entries
      .filter(restricts)
      .map((entry) => ({ folded: pattern(fold(entry.pattern.text)), entry })),
  };
}

/** Globs that are equally close have no order, so they count as one entry: all their rules are looked at together. */
function naming(table: EntryTable, name: string): Entry[][] {
  const exact = table.exact.get(name);
  const entries = [...(exact ? [exact] : []), ...table.globs.filter((entry) => matches(entry.pattern, name))];
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.[0] && byCloseness(last[0].pattern, entry.pattern) === 0) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function categorySteps(sections: readonly Section[], category: Category): ResolutionStep[] {
  return sections.flatMap(({ categories }) => {
    const rules = categories.get(category);
    return rules ? [{ how: 'category', rules } as const] : [];
  });
}

function defaultSteps(sections: readonly Section[]): ResolutionStep[] {
  return sections.flatMap(({ default: rules }) => (rules ? [{ how: 'default', rules } as const] : []));
}

/**
 * A server may treat `Delete_Broker` or a full-width lookalike as `delete_broker`. Names are normalised for
 * refusing only: never does a name gain anything by resembling one that is allowed. A name that an entry as close as
 * the restricted one gives itself is not a lookalike, so a policy may name `*delete*` and `*Delete*`.
 */
function lookalikeOf(
  tables: readonly EntryTable[],
  name: string,
  compared?: { readonly longest: number },
): Entry | undefined {
  if (tables.some((table) => table.exact.has(name))) return undefined;
  const folded = fold(name, compared);
  for (const table of tables) {
    const named = table.globs.find((entry) => matches(entry.pattern, name) && entry.rules.some(isCertain));
    const lookalike = table.restricting.find(
      ({ folded: restricted, entry }) =>
        (named === undefined || byCloseness(entry.pattern, named.pattern) < 0) &&
        matches(restricted, folded) &&
        !matches(entry.pattern, name),
    );
    if (lookalike) return lookalike.entry;
    if (named) return undefined;
  }
  return undefined;
}

/** A URI that a restricting entry does not match, and does without its port or its last slashes: servers may look at neither. */
function respelled(tables: readonly EntryTable[], uri: string): Entry | undefined {
  const [bare = ''] = /^[^?#]*/.exec(uri) ?? [];
  const others = [uri, bare].flatMap((text) => {
    const closed = withoutLastSlashes(text);
    return [closed, closed.replace(/^([^/]*:\/\/[^/]*?):\d+(?=\/|$)/, '$1')];
  });
  return tables
    .flatMap(({ restricting }) => restricting)
    .find(
      ({ entry }) =>
        !matches(entry.pattern, uri) &&
        others.some((other) => other !== uri && matches(entry.pattern, other)),
    )?.entry;
}

/** Not by `/+$`, which looks at each slash again for every slash before it. */
function withoutLastSlashes(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '/') end--;
  return text.slice(0, end);
}

/** Decides whatever the arguments are, so that nothing after it is looked at. */
export function isCertain({ when, action }: Rule): boolean {
  return when === undefined && action !== undefined;
}
