import { createHash } from 'node:crypto';
import { argumentDiff } from '../core/audit/argument-diff.js';
import type { ApprovalRecord, AuditRecord, RecordOutcome } from '../core/audit/record.js';
import { condensedArguments, recordedArguments } from '../core/audit/recorded-arguments.js';
import { type JsonValue, readValue } from '../core/json/value.js';
import type { Charge } from '../core/limits/limit.js';
import type { Ruling } from '../core/policy/decide/settle.js';
import type { AuditDocument } from '../core/policy/document/document.js';
import type { AuditedCall } from './audited-call.js';

/** How much of the arguments is written down. */
type Detail = NonNullable<AuditDocument['arguments']>;

/** What a record says besides the call. */
export interface RecordContext {
  session: string;
  server: string;
  detail: Detail;
}

/** The record of a call, as a value. Of its arguments there is in it only what the policy lets be written down. */
export function callRecord(
  audited: AuditedCall,
  outcome: RecordOutcome,
  { session, server, detail }: RecordContext,
): AuditRecord {
  const { request, ruling, over, startedAt, taskId } = audited;
  const { call, argumentsText, client } = request;
  const { category, risk } = call.bindings.tool;
  const isUnknown = call.kind === 'tool' && !call.classification(false).known;
  const others = request.otherParams({ callIds: true });
  const durationMs = performance.now() - startedAt;
  return {
    time: new Date(Date.now() - durationMs).toISOString(),
    session,
    server,
    client: client ?? null,
    kind: call.kind,
    tool: call.name,
    ...(call.kind === 'tool' ? { category, risk } : {}),
    ...(isUnknown ? { known: false } : {}),
    arguments: recordedAs(argumentsText, detail),
    ...(others === undefined ? {} : { params: recordedAs(others, detail) }),
    action: ruling?.action ?? 'deny',
    outcome,
    rule: ruling?.rule ?? null,
    reason: ruling?.reason ?? null,
    limits: (ruling?.charges ?? []).map((charge) => ({
      limit: charge.describe,
      rule: charge.origin,
      over: over.includes(charge),
    })),
    observed: observedOf(ruling, over),
    approval: approvalRecord(audited, detail),
    round: request.round?.number ?? (request.resumption && 'unlinked'),
    taskId,
    durationMs: Math.round(durationMs * 1_000) / 1_000,
  };
}

function approvalRecord(
  { approval, request: { changedFrom, argumentsText } }: AuditedCall,
  detail: Detail,
): ApprovalRecord | undefined {
  if (approval === undefined) return undefined;
  const { form: _, argumentsText: __, channels: ___, via, ...rest } = approval;
  const answer: ApprovalRecord = via === 'none' ? rest : { via, ...rest };
  if (changedFrom === undefined) return answer;
  return { ...answer, changes: recordedChanges(changedFrom, argumentsText, detail) };
}

function recordedChanges(before: string, after: string, detail: Detail): JsonValue {
  if (detail === 'hash') return digestRecord(before);
  if (detail === 'full') return argumentDiff(before, after, detail);
  const [from, to] = [condensedArguments(before, sha256), condensedArguments(after, sha256)];
  return from === undefined || to === undefined ? digestRecord(before) : argumentDiff(from, to, detail);
}

function recordedAs(text: string, detail: Detail): JsonValue {
  if (detail === 'hash') return digestRecord(text);
  return detail === 'full' ? readValue(text) : recordedArguments(text, sha256);
}

function digestRecord(text: string): JsonValue {
  return new Map<string, JsonValue>([
    ['sha256', sha256(text)],
    ['characters', BigInt(text.length)],
  ]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What an observing policy would have done: its own stricter action, or a limit of it that had no room. */
function observedOf(ruling: Ruling | undefined, [over]: readonly Charge[]): AuditRecord['observed'] {
  if (ruling?.observed)
    return { ...ruling.observed, rule: ruling.observed.rule ?? null, reason: ruling.observed.reason ?? null };
  return over && { action: 'limited', rule: over.origin, reason: over.describe };
}
