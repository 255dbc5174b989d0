import { type LineParts, lineOf } from '../core/audit/line-parts.js';
import type { AuditRecord, RecordOutcome } from '../core/audit/record.js';
import type { Classification } from '../core/tools/category.js';
import type { AuditedCall } from './audited-call.js';
import { callRecord, type RecordContext, recordedText, timesOf } from './call-record.js';
import type { KnownWords } from './known-words.js';
import type { AuditEntry } from './sink.js';

/** Objects that belong to a call, besides its line. Bytes, about. */
const OBJECTS = 300;

/** A call that has passed by the name of its tool alone. */
export interface PassedAudit extends AuditedCall {
  /** What the policy, the lists of the server and the name say; another object when one of them does. */
  readonly tool: object;
  /** As it came, with nothing in its params but the name and the arguments. */
  readonly line: Uint8Array;
  /** Where the arguments are in the line; both 0 where there are none. */
  readonly argumentsStart: number;
  readonly argumentsEnd: number;
  readonly client: AuditRecord['client'] | undefined;
  classification(): Classification;
}

/** The end of such a call, of which nothing but time, outcome and arguments differs from the last one of its tool. */
export class PassedEntry implements AuditEntry {
  readonly #at = Date.now();
  readonly #durationMs: number;
  readonly #parts: LineParts;

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
    return this.call.line.length + OBJECTS;
  }

  record(): AuditRecord {
    const moment = { at: this.#at, durationMs: this.#durationMs, classification: this.call.classification() };
    return callRecord(this.call, this.outcome, moment, this.context);
  }

  line(): string {
    return lineOf(this.#parts, {
      ...timesOf({ at: this.#at, durationMs: this.#durationMs }),
      outcome: this.outcome,
      arguments: recordedText(argumentsOf(this.call), this.context.detail),
      params: undefined,
    });
  }
}

function argumentsOf({ line, argumentsStart, argumentsEnd }: PassedAudit): string {
  if (argumentsEnd === 0) return '{}';
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString(
    'utf8',
    argumentsStart,
    argumentsEnd,
  );
}
