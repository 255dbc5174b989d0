import { type Catalogue, CatalogueError } from '../../catalogue/catalogue.js';
import { lockedServer, lockIn, updatedLock } from '../../catalogue/lock.js';
import { displayPath } from '../../config/places.js';
import type { Finding } from '../../core/lint/finding.js';
import { sinceLock } from '../../core/lint/since-lock.js';
import { lockBeside, readLockFile, writeLockFile } from '../lock-file.js';
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
  try {
    const text = readLockFile(file);
    const findings = text === undefined ? [] : compared(text, file, catalogue);
    if (!update) return { file, findings, written: false };
    const after = updatedLock(text, catalogue);
    if (after !== text) writeLockFile(file, after);
    return {
      file,
      findings: findings.map((each) => ({ ...each, severity: 'info' })),
      written: after !== text,
    };
  } catch (error) {
    throw error instanceof CatalogueError ? asUsage(error) : error;
  }
}

function compared(text: string, file: string, catalogue: Catalogue): Finding[] {
  return sinceLock({
    before: lockIn(text).get(catalogue.id),
    now: lockedServer(catalogue),
    server: catalogue.id,
    file: displayPath(file),
  });
}
