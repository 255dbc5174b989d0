import { lineOf } from '../../core/audit/line-parts.js';
import type { AuditRecord, RecordOutcome } from '../../core/audit/record.js';
import { isSurelyHarmless } from '../../core/secrets/bytes/harmless-arguments.js';
import type { LineBuffer } from '../line-buffer.js';
import type { AuditEntry } from '../sink.js';
import type { PassedAudit } from './audited-call.js';
import { callRecord, type RecordContext, recordedText, timesOf } from './call-record.js';
import type { KnownWords, PassedParts } from './known-words.js';
import { appendLine } from './line-bytes.js';

/** Longer arguments are looked at when lines are written, off the way of the call. Bytes. */
const QUICK = 1_024;
/** Objects that belong to a call, besides its line. Bytes, about. */
const OBJECTS = 300;

/** The end of such a call, of which nothing but time, outcome and arguments differs from the last one of its tool. */
export class PassedEntry implements AuditEntry {
  readonly #at = Date.now();
  readonly #durationMs: number;
  readonly #parts: PassedParts;

  constructor(
    private readonly call: PassedAudit,
    private readonly outcome: RecordOutcome,
    private readonly context: RecordContext,
    words: KnownWords,
  ) {
    this.#durationMs = performance.now() - call.startedAt;
    this.#parts = words.ofPassed(call, context);
  }

  get size(): number {
    return this.call.size + OBJECTS;
  }

  record(): AuditRecord {
    const moment = { at: this.#at, durationMs: this.#durationMs, classification: this.call.classification() };
    return callRecord(this.call, this.outcome, moment, this.context);
  }

  append(lines: LineBuffer): boolean {
    const { call, context } = this;
    const { memory, argumentsStart: start, argumentsEnd: end } = call;
    const isQuick = context.detail === 'redacted' && end - start <= QUICK;
    if (!isQuick || end === 0 || !isSurelyHarmless(memory, start, end)) return false;
    appendLine(lines, this.#parts.bytes, {
      time: this.#at - this.#durationMs,
      durationMs: this.#durationMs,
      ...{ outcome: this.outcome, line: memory, start, end },
    });
    return true;
  }

  line(): string {
    return lineOf(this.#parts.texts, {
      ...timesOf({ at: this.#at, durationMs: this.#durationMs }),
      outcome: this.outcome,
      arguments: recordedText(argumentsOf(this.call), this.context.detail),
      params: undefined,
    });
  }
}

function argumentsOf({ memory, argumentsStart, argumentsEnd }: PassedAudit): string {
  if (argumentsEnd === 0) return '{}';
  const { buffer, byteOffset, byteLength } = memory;
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8', argumentsStart, argumentsEnd);
}
