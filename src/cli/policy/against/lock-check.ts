import { lockFileFor, lockIn, readLockFile } from '../../../config/lock-file.js';
import type { Finding } from '../../../core/authoring/lint/finding.js';
import { accepted, sinceLock } from '../../../core/authoring/lint/lock-findings.js';
import { quotedName } from '../../../core/text/name-list.js';
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
 * @param readAgain reads the server once more, to see what differs each time; undefined for a saved list
 * @throws {UserError} when the file cannot be used
 */
export async function useLock(
  policyFile: string | undefined,
  serverTools: ServerTools,
  update: boolean,
  readAgain?: () => Promise<ServerTools>,
): Promise<LockUse> {
  const file = await lockFileFor(policyFile);
  const text = readLockFile(file);
  const compared = sinceLock({
    before: text === undefined ? 'no lock' : lockIn(text).get(serverTools.id),
    now: lockedServer(serverTools),
    server: serverTools.id,
    file: displayPath(file),
  });
  const findings = await withoutVarying(compared, serverTools, readAgain);
  if (!update) return { file, findings, written: false };
  const written = updateLockFile(file, serverTools);
  return { file, findings: findings.map(accepted), written };
}

/**
 * A tool that differs from one start of its server to the next, such as one that gives the time, has not been changed by anybody. What
 * has become worse stays what it is.
 */
async function withoutVarying(
  findings: readonly Finding[],
  serverTools: ServerTools,
  readAgain: (() => Promise<ServerTools>) | undefined,
): Promise<readonly Finding[]> {
  const isOpen = ({ rule, severity }: Finding) => rule === 'tool-changed' && severity === 'warning';
  if (readAgain === undefined || !findings.some(isOpen)) return findings;
  const now = lockedServer(serverTools);
  const again = lockedServer(await readAgain());
  return findings.map((finding): Finding => {
    const [name = ''] = finding.tools ?? [];
    const [one, other] = [now.get(name), again.get(name)];
    const varies = one && other && one.category === other.category && one.definition !== other.definition;
    if (!isOpen(finding) || !varies) return finding;
    return {
      ...finding,
      rule: 'tool-varies',
      severity: 'info',
      message: `the tool ${quotedName(name)} is described otherwise each time its server starts, so the lock only keeps its class`,
      help: 'look at it with `policy-wrap inspect`',
    };
  });
}
