import type { Origin } from '../../text/origin.js';
import type { ExtendsChain, SourcedDocument } from './chain.js';
import type { Path } from './describe-value.js';
import type { Diagnostic, Flaw, Part } from './diagnostic.js';
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
export function originOf(owner: SourcedDocument, path: Path): Origin {
  return { pointer: pointerOf(path), source: owner.source, line: owner.lineOf(path) };
}

/** A path as people read it; see `Origin`. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${key}`).join('');
}

/** What is wrong with the values of a document, with the place where they are written. */
export function diagnosticOf({ path, part, message, help }: Flaw, owner: SourcedDocument): Diagnostic {
  const place = owner.placeOf?.(path, part) ?? originOf(owner, path);
  return { severity: 'error', message, help, place };
}

/** Keys whose values are expressions: of those, the value is to blame. */
const EXPRESSION = /\/(?:when|key|sum)$/;

/** A diagnostic about a compiled rule, which knows only its line, with the exact place. */
export function placed<Kind extends Diagnostic & { part?: Part | undefined }>(
  diagnostic: Kind,
  documents: readonly SourcedDocument[],
): Kind {
  const { place } = diagnostic;
  if (place === undefined || place.column !== undefined) return diagnostic;
  const owner = documents.find(({ source }) => source === place.source);
  const path = owner && pathTo(place.pointer, owner.document);
  const part = diagnostic.part ?? (EXPRESSION.test(place.pointer) ? 'value' : 'key');
  const exact = path && owner.placeOf?.(path, part);
  return exact ? { ...diagnostic, place: exact } : diagnostic;
}

/** The path that a pointer means. It has no escapes, so keys with a slash are found by what the document says. */
function pathTo(pointer: string, value: unknown): string[] | undefined {
  if (pointer === '') return [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (!`${pointer}/`.startsWith(`/${key}/`)) continue;
    const rest = pathTo(pointer.slice(key.length + 1), inner);
    if (rest) return [key, ...rest];
  }
  return undefined;
}
