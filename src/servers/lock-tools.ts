import { createHash } from 'node:crypto';
import { classify } from '../core/tools/classify/classify.js';
import { lockedTool } from '../core/tools/pinning/fingerprint.js';
import { type Lock, type LockedServer, lockText, readLock } from '../core/tools/pinning/lock.js';
import { type ServerTools, ServerToolsError } from './server-tools.js';

/** What a lock file says that is beside a policy. */
export const LOCK_NAME = 'policy-wrap.lock';

/** What would be locked of a server. */
export function lockedServer({ tools }: ServerTools): LockedServer {
  return new Map(
    tools.map(({ raw, ...definition }) => {
      const { category } = classify(definition);
      return [definition.name, lockedTool(raw, category, digest)];
    }),
  );
}

/**
 * The text of a lock file with what a server lists now. What it says of other servers stays.
 * @param text what the file says; undefined where there is none
 * @throws {ServerToolsError} when it cannot be read
 */
export function updatedLock(text: string | undefined, catalogue: ServerTools): string {
  const lock = text === undefined ? [] : lockIn(text);
  return lockText(new Map([...lock, [catalogue.id, lockedServer(catalogue)]]));
}

/** @throws {ServerToolsError} */
export function lockIn(text: string): Lock {
  const lock = readLock(text);
  if (typeof lock === 'string')
    throw new ServerToolsError(
      `${LOCK_NAME} cannot be used: ${lock}`,
      'bring it back from version control, or remove it and write a new one with --update-lock',
    );
  return lock;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
