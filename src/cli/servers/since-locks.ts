import { lockFileFor, lockIn, readLockFile } from '../../config/lock-file.js';
import type { SinceLocks } from '../../core/authoring/report/tool-report.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import { type Difference, differences } from '../../core/tools/pinning/differences.js';
import { hasWorsened, type LockedServer } from '../../core/tools/pinning/lock.js';
import { UserError } from '../../platform/user-error.js';
import { lockedServer } from '../../servers/lock-tools.js';
import type { ServerTools } from '../../servers/server-tools.js';

/** What a lock has of the server; a text says why it cannot be used. */
type ReadLock = LockedServer | undefined | string;

/**
 * Compares the tools of a server with the locks beside the policies that judge its calls, as a run does.
 * @param config the policy file that is named
 * @returns also a sentence on each lock that cannot be used
 */
export async function sinceLocks(
  serverTools: ServerTools,
  { layers }: Policy,
  config: string | undefined,
): Promise<SinceLocks & { problems: string[] }> {
  const now = lockedServer(serverTools);
  const files = new Set([...layers.flatMap(({ locks = [] }) => locks), await lockFileFor(config)]);
  const locks = new Map([...files].map((file) => [file, read(file, serverTools.id)] as const));
  const found = [...locks.values()].flatMap((lock) =>
    lock instanceof Map ? differences(lock as LockedServer, now) : [],
  );
  return {
    changes: new Map(found.flatMap(sentenceOf)),
    hasWorsened: (name, layer) => {
      const beside = (layer.locks ?? []).map((file) => locks.get(file));
      if (beside.some((lock) => typeof lock === 'string')) return true;
      const locked = beside.flatMap((lock) => (lock as LockedServer | undefined)?.get(name) ?? []);
      const is = now.get(name);
      return (
        is !== undefined && locked.length > 0 && locked.every((was) => hasWorsened(was, is.category, is))
      );
    },
    problems: [...locks.values()].filter((lock) => typeof lock === 'string'),
  };
}

function read(file: string, server: string): ReadLock {
  try {
    const text = readLockFile(file);
    return text === undefined ? undefined : lockIn(text).get(server);
  } catch (error) {
    if (error instanceof UserError) return `${error.message}, so nothing is known of what has changed`;
    throw error;
  }
}

function sentenceOf({ tool, kind, changes, before, now }: Difference): [string, string][] {
  if (kind === 'new') return [[tool, 'It is new since policy-wrap.lock was written.']];
  if (kind !== 'changed') return [];
  const became = now === before ? [] : [`it is ${now} now, not ${before}`];
  const what = [...changes, ...became].join(', ');
  return [[tool, `It has changed since policy-wrap.lock was written: ${what}.`]];
}
