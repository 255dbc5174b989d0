import type { AuditDocument } from '../../core/policy/document/document.js';
import { userFolders } from '../../platform/user-folders.js';
import type { AuditSink, SinkContext } from '../sink.js';
import { type AuditLog, openAuditLog } from './log.js';

/**
 * The log file that the policy in force names, as lines of JSON. A reload may name another one, which is then opened with
 * the next record.
 * @param file `auto` for a file of the user's, `false` for none
 */
export function fileSink(file: () => AuditDocument['file'], { server, tell }: SinkContext): AuditSink {
  let log: AuditLog | undefined;
  /** What the policy said when `log` was opened. */
  let named: AuditDocument['file'];
  const onBroken = (error: Error) =>
    tell(`the audit log cannot be written, so calls are not written down: ${error.message}`);
  const current = (): AuditLog | undefined => {
    const wanted = file() ?? 'auto';
    if (wanted === named) return log;
    log?.close();
    named = wanted;
    const place = wanted === 'auto' || wanted === false ? { folder: userFolders().state } : { file: wanted };
    log = wanted === false ? undefined : openAuditLog({ ...place, server, onBroken });
    return log;
  };
  return {
    write: (entry) => current()?.write(entry),
    writeNow: (entry) => current()?.writeNow(entry.line()) ?? false,
    close: () => log?.close(),
  };
}
