import { randomUUID } from 'node:crypto';
import { type AuditRecord, auditLine, type RecordOutcome } from '../core/audit/record.js';
import type { Refusal, Ruling } from '../core/policy/decide/settle.js';
import type { AuditDocument } from '../core/policy/document/document.js';
import { redactQuoted } from '../core/secrets/redact-quoted.js';
import { errorText } from '../core/text/error-text.js';
import type { AuditedCall, PassedAudit } from './entries/audited-call.js';
import type { RecordContext } from './entries/call-record.js';
import { EndedCall } from './entries/ended-call.js';
import { KnownWords } from './entries/known-words.js';
import { PassedEntry } from './entries/passed-entry.js';
import type { AuditEntry, AuditSink, SinkContext } from './sink.js';

/** Writes down what became of every call. */
export interface Trail {
  /** Called before a call is forwarded. False when the policy requires a log and there is none: then it must not be. */
  admit(audited: AuditedCall): boolean;
  refused(audited: AuditedCall, refusal: Refusal): void;
  ended(audited: AuditedCall, outcome: RecordOutcome): void;
  /** The same of a call that had nothing to wait for. */
  passed(call: PassedAudit, outcome: RecordOutcome): void;
  /** The call could not be judged. */
  failed(audited: AuditedCall, error: unknown): void;
  /** The server has asked the client for something, and the policy refuses it. */
  refusedAsk(method: string, ruling: Ruling): void;
  /** A line that was neither forwarded nor judged. */
  dropped(why: string, client: AuditRecord['client'] | undefined): void;
  close(): void;
}

/** What the trail has to know besides the calls. */
export interface TrailContext extends SinkContext {
  /** The settings of the policy in force. */
  settings(): AuditDocument;
}

/** Notes whatever ends, for the sinks to make records of. */
export class AuditTrail implements Trail {
  /** The id of the session, drawn for its first record. */
  #id: string | undefined;
  readonly #words = new KnownWords();

  /** @param sinks the first is the log that `required` is about */
  constructor(
    private readonly context: TrailContext,
    private readonly sinks: readonly [AuditSink, ...AuditSink[]],
  ) {}

  admit(audited: AuditedCall): boolean {
    if (!this.context.settings().required) return true;
    const [log, ...others] = this.sinks;
    const entry = this.#entry(audited, 'forwarded');
    if (!log.writeNow(entry)) return false;
    for (const sink of others) sink.write(entry);
    return true;
  }

  refused(audited: AuditedCall, { action, rule, reason, limit }: Refusal): void {
    if (isRuling(audited.ruling, { action, rule, reason })) return this.ended(audited, 'refused');
    const retryAfterMs = limit?.retryAfterMs === undefined ? undefined : Math.ceil(limit.retryAfterMs);
    const ended = { action, rule: rule ?? null, reason: reason ?? null, retryAfterMs };
    const record = this.#record(audited, 'refused');
    const limits = record.limits.map((each) => ({
      ...each,
      over: each.over || (action === 'limited' && each.rule === rule),
    }));
    this.#write(new MadeRecord({ ...record, ...ended, limits }, audited.request.line));
  }

  ended(audited: AuditedCall, outcome: RecordOutcome): void {
    this.#write(this.#entry(audited, outcome));
  }

  passed(call: PassedAudit, outcome: RecordOutcome): void {
    this.#write(new PassedEntry(call, outcome, this.#context(), this.#words));
  }

  failed(audited: AuditedCall, error: unknown): void {
    const reason = errorText(error);
    this.context.tell(`a call could not be judged and was refused: ${reason}`);
    this.#write(
      new MadeRecord({ ...this.#record(audited, 'failed'), action: 'deny', reason }, audited.request.line),
    );
  }

  refusedAsk(method: string, { rule, reason }: Ruling): void {
    this.#writeMessage(
      { kind: 'method', tool: method, rule: rule ?? null, reason: reason ?? null },
      undefined,
    );
  }

  dropped(why: string, client: AuditRecord['client'] | undefined): void {
    this.#writeMessage({ kind: 'message', tool: null, rule: null, reason: redactQuoted(why) }, client);
  }

  close(): void {
    for (const sink of this.sinks) sink.close();
  }

  #writeMessage(
    message: Pick<AuditRecord, 'kind' | 'tool' | 'rule' | 'reason'>,
    client: AuditRecord['client'] | undefined,
  ): void {
    this.#write(
      new MadeRecord({
        time: new Date().toISOString(),
        session: this.#session(),
        server: this.context.server,
        client: client ?? null,
        ...message,
        action: 'deny',
        outcome: 'refused',
        limits: [],
      }),
    );
  }

  #session(): string {
    this.#id ??= randomUUID();
    return this.#id;
  }

  #write(entry: AuditEntry): void {
    for (const sink of this.sinks) sink.write(entry);
  }

  #entry(audited: AuditedCall, outcome: RecordOutcome): EndedCall {
    return new EndedCall(audited, outcome, this.#context(), this.#words);
  }

  #context(): RecordContext {
    const { server, settings } = this.context;
    return { session: this.#session(), server, detail: settings().arguments ?? 'redacted' };
  }

  #record(audited: AuditedCall, outcome: RecordOutcome): AuditRecord {
    return this.#entry(audited, outcome).record();
  }
}

/** Whether the refusal says what the ruling says: then the record of the call says it already. */
function isRuling(ruling: Ruling | undefined, { action, rule, reason }: Refusal): boolean {
  return ruling?.action === action && ruling.rule === rule && ruling.reason === reason;
}

/** Objects of a record, about, and the arguments that are written down at most. Bytes. */
const OBJECTS = 1_000;
const LONGEST_ARGUMENTS = 65_536;

/** A record that was made at once, as those are that seldom come. */
class MadeRecord implements AuditEntry {
  readonly size: number;

  /** @param line what the record is about, as it came */
  constructor(
    private readonly made: AuditRecord,
    line?: Uint8Array,
  ) {
    this.size = OBJECTS + Math.min(line?.length ?? 0, LONGEST_ARGUMENTS);
  }

  record(): AuditRecord {
    return this.made;
  }

  line(): string {
    return auditLine(this.made);
  }
}
