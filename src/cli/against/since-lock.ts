import path from 'node:path';
import { type Catalogue, CatalogueError } from '../../catalogue/catalogue.js';
import { LOCK_NAME, lockedServer, lockIn } from '../../catalogue/lock.js';
import { findProjectFile, findUserFile } from '../../config/find.js';
import { displayPath, userFolders } from '../../config/places.js';
import type { Finding } from '../../core/lint/finding.js';
import { sinceLock } from '../../core/lint/since-lock.js';
import type { Lock } from '../../core/lock.js';
import { readLockFile, updateLockFile } from '../lock-file.js';
import { asUsage } from '../the-catalogue.js';

/** What is done with the lock file beside a policy. */
export interface LockUse {
  file: string;
  findings: readonly Finding[];
  written: boolean;
}

/**
 * Compares a server with the lock file, where there is one, and writes what it lists now if that is wanted: then what has
 * changed is good to know and no longer wrong.
 * @throws {UsageError} when the file cannot be used
 */
export function useLock(policyFile: string | undefined, catalogue: Catalogue, update: boolean): LockUse {
  const file = lockBeside(policyFile);
  const text = readLockFile(file);
  const findings = text === undefined ? [] : compared(text, file, catalogue);
  if (!update) return { file, findings, written: false };
  const written = updateLockFile(file, catalogue);
  return { file, findings: findings.map((each) => ({ ...each, severity: 'info' })), written };
}

/** Beside the policy that is named, else the project's, else the user's own; in the working directory where there is none. */
function lockBeside(policyFile: string | undefined): string {
  const named = policyFile ?? (process.env['POLICY_WRAP_CONFIG'] || undefined);
  const file =
    named === undefined
      ? (findProjectFile(process.cwd()) ?? findUserFile(userFolders().config))?.file
      : path.resolve(named);
  return path.join(file === undefined ? process.cwd() : path.dirname(file), LOCK_NAME);
}

function compared(text: string, file: string, catalogue: Catalogue): Finding[] {
  return sinceLock({
    before: lockOf(text).get(catalogue.id),
    now: lockedServer(catalogue),
    server: catalogue.id,
    file: displayPath(file),
  });
}

function lockOf(text: string): Lock {
  try {
    return lockIn(text);
  } catch (error) {
    throw error instanceof CatalogueError ? asUsage(error) : error;
  }
}
