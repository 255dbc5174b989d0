import { lineOf } from '../../core/audit/line-parts.js';
import type { AuditRecord, RecordOutcome } from '../../core/audit/record.js';
import type { LineBuffer } from '../line-buffer.js';
import type { AuditEntry } from '../sink.js';
import type { PassedAudit } from './audited-call.js';
import {
  callRecord,
  type RecordContext,
  recordedArgumentsText,
  recordedText,
  timesOf,
} from './call-record.js';
import type { KnownWords } from './known-words.js';
import { appendLine, goAsTheyCame, type LineTemplate } from './line-bytes.js';

/** Objects that belong to a call, besides its line. Bytes, about. */
const OBJECTS = 300;

/** The end of a call that has passed, of which nothing but time, outcome and arguments differs from the last one of its tool. */
export class PassedEntry implements AuditEntry {
  readonly #at = Date.now();
  readonly #durationMs: number;
  readonly #template: LineTemplate;

  constructor(
    private readonly call: PassedAudit,
    private readonly outcome: RecordOutcome,
    private readonly context: RecordContext,
    words: KnownWords,
  ) {
    this.#durationMs = performance.now() - call.startedAt;
    this.#template = words.ofPassed(call, context);
  }

  get size(): number {
    return this.call.size + OBJECTS;
  }

  record(): AuditRecord {
    const moment = { at: this.#at, durationMs: this.#durationMs, classification: this.call.classification() };
    return callRecord(this.call, this.outcome, moment, this.context);
  }

  append(lines: LineBuffer, { atOnce }: { atOnce: boolean }): boolean {
    const { call, context, outcome } = this;
    if (call.hasOthers || !goAsTheyCame(call, context.detail, atOnce)) return false;
    const { memory, argumentsStart, argumentsEnd } = call;
    const time = this.#at - this.#durationMs;
    const fresh = { time, durationMs: this.#durationMs, outcome, memory, argumentsStart, argumentsEnd };
    appendLine(lines, this.#template, fresh);
    return true;
  }

  line(): string {
    const { call, context, outcome } = this;
    const { detail } = context;
    const { memory, argumentsStart, argumentsEnd } = call;
    const argumentsBytes = argumentsEnd === 0 ? undefined : memory.subarray(argumentsStart, argumentsEnd);
    const others = call.hasOthers ? call.request.otherParams({ callIds: true }) : undefined;
    return lineOf(this.#template.texts, {
      ...timesOf({ at: this.#at, durationMs: this.#durationMs }),
      outcome,
      arguments: recordedArgumentsText({ argumentsBytes, argumentsText: '{}' }, detail),
      params: others === undefined ? undefined : recordedText(others, detail),
    });
  }
}
