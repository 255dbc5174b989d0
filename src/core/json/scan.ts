import type { JsonNode } from './node.js';
import { Scanner } from './scanner.js';
import { Unreadable } from './unreadable.js';

/** Why a text does not have exactly one reading. */
export interface JsonFlaw {
  /** One phrase: `duplicate key "name"`. */
  flaw: string;
  /** Offset in the text, in UTF-16 code units. */
  at: number;
  /**
   * Present where the text is JSON by RFC 8259 and parsers may still read it differently, and no key of the
   * outermost object is given twice. It serves to answer the sender, never to forward.
   */
  root?: JsonNode | undefined;
  /** Whether the text is not JSON at all (RFC 8259). */
  malformed: boolean;
}

export interface ScanOptions {
  /** How many levels of objects and arrays are described by nodes; 0 describes the outermost value only. */
  keep?: number;
  /** Whether arrays within these levels list their elements. True unless told otherwise. */
  elements?: boolean;
  /** How many elements of an array are listed at most: an array of numbers takes fifty times its length otherwise. */
  mostElements?: number;
  /** How many objects and arrays may be within each other. */
  maxDepth?: number;
}

/** The levels of nesting that are proved unless told otherwise; recursion stays far from the end of the stack. */
export const MAX_DEPTH = 256;

/**
 * Proves that a text has one reading for every JSON parser: the grammar of RFC 8259 to the letter, and beyond it
 * no key twice in an object (after unescaping, at any depth), no lone surrogate, no deep nesting, and no line
 * end outside of strings. Takes one pass.
 */
export function scanJson(text: string, options: ScanOptions = {}): JsonNode | JsonFlaw {
  const {
    keep = 0,
    elements = true,
    mostElements = Number.POSITIVE_INFINITY,
    maxDepth = MAX_DEPTH,
  } = options;
  const scanner = new Scanner(text, { keep, elements, mostElements, maxDepth });
  try {
    const root = scanner.document();
    const { doubt, rootInDoubt } = scanner;
    return doubt ? { ...doubt, malformed: false, root: rootInDoubt ? undefined : root } : root;
  } catch (error) {
    if (error instanceof Unreadable) return { flaw: error.flaw, at: error.at, malformed: error.malformed };
    throw error;
  }
}

export function isFlaw(scanned: JsonNode | JsonFlaw): scanned is JsonFlaw {
  return 'flaw' in scanned;
}

/** In a text of this length, a longer value is copied: a slice would keep the whole text in memory. */
const LONG_TEXT = 4096;
const SHORT_VALUE = 12;

/** The unescaped value of a string node. */
export function stringValue(text: string, node: JsonNode): string {
  const value = text.slice(node.start + 1, node.end - 1);
  const isSmall = value.length <= SHORT_VALUE || text.length < LONG_TEXT;
  return isSmall && !value.includes('\\') ? value : (JSON.parse(text.slice(node.start, node.end)) as string);
}

/** The value of a node that is a string; undefined for all others. */
export function stringOf(text: string, node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? stringValue(text, node) : undefined;
}

/** A member whose value is not null: where a member may be absent, a null says that it is. */
export function present(node: JsonNode | undefined): JsonNode | undefined {
  return node?.kind === 'null' ? undefined : node;
}

/** A parser that finds a flaw makes an error with a stack, which takes as long as the scan of a text of this length. Characters. */
const LONGER_THAN_ERROR = 256;

/** Whether JSON parsers take it at all. */
export function isJson(text: string): boolean {
  const scanned = text.length <= LONGER_THAN_ERROR ? scanJson(text) : undefined;
  if (scanned && (!isFlaw(scanned) || scanned.malformed)) return !isFlaw(scanned);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
