import type { Origin } from '../../text/origin.js';
import type { ExtendsChain, SourcedDocument } from './chain.js';
import type { PolicyDocument, SectionDocument } from './document.js';

/** Of the documents of a chain, the most derived one that says something at the path. */
export function closestOwner(
  chain: ExtendsChain,
  path: readonly string[],
): { owner: SourcedDocument; value: unknown } | undefined {
  for (const owner of chain) {
    const value = ownValueAt(owner.document, path);
    if (value !== undefined) return { owner, value };
  }
  return undefined;
}

/** What a document says at a path; undefined where it says nothing. Own keys only: `constructor` is a name like any other. */
export function ownValueAt(
  document: PolicyDocument | SectionDocument,
  path: readonly string[],
): Record<string, unknown> | undefined {
  let value: unknown = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value as Record<string, unknown> | undefined;
}

/** Where a value of a document is written. */
export function originOf(owner: SourcedDocument, path: readonly (string | number)[]): Origin {
  return { pointer: `/${path.join('/')}`, source: owner.source, line: owner.lineOf(path) };
}
