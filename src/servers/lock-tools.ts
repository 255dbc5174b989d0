import { createHash } from 'node:crypto';
import { classify } from '../core/tools/classify/classify.js';
import { lockedTool } from '../core/tools/pinning/fingerprint.js';
import { type Lock, type LockedServer, lockText } from '../core/tools/pinning/lock.js';
import type { ServerTools } from './server-tools.js';

/** What would be locked of a server. */
export function lockedServer({ tools }: ServerTools): LockedServer {
  return new Map(
    tools.map(({ raw, ...definition }) => {
      const { category } = classify(definition);
      return [definition.name, lockedTool(raw, category, digest)];
    }),
  );
}

/** The text of a lock file with what a server lists now. What it says of other servers stays. */
export function updatedLock(lock: Lock, serverTools: ServerTools): string {
  return lockText(new Map([...lock, [serverTools.id, lockedServer(serverTools)]]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
