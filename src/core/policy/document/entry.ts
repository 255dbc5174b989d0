import type { ExtendsChain, SourcedDocument } from './chain.js';
import type { EntryDocument, ToolEntryDocument, WrittenCategory } from './document.js';
import { ownValueAt } from './lookup.js';

type Written = EntryDocument | ToolEntryDocument;

/** The parts of an entry: actions and rules. */
export function rulesOf<Entry extends Written>(entry: Entry): Exclude<Entry, readonly unknown[]>[] {
  return (Array.isArray(entry) ? entry : [entry]) as Exclude<Entry, readonly unknown[]>[];
}

/**
 * The documents of a chain that say together what an entry says, the closest first. Up to the first that gives an action: one without
 * any adds its limits, and leaves the decision to what it extends.
 */
export function ownersOf(
  chain: ExtendsChain,
  path: readonly string[],
): { owner: SourcedDocument; value: Written }[] {
  const owners: { owner: SourcedDocument; value: Written }[] = [];
  for (const owner of chain) {
    const value = ownValueAt(owner.document, path) as Written | undefined;
    if (value === undefined) continue;
    owners.push({ owner, value });
    if (givesAction(value)) break;
  }
  return owners;
}

/** One entry that says what an entry and the one that it extends say together. */
export function extendEntry<Entry extends Written>(own: Entry, base: Entry | undefined): Entry {
  if (base === undefined || givesAction(own)) return own;
  const ownParts = rulesOf(own).filter(saysSomething);
  const named = ownParts.some((part) => categoryIn(part) !== undefined);
  const baseParts = rulesOf(base).flatMap((part) => (named ? withoutCategory(part) : [part]));
  const [only, ...more] = [...ownParts, ...baseParts];
  return (more.length === 0 && only !== undefined ? only : [only, ...more].filter(Boolean)) as Entry;
}

/** What a part of an entry says that its tools do. */
export function categoryIn(part: unknown): WrittenCategory | undefined {
  return typeof part === 'object' && part !== null
    ? (part as { category?: WrittenCategory }).category
    : undefined;
}

function givesAction(entry: Written): boolean {
  return rulesOf(entry).some((part) => typeof part === 'string' || part.action !== undefined);
}

function saysSomething(part: string | object): boolean {
  return typeof part === 'string' || Object.keys(part).length > 0;
}

function withoutCategory<Part extends string | object>(part: Part): Part[] {
  if (typeof part === 'string') return [part];
  const rest = Object.fromEntries(Object.entries(part).filter(([key]) => key !== 'category')) as Part;
  return saysSomething(rest) ? [rest] : [];
}
