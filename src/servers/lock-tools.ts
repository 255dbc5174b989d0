import { createHash } from 'node:crypto';
import { suspicionsAmong } from '../core/authoring/report/suspicions.js';
import { redactSecrets } from '../core/secrets/text/redact-secrets.js';
import { classifyTool } from '../core/tools/listing/classify-listed.js';
import { lockedTool } from '../core/tools/pinning/fingerprint.js';
import {
  isReordered,
  type Lock,
  type LockedServer,
  type LockedTool,
  lockText,
} from '../core/tools/pinning/lock.js';
import type { ServerTools } from './server-tools.js';

/** Of one tool. Nobody reads more. */
const MOST_SUSPICIONS = 20;

/** What would be locked of a server. */
export function lockedServer({ tools }: Pick<ServerTools, 'tools'>): LockedServer {
  const suspicions = suspicionsAmong(tools);
  return new Map(
    tools.map(({ raw, oddities: _, ...definition }) => {
      const { category, known, marks, contradictions } = classifyTool(definition);
      const suspicious = [...(suspicions.get(definition.name) ?? []), ...contradictions]
        .slice(0, MOST_SUSPICIONS)
        .map(redactSecrets);
      const texts = definition.listed?.map(({ text }) => text);
      return [definition.name, { ...lockedTool(raw, category, digest, texts), known, marks, suspicious }];
    }),
  );
}

/** The text of a lock file with what a server lists now. What it says of other servers stays, and of tools that list the same in another order. */
export function updatedLock(lock: Lock, serverTools: ServerTools): string {
  const before = lock.get(serverTools.id);
  const now = [...lockedServer(serverTools)].map(([name, tool]): [string, LockedTool] => {
    const old = before?.get(name);
    if (old?.category !== tool.category || !isReordered(old, tool)) return [name, tool];
    return [name, { ...old, known: tool.known, marks: tool.marks, suspicious: tool.suspicious }];
  });
  return lockText(new Map([...lock, [serverTools.id, new Map(now)]]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
