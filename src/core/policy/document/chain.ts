import type { PolicyDocument } from './document.js';

/** A policy file after its text was read and found to fit the schema. */
export interface SourcedDocument {
  /** The file as people call it: it appears in flaws, and in the rules of decisions. */
  source: string;
  document: PolicyDocument;
  /** The line of the value at a path, counted from 1; undefined where there are no lines, in a policy made by code. */
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/** A policy file followed by what it extends: the file itself first. */
export type ExtendsChain = readonly [SourcedDocument, ...SourcedDocument[]];

/** One thing that is wrong with a policy: where, what, and what to do about it. */
export interface Flaw {
  /** The keys and indexes that lead to it; empty for the whole document. */
  path: readonly (string | number)[];
  message: string;
  help?: string | undefined;
}

/** A flaw together with the document that has it. */
export interface SourcedFlaw extends Flaw {
  source: string;
}
