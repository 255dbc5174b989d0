import type { Path } from './describe-value.js';
import type { Part, Place } from './diagnostic.js';
import type { PolicyDocument } from './document.js';

/** A policy file after its text was read and found to fit the schema. */
export interface SourcedDocument {
  source: string;
  document: PolicyDocument;
  /** The line on which the value at a path is written, counted from 1. */
  lineOf(path: Path): number | undefined;
  /** Where exactly it is written. Without this, diagnostics only know the line. */
  placeOf?(path: Path, part?: Part): Place;
}

/** A policy file followed by what it extends: the file itself first. */
export type ExtendsChain = readonly [SourcedDocument, ...SourcedDocument[]];
