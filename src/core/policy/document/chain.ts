import type { PolicyDocument } from './document.js';

/** A policy file after its text was read and found to fit the schema. */
export interface SourcedDocument {
  source: string;
  document: PolicyDocument;
  /** The line on which the value at a path stands, counted from 1. */
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/** A policy file followed by what it extends: the file itself first. */
export type ExtendsChain = readonly [SourcedDocument, ...SourcedDocument[]];

/** One thing that is wrong with a policy: where, what, and what to do about it. */
export interface Flaw {
  path: readonly (string | number)[];
  message: string;
  help?: string | undefined;
}

/** A flaw together with the document that has it. */
export interface SourcedFlaw extends Flaw {
  source: string;
}
