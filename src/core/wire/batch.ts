import { isFlaw, type JsonFlaw, scanJson } from '../json/scan.js';

/** The only revision that has batches; later ones have removed them. */
export const BATCH_VERSION = '2025-03-26';

/** More messages than this in one line are no batch that a client needs, and each costs an answer. */
const MOST_MESSAGES = 1_000;

/** Whether a line is an array, so a batch if it is JSON at all. */
export function looksLikeBatch(text: string): boolean {
  return /^[ \t]*\[/.test(text);
}

/**
 * The messages of a batch as they are written (JSON-RPC 2.0, section 6; MCP 2025-03-26, "Batching"), or why the whole
 * line cannot be read. What each element says is looked at elsewhere. With `doubtful`, ambiguous answers are kept too: alone they
 * would have been forwarded.
 */
export function batchOf(text: string, { doubtful = false } = {}): string[] | JsonFlaw {
  const scanned = scanJson(text, { keep: 1, mostElements: MOST_MESSAGES + 1 });
  const root = isFlaw(scanned) ? (doubtful && scanned.root) || undefined : scanned;
  if (root === undefined) return scanned as JsonFlaw;
  const { elements = [] } = root;
  const flaw = (why: string): JsonFlaw => ({ flaw: why, at: 0, malformed: false });
  if (elements.length === 0) return flaw('an empty batch');
  if (elements.length > MOST_MESSAGES) return flaw(`a batch of more than ${MOST_MESSAGES} messages`);
  return elements.map(({ start, end }) => text.slice(start, end));
}
