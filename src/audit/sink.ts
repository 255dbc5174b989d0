import type { AuditRecord } from '../core/audit/record.js';
import type { LineBuffer } from './line-buffer.js';

/** One record, made when a sink needs it: by then the call that it is about has been answered. */
export interface AuditEntry {
  /** What is kept in memory until it is made, about. Bytes. */
  readonly size: number;
  record(): AuditRecord;
  /** The record as JSON without its line end. */
  line(): string;
  /** See `PendingLine`. */
  append?(lines: LineBuffer, of: { atOnce: boolean }): boolean;
}

/** Where audit records go. Nothing here throws: what fails is reported to a person by whoever opened the sink. */
export interface AuditSink {
  /** Keeps a record, at the latest when the sink is closed. */
  write(entry: AuditEntry): void;
  /** True when the record will survive this process. A policy with `audit.required` forwards a call only then. */
  writeNow(entry: AuditEntry): boolean;
  /** Writes what waits and lets go. */
  close(): void;
}

/** What sinks need to know of the session. */
export interface SinkContext {
  server: string;
  /** Says on stderr, once, that records cannot be written. */
  tell(note: string): void;
}
