import path from 'node:path';
import { lockIn, readLockFile } from '../../config/lock-file.js';
import { LOCK_NAME } from '../../config/lock-name.js';
import { unmistakable } from '../../core/shown/unmistakable.js';
import { nameList } from '../../core/text/name-list.js';
import { quote } from '../../core/text/quote.js';
import { type Difference, differences } from '../../core/tools/pinning/differences.js';
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
  const text = readLockFile(file);
  const since = text === undefined ? new Map() : (lockIn(text).get(serverTools.id) ?? new Map());
  const found = differences(since, lockedServer(serverTools));
  const changed = found.filter(isChanged).map(({ tool }) => quote(tool));
  if (changed.length > 0)
    return `${changed.join(', ')} changed since ${displayPath(file)} was written, so the lock stays as it is, without tools that are new; see policy-wrap check --against, and write it anew with --update-lock`;
  if (!updateLockFile(file, serverTools)) return undefined;
  const written = `wrote ${displayPath(file)}, which policy-wrap check --against compares the server with`;
  const twice = found.filter(({ suspicions }) => suspicions.length > 0).map(({ tool }) => tool);
  return twice.length === 0
    ? written
    : `${written}; look twice at ${nameList(twice.map(unmistakable))} with policy-wrap inspect`;
}

function isChanged({ kind, changes, before, now }: Difference): boolean {
  return kind === 'changed' || (kind === 'reclassified' && (changes.length > 0 || before !== now));
}
