import { lockFileFor, lockIn, readLockFile } from '../../../config/lock-file.js';
import type { Finding } from '../../../core/authoring/lint/finding.js';
import { sinceLock } from '../../../core/authoring/lint/lock-findings.js';
import { displayPath } from '../../../platform/display-path.js';
import { lockedServer } from '../../../servers/lock-tools.js';
import type { ServerTools } from '../../../servers/server-tools.js';
import { updateLockFile } from '../../servers/lock-file.js';

/** What is done with the lock file beside a policy. */
export interface LockUse {
  file: string;
  findings: readonly Finding[];
  written: boolean;
}

/**
 * Compares a server with the lock file, where there is one, and writes what it lists now if that is wanted: then what has
 * changed is good to know and no longer wrong.
 * @throws {UserError} when the file cannot be used
 */
export async function useLock(
  policyFile: string | undefined,
  serverTools: ServerTools,
  update: boolean,
): Promise<LockUse> {
  const file = await lockFileFor(policyFile);
  const text = readLockFile(file);
  const findings = text === undefined ? [] : compared(text, file, serverTools);
  if (!update) return { file, findings, written: false };
  const written = updateLockFile(file, serverTools);
  return { file, findings: findings.map((each) => ({ ...each, severity: 'info' })), written };
}

function compared(text: string, file: string, serverTools: ServerTools): Finding[] {
  return sinceLock({
    before: lockIn(text).get(serverTools.id),
    now: lockedServer(serverTools),
    server: serverTools.id,
    file: displayPath(file),
  });
}
