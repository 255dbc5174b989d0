import type { AuditRecord } from '../core/audit/record.js';

/** Where audit records go. Nothing here throws: what fails is reported to a person by whoever opened the sink. */
export interface AuditSink {
  /** Keeps a record, at the latest when the sink is closed. */
  write(record: AuditRecord): void;
  /** True when the record will survive this process. A policy with `audit.required` forwards a call only then. */
  writeNow(record: AuditRecord): boolean;
  /** Writes what waits and lets go. */
  close(): void;
}

/** What sinks need to know of the session. */
export interface SinkContext {
  server: string;
  /** Says on stderr, once, that records cannot be written. */
  tell(note: string): void;
}
