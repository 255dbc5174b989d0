import type { JsonNode } from '../json/node.js';
import { isFlaw, scanJson, stringOf } from '../json/scan.js';

/** The line, `result`, `task`, and what is in it. */
const LEVELS = 3;

/**
 * The id of the task that a response starts in place of a result: `result.task` of 2025-11-25, or a result whose
 * `resultType` is `task` (the extension of 2026-07-28). Undefined for all others.
 */
export function taskIdOf(text: string): string | undefined {
  const scanned = scanJson(text, { keep: LEVELS, elements: false });
  const result = isFlaw(scanned) ? undefined : scanned.members?.get('result')?.members;
  if (result === undefined) return undefined;
  const nested = stringOf(text, result.get('task')?.members?.get('taskId'));
  if (nested !== undefined) return nested;
  return stringOf(text, result.get('resultType')) === 'task'
    ? stringOf(text, result.get('taskId'))
    : undefined;
}

/** What a message of the server says of a task. */
export interface TaskNews {
  id: string;
  /** Its result is there, it has failed, or it was cancelled. */
  ended: boolean;
  /** How long the server keeps it, in milliseconds; undefined where it does not say, or for ever. */
  ttl: number | undefined;
}

const ENDED: ReadonlySet<string | undefined> = new Set(['completed', 'failed', 'cancelled']);
const RELATED = 'io.modelcontextprotocol/related-task';
/** The line, `result` or `params`, `_meta`, the key of a related task, and what is in it. */
const NEWS_LEVELS = 4;

/** What the answer to a request about tasks, or a notification about one, says; undefined where it is about none. */
export function taskNews(text: string): TaskNews | undefined {
  const scanned = scanJson(text, { keep: NEWS_LEVELS, elements: false });
  if (isFlaw(scanned)) return undefined;
  const said = (scanned.members?.get('result') ?? scanned.members?.get('params'))?.members;
  const task = said?.get('task')?.members ?? said;
  const id = stringOf(text, task?.get('taskId'));
  if (id !== undefined) {
    const ttl = task?.get('ttl') ?? task?.get('ttlMs');
    return { id, ended: ENDED.has(stringOf(text, task?.get('status'))), ttl: numberOf(text, ttl) };
  }
  // The result of a task has its id beside it (2025-11-25).
  const related = stringOf(text, said?.get('_meta')?.members?.get(RELATED)?.members?.get('taskId'));
  return related === undefined ? undefined : { id: related, ended: false, ttl: undefined };
}

function numberOf(text: string, node: JsonNode | undefined): number | undefined {
  const number = node?.kind === 'number' ? Number(text.slice(node.start, node.end)) : Number.NaN;
  return number >= 0 ? number : undefined;
}
