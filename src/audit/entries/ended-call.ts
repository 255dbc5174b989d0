import { lineOf } from '../../core/audit/line-parts.js';
import { type AuditRecord, auditLine, type RecordOutcome } from '../../core/audit/record.js';
import type { LineBuffer } from '../line-buffer.js';
import type { AuditEntry } from '../sink.js';
import type { AuditedCall } from './audited-call.js';
import {
  type CallMoment,
  callRecord,
  momentOf,
  type RecordContext,
  recordedArgumentsText,
  recordedText,
  timesOf,
} from './call-record.js';
import type { KnownWords } from './known-words.js';
import { appendLine, goAsTheyCame, type LineTemplate } from './line-bytes.js';

/** Objects that belong to a call, besides its line, or a record besides its arguments. Bytes, about. */
const OBJECTS = 500;
const LONGEST_ARGUMENTS = 65_536;

/**
 * A call as it was when it ended. To note that takes 0.15 us; its line is made when lines are written, of parts that the
 * calls of a tool have in common.
 */
export class EndedCall implements AuditEntry {
  readonly size: number;
  readonly #audited: AuditedCall;
  readonly #moment: CallMoment;
  /** Made at once where the line of the call lives no longer. */
  readonly #record: AuditRecord | undefined;

  constructor(
    { request, ruling, approval, over, taskId, startedAt }: AuditedCall,
    private readonly outcome: RecordOutcome,
    private readonly context: RecordContext,
    private readonly words: KnownWords,
  ) {
    this.#audited = { request, ruling, approval, over, taskId, startedAt };
    this.#moment = momentOf(this.#audited);
    this.#record = request.isLent ? this.#recordNow() : undefined;
    const { length } = request.line;
    this.size = OBJECTS + (this.#record ? Math.min(length, LONGEST_ARGUMENTS) : length);
  }

  record(): AuditRecord {
    if (this.#record) return this.#record;
    return callRecord(this.#audited, this.outcome, this.#moment, this.context);
  }

  append(lines: LineBuffer, { atOnce }: { atOnce: boolean }): boolean {
    if (this.#record) return false;
    const { request } = this.#audited;
    const { detail } = this.context;
    const memory = request.argumentsBytes;
    if (memory === undefined || !isPlain(this.#audited)) return false;
    const found = { memory, argumentsStart: 0, argumentsEnd: memory.length };
    if (!goAsTheyCame(found, detail, atOnce) || request.otherParams({ callIds: true }) !== undefined)
      return false;
    const { at, durationMs } = this.#moment;
    const fresh = { ...found, time: at - durationMs, durationMs, outcome: this.outcome };
    appendLine(lines, this.#template(), fresh);
    return true;
  }

  line(): string {
    if (this.#record) return auditLine(this.#record);
    const { request } = this.#audited;
    const texts = isPlain(this.#audited) ? this.#template().texts : undefined;
    if (texts === undefined) return auditLine(this.record());
    const { detail } = this.context;
    const others = request.otherParams({ callIds: true });
    return lineOf(texts, {
      ...timesOf(this.#moment),
      outcome: this.outcome,
      arguments: recordedArgumentsText(request, detail),
      params: others === undefined ? undefined : recordedText(others, detail),
    });
  }

  /** Undefined where that fails: it fails again when the line is to be written, and is counted there. */
  #recordNow(): AuditRecord | undefined {
    try {
      return this.record();
    } catch {
      return undefined;
    }
  }

  #template(): LineTemplate {
    return this.words.of(this.#audited, this.#moment, this.context);
  }
}

/** Whether its line says nothing that only this call has, besides time, arguments, outcome and duration. */
function isPlain({ request, approval, over, taskId }: AuditedCall): boolean {
  return (
    approval === undefined &&
    taskId === undefined &&
    over.length === 0 &&
    request.round === undefined &&
    request.resumption === undefined
  );
}
