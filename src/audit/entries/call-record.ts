import { createHash } from 'node:crypto';
import { argumentDiff } from '../../core/audit/argument-diff.js';
import type { ByteTools } from '../../core/audit/condense-bytes.js';
import type { ApprovalRecord, AuditRecord, RecordOutcome } from '../../core/audit/record.js';
import { condensedArguments, recordedArguments, recordedBytes } from '../../core/audit/recorded-arguments.js';
import { type JsonValue, readValue, withoutLineEnds, writeValue } from '../../core/json/value.js';
import type { Charge } from '../../core/limits/limit.js';
import type { Ruling } from '../../core/policy/decide/settle.js';
import type { AuditDocument } from '../../core/policy/document/document.js';
import type { Classification } from '../../core/tools/category.js';
import type { AuditedCall } from './audited-call.js';
import { isoTime } from './iso-time.js';

/** How much of the arguments is written down. */
type Detail = NonNullable<AuditDocument['arguments']>;

/** What a record says besides the call. */
export interface RecordContext {
  session: string;
  server: string;
  detail: Detail;
}

/** When a call came to the point that is written down, and what its tool was taken for then. */
export interface CallMoment {
  /** Milliseconds since the epoch. */
  at: number;
  /** Milliseconds since the request came. */
  durationMs: number;
  classification: Classification;
}

/** What has to be seen at once, since a record is made later: time goes on, and a server may tell more of its tools. */
export function momentOf({ request, startedAt }: AuditedCall): CallMoment {
  const classification = request.call.classification(false);
  return { at: Date.now(), durationMs: performance.now() - startedAt, classification };
}

/** The record of a call, as a value. Of its arguments there is in it only what the policy lets be written down. */
export function callRecord(
  audited: AuditedCall,
  outcome: RecordOutcome,
  moment: CallMoment,
  context: RecordContext,
): AuditRecord {
  const { request, taskId } = audited;
  const { detail } = context;
  const others = request.otherParams({ callIds: true });
  return {
    ...wordsOf(audited, moment, context),
    ...timesOf(moment),
    arguments: recordedArgumentsOf(request, detail),
    ...(others === undefined ? {} : { params: recordedAs(others, detail) }),
    outcome,
    approval: approvalRecord(audited, detail),
    round: request.round?.number ?? (request.resumption && 'unlinked'),
    taskId,
  };
}

/** What is mostly the same for all calls of a tool. */
export function wordsOf(
  { request, ruling, over }: Pick<AuditedCall, 'request' | 'ruling' | 'over'>,
  { classification: { category, risk, known } }: Pick<CallMoment, 'classification'>,
  { session, server }: Pick<RecordContext, 'session' | 'server'>,
): Omit<AuditRecord, 'time' | 'outcome'> {
  const { call, client } = request;
  return {
    session,
    server,
    client: client ?? null,
    kind: call.kind,
    tool: call.name,
    ...(call.kind === 'tool' ? { category, risk } : {}),
    ...(call.kind === 'tool' && !known ? { known: false } : {}),
    action: ruling?.action ?? 'deny',
    rule: ruling?.rule ?? null,
    reason: ruling?.reason ?? null,
    limits: (ruling?.charges ?? []).map((charge) => ({
      limit: charge.describe,
      rule: charge.origin,
      over: over.includes(charge),
    })),
    observed: observedOf(ruling, over),
  };
}

/** When the request came, and how long it took. */
export function timesOf({ at, durationMs }: Omit<CallMoment, 'classification'>): {
  time: string;
  durationMs: number;
} {
  return { time: isoTime(at - durationMs), durationMs: Math.round(durationMs * 1_000) / 1_000 };
}

function approvalRecord({ approval, request }: AuditedCall, detail: Detail): ApprovalRecord | undefined {
  if (approval === undefined) return undefined;
  const { form: _, argumentsText: __, channels: ___, via, ...rest } = approval;
  const answer: ApprovalRecord = via === 'none' ? rest : { via, ...rest };
  if (request.changedFrom === undefined) return answer;
  return { ...answer, changes: recordedChanges(request.changedFrom, request.argumentsText, detail) };
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

/** The same as JSON in one line. */
export function recordedText(text: string, detail: Detail): string {
  return withoutLineEnds(writeValue(recordedAs(text, detail)));
}

/** None of so few bytes is a long string. */
const SHORT = 1_000;

const BYTE_TOOLS: ByteTools = {
  decode: ({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length).toString('utf8'),
  encode: (text) => Buffer.from(text),
  digest: () => {
    const hash = createHash('sha256');
    return { update: (part) => void hash.update(part), hex: () => hash.digest('hex') };
  },
};

/** Arguments as text, or as bytes, of which no text is made where they are long. */
type Arguments = Pick<AuditedCall['request'], 'argumentsText' | 'argumentsBytes'>;

function recordedArgumentsOf(given: Arguments, detail: Detail): JsonValue {
  const bytes = given.argumentsBytes;
  return bytes === undefined ? recordedAs(given.argumentsText, detail) : recordedAsBytes(bytes, detail);
}

function recordedAsBytes(bytes: Uint8Array, detail: Detail): JsonValue {
  return detail === 'redacted' && bytes.length > SHORT
    ? recordedBytes(bytes, BYTE_TOOLS, sha256)
    : recordedAs(BYTE_TOOLS.decode(bytes), detail);
}

/** The arguments of a request as JSON in one line. */
export function recordedArgumentsText(given: Arguments, detail: Detail): string {
  return withoutLineEnds(writeValue(recordedArgumentsOf(given, detail)));
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
