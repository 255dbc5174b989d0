import path from 'node:path';
import { LOCK_NAME, lockIn, readLockFile } from '../../config/lock-file.js';
import { quote } from '../../core/text/quote.js';
import { differences } from '../../core/tools/pinning/differences.js';
import { displayPath } from '../../platform/display-path.js';
import { lockedServer } from '../../servers/lock-tools.js';
import type { ServerTools } from '../../servers/server-tools.js';
import { updateLockFile } from '../servers/lock-file.js';

/**
 * Writes down beside a policy what the tools were like, so that a later change is seen. A tool that has changed since then is
 * told and stays as it was: only a person can say that the change is good.
 * @returns what is to be told
 * @throws {UserError} when the file cannot be used
 */
export function writeLockBeside(policyFile: string, serverTools: ServerTools): string | undefined {
  const file = path.join(path.dirname(policyFile), LOCK_NAME);
  const changed = changedSince(readLockFile(file), serverTools);
  if (changed.length > 0)
    return `${changed.map(quote).join(', ')} changed since ${displayPath(file)} was written, so it stays as it is; see policy-wrap check --against`;
  return updateLockFile(file, serverTools)
    ? `wrote ${displayPath(file)}, which policy-wrap check --against compares the server with`
    : undefined;
}

function changedSince(text: string | undefined, serverTools: ServerTools): string[] {
  if (text === undefined) return [];
  const before = lockIn(text).get(serverTools.id) ?? new Map();
  return differences(before, lockedServer(serverTools)).flatMap(({ tool, kind }) =>
    kind === 'changed' || kind === 'reclassified' ? [tool] : [],
  );
}
