import { createHash } from 'node:crypto';
import { argumentDiff } from '../core/audit/argument-diff.js';
import type { ApprovalRecord, AuditRecord, RecordOutcome } from '../core/audit/record.js';
import { type JsonValue, readValue } from '../core/json/value.js';
import type { Charge } from '../core/limits/limit.js';
import type { Ruling } from '../core/policy/decide/settle.js';
import type { AuditDocument } from '../core/policy/document/document.js';
import { redact } from '../core/secrets/redact.js';
import type { AuditedCall } from './audited-call.js';

/** Longer arguments are written down as their digest only, since reading them would cost more than the call. Characters. */
const LONGEST_ARGUMENTS = 65_536;

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
    arguments: recordedArguments(argumentsText, detail),
    ...(others === undefined ? {} : { params: recordedArguments(others, detail) }),
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
  const { form: _, argumentsText: __, channels: ___, ...answer } = approval;
  if (changedFrom === undefined) return answer;
  const short = Math.max(changedFrom.length, argumentsText.length) <= LONGEST_ARGUMENTS;
  const digests = detail === 'hash' || !(short || detail === 'full');
  return {
    ...answer,
    changes: digests
      ? recordedArguments(changedFrom, detail)
      : argumentDiff(changedFrom, argumentsText, detail),
  };
}

function recordedArguments(text: string, detail: Detail): JsonValue {
  if (detail === 'hash' || (detail === 'redacted' && text.length > LONGEST_ARGUMENTS)) {
    const digest = createHash('sha256').update(text).digest('hex');
    return new Map<string, JsonValue>([
      ['sha256', digest],
      ['characters', BigInt(text.length)],
    ]);
  }
  return detail === 'full' ? readValue(text) : redact(readValue(text));
}

/** What an observing policy would have done: its own stricter action, or a limit of it that had no room. */
function observedOf(ruling: Ruling | undefined, [over]: readonly Charge[]): AuditRecord['observed'] {
  if (ruling?.observed)
    return { ...ruling.observed, rule: ruling.observed.rule ?? null, reason: ruling.observed.reason ?? null };
  return over && { action: 'limited', rule: over.origin, reason: over.describe };
}
