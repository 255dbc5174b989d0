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
