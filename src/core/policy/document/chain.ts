import type { Path } from './describe-value.js';
import type { Part, Place } from './diagnostic.js';
import type { PolicyDocument } from './document.js';

/** A policy file after its text was read and found to fit the schema. */
export interface SourcedDocument {
  /** The file as people call it: it appears in flaws, and in the rules of decisions. */
  source: string;
  document: PolicyDocument;
  /** The line of the value at a path, counted from 1; undefined where there are no lines, in a policy made by code. */
  lineOf(path: Path): number | undefined;
  /** Where exactly it is written. Without this, diagnostics only know the line. */
  placeOf?(path: Path, part?: Part): Place;
}

/** A policy file followed by what it extends: the file itself first. */
export type ExtendsChain = readonly [SourcedDocument, ...SourcedDocument[]];
