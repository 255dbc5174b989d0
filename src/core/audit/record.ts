import { type JsonValue, withoutLineEnds, writeValue } from '../json/value.js';
import type { Approval } from '../policy/decide/approval.js';
import type { CallKind } from '../policy/decide/call.js';
import type { Action, Channel } from '../policy/document/document.js';
import type { Origin } from '../text/origin.js';
import type { Category, Risk } from '../tools/category.js';
import { excerptOf } from './excerpt.js';

/** How it ended for the one who asked. `forwarded`: it has not ended yet, and is on its way to the server. */
export type RecordOutcome =
  | 'forwarded'
  | 'completed'
  | 'tool_error'
  | 'protocol_error'
  | 'input_required'
  | 'task'
  | 'cancelled'
  | 'timed_out'
  | 'unanswered'
  | 'withdrawn'
  | 'refused'
  | 'failed';

/** A person's answer as it is written down. */
export interface ApprovalRecord extends Omit<Approval, 'form' | 'argumentsText' | 'channels' | 'via'> {
  /** The channel that has answered, or failed last; absent where none has. */
  via?: Channel | undefined;
  /** What the person has changed in the arguments: `{path, from, to}` of each, or a digest of what they were. */
  changes?: JsonValue | undefined;
}

/** One line of the audit log: what was asked, what the policy said of it, and what became of it. */
export interface AuditRecord {
  /** ISO 8601, UTC, milliseconds. */
  time: string;
  session: string;
  server: string;
  client: { name: string; version: string } | null;
  kind: CallKind | 'message';
  /** The tool, prompt, resource URI, or the method of a message. */
  tool: string | null;
  category?: Category | undefined;
  risk?: Risk | undefined;
  /** Only where nothing is known of the tool: then `default` decides and not the category. */
  known?: false | undefined;
  /** As detailed as the policy wants it: redacted, a digest, or in full. It is written as it is given. */
  arguments?: JsonValue | undefined;
  /** What the request sends besides name and arguments, as detailed as those. */
  params?: JsonValue | undefined;
  action: Action | 'limited';
  outcome: RecordOutcome;
  rule: Origin | null;
  reason: string | null;
  /** The limits that were looked at, in words. `over`: no room was left. */
  limits: readonly { limit: string; rule: Origin; over: boolean }[];
  /** What a policy in observe mode would have done, where that is stricter. */
  observed?: { action: Action | 'limited'; rule: Origin | null; reason: string | null } | undefined;
  approval?: ApprovalRecord | undefined;
  /**
   * The request brings answers that the server has asked for: in which round, when it was linked to the request that
   * it repeats and not counted again; `unlinked` when it counts as a call of its own.
   */
  round?: number | 'unlinked' | undefined;
  /** The task that the server has made of the call. */
  taskId?: string | undefined;
  /** Milliseconds until the call passes, for a limit. */
  retryAfterMs?: number | undefined;
  /** Milliseconds from the request to its end. */
  durationMs?: number | undefined;
}

/**
 * The record as JSON without its line end. No reader splits it: what any counts as a line end is escaped.
 * What the agent chooses, or may be quoted from it (names, reasons), is freed of secrets; the rest is ours or the policy's.
 */
export function auditLine(record: AuditRecord): string {
  const { time, session, server, client, kind, category, risk, known, arguments: args, params } = record;
  const { action, outcome, rule, limits, round, retryAfterMs, durationMs } = record;
  const tool = record.tool && shown(record.tool);
  const reason = record.reason && shown(record.reason);
  const observed = record.observed && withoutSecrets(record.observed);
  const { approval, changes } = approvalOf(record);
  const head = JSON.stringify({ time, session, server, client, kind, tool, category, risk, known });
  const tail = JSON.stringify({
    action,
    outcome,
    rule,
    reason,
    limits,
    observed,
    approval,
    round,
    taskId: record.taskId && shown(record.taskId),
    retryAfterMs,
    durationMs,
  });
  // Arguments are written without loss, which JSON.stringify cannot do for large integers.
  const middle = member('arguments', args) + member('params', params);
  const end = changes === undefined ? tail : `${tail.slice(0, -1)},"changes":${writeValue(changes)}}`;
  return withoutLineEnds(`${head.slice(0, -1)},${middle}${end.slice(1)}`);
}

function member(key: string, value: JsonValue | undefined): string {
  return value === undefined ? '' : `"${key}":${writeValue(value)},`;
}

/** Like arguments, changes of them are written without loss, beside the approval. */
function approvalOf({ approval }: AuditRecord): {
  approval: Omit<ApprovalRecord, 'changes'> | undefined;
  changes: JsonValue | undefined;
} {
  if (approval === undefined) return { approval, changes: undefined };
  const { changes, ...rest } = approval;
  return { approval: withoutSecrets(rest), changes };
}

function withoutSecrets<T extends { reason?: string | null | undefined; by?: string | undefined }>(
  quoting: T,
): T {
  const { reason, by } = quoting;
  return { ...quoting, ...(reason && { reason: shown(reason) }), ...(by && { by: shown(by) }) };
}

/** Characters of a name or reason that are written down. */
const LONGEST_TEXT = 1_000;

function shown(text: string): string {
  return excerptOf(text, LONGEST_TEXT);
}
