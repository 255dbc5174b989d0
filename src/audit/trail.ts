import { createHash, randomUUID } from 'node:crypto';
import { argumentDiff } from '../core/audit/argument-diff.js';
import {
  type ApprovalRecord,
  type AuditRecord,
  auditLine,
  type RecordOutcome,
} from '../core/audit/record.js';
import { type JsonValue, readValue } from '../core/json/value.js';
import type { Charge } from '../core/limits/limit.js';
import type { Refusal, Ruling } from '../core/policy/decide/settle.js';
import type { AuditDocument } from '../core/policy/document/document.js';
import { redact } from '../core/secrets/redact.js';
import { errorText } from '../core/text/error-text.js';
import { userFolders } from '../platform/user-folders.js';
import type { AuditedCall } from './audited-call.js';
import { type AuditLog, openAuditLog } from './log.js';

/** Longer arguments are written down as their digest only, since reading them would cost more than the call. Characters. */
const LONGEST_ARGUMENTS = 65_536;

/** Writes down what became of every call. */
export interface Trail {
  /** Called before a call is forwarded. False when the policy requires a log and there is none: then it must not be. */
  admit(audited: AuditedCall): boolean;
  refused(audited: AuditedCall, refusal: Refusal): void;
  ended(audited: AuditedCall, outcome: RecordOutcome): void;
  /** The call could not be judged. */
  failed(audited: AuditedCall, error: unknown): void;
  /** The server has asked the client for something, and the policy refuses it. */
  refusedAsk(method: string, ruling: Ruling): void;
  /** A line that was neither forwarded nor judged. */
  dropped(why: string, client: AuditRecord['client'] | undefined): void;
  close(): void;
}

/** What the trail has to know besides the calls. */
export interface TrailContext {
  server: string;
  /** The settings of the policy in force. */
  settings(): AuditDocument;
  /** Says on stderr, once, that the log cannot be written. */
  tell(note: string): void;
}

export class AuditTrail implements Trail {
  readonly #session = randomUUID();
  #log: AuditLog | undefined;
  #file: AuditDocument['file'];

  constructor(private readonly context: TrailContext) {}

  admit(audited: AuditedCall): boolean {
    if (!this.context.settings().required) return true;
    return this.#openLog()?.writeNow(auditLine(this.#record(audited, 'forwarded'))) ?? false;
  }

  refused(audited: AuditedCall, { action, rule, reason, limit }: Refusal): void {
    const retryAfterMs = limit?.retryAfterMs === undefined ? undefined : Math.ceil(limit.retryAfterMs);
    const ended = { action, rule: rule ?? null, reason: reason ?? null, retryAfterMs };
    const record = this.#record(audited, 'refused');
    const limits = record.limits.map((each) => ({
      ...each,
      over: each.over || (action === 'limited' && each.rule === rule),
    }));
    this.#write({ ...record, ...ended, limits });
  }

  ended(audited: AuditedCall, outcome: RecordOutcome): void {
    this.#write(this.#record(audited, outcome));
  }

  failed(audited: AuditedCall, error: unknown): void {
    const reason = errorText(error);
    this.context.tell(`a call could not be judged and was refused: ${reason}`);
    this.#write({ ...this.#record(audited, 'failed'), action: 'deny', reason });
  }

  refusedAsk(method: string, { rule, reason }: Ruling): void {
    this.#writeMessage(
      { kind: 'method', tool: method, rule: rule ?? null, reason: reason ?? null },
      undefined,
    );
  }

  dropped(why: string, client: AuditRecord['client'] | undefined): void {
    this.#writeMessage({ kind: 'message', tool: null, rule: null, reason: why }, client);
  }

  close(): void {
    this.#log?.close();
  }

  #writeMessage(
    message: Pick<AuditRecord, 'kind' | 'tool' | 'rule' | 'reason'>,
    client: AuditRecord['client'] | undefined,
  ): void {
    this.#write({
      time: new Date().toISOString(),
      session: this.#session,
      server: this.context.server,
      client: client ?? null,
      ...message,
      action: 'deny',
      outcome: 'refused',
      limits: [],
    });
  }

  #write(record: AuditRecord): void {
    this.#openLog()?.write(auditLine(record));
  }

  #record(audited: AuditedCall, outcome: RecordOutcome): AuditRecord {
    const { request, ruling, over, startedAt, taskId } = audited;
    const { call, argumentsText, client } = request;
    const { category, risk } = call.bindings.tool;
    const durationMs = performance.now() - startedAt;
    return {
      time: new Date(Date.now() - durationMs).toISOString(),
      session: this.#session,
      server: this.context.server,
      client: client ?? null,
      kind: call.kind,
      tool: call.name,
      ...(call.kind === 'tool' ? { category, risk } : {}),
      arguments: this.#arguments(argumentsText),
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
      approval: this.#approval(audited),
      round: request.round?.number ?? (request.resumption && 'unlinked'),
      taskId,
      durationMs: Math.round(durationMs * 1_000) / 1_000,
    };
  }

  #approval({ approval, request: { changedFrom, argumentsText } }: AuditedCall): ApprovalRecord | undefined {
    if (approval === undefined) return undefined;
    const { form: _, argumentsText: __, ...answer } = approval;
    if (changedFrom === undefined) return answer;
    const detail = this.context.settings().arguments ?? 'redacted';
    const short = Math.max(changedFrom.length, argumentsText.length) <= LONGEST_ARGUMENTS;
    const digests = detail === 'hash' || !(short || detail === 'full');
    return {
      ...answer,
      changes: digests ? this.#arguments(changedFrom) : argumentDiff(changedFrom, argumentsText, detail),
    };
  }

  #arguments(text: string): JsonValue {
    const detail = this.context.settings().arguments ?? 'redacted';
    if (detail === 'hash' || (detail === 'redacted' && text.length > LONGEST_ARGUMENTS)) {
      const digest = createHash('sha256').update(text).digest('hex');
      return new Map<string, JsonValue>([
        ['sha256', digest],
        ['characters', BigInt(text.length)],
      ]);
    }
    return detail === 'full' ? readValue(text) : redact(readValue(text));
  }

  /** The log of the policy in force; a reload may have named another file. */
  #openLog(): AuditLog | undefined {
    const { file = 'auto' } = this.context.settings();
    if (this.#log && file === this.#file) return this.#log;
    this.#log?.close();
    this.#file = file;
    const { server, tell } = this.context;
    const onBroken = (error: Error) =>
      tell(`the audit log cannot be written, so calls are not written down: ${error.message}`);
    const place = file === 'auto' || file === false ? { folder: userFolders().state } : { file };
    this.#log = file === false ? undefined : openAuditLog({ ...place, server, onBroken });
    return this.#log;
  }
}

/** What an observing policy would have done: its own stricter action, or a limit of it that had no room. */
function observedOf(ruling: Ruling | undefined, [over]: readonly Charge[]): AuditRecord['observed'] {
  if (ruling?.observed)
    return { ...ruling.observed, rule: ruling.observed.rule ?? null, reason: ruling.observed.reason ?? null };
  return over && { action: 'limited', rule: over.origin, reason: over.describe };
}
