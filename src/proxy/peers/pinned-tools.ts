import path from 'node:path';
import type { LivePolicy } from '../../config/live-policy.js';
import { LOCK_NAME, lockIn, readLockFile } from '../../config/lock-file.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import { resolve } from '../../core/policy/decide/resolve.js';
import { quotedName } from '../../core/text/name-list.js';
import { CATEGORY_NAMES, type Category, isWorse } from '../../core/tools/category.js';
import { differences, type LockedServer } from '../../core/tools/pinning/lock.js';
import { lockedServer } from '../../servers/lock-tools.js';
import { toolsOf } from '../../servers/tool-list.js';
import type { ToolLists } from './tool-lists.js';

/** A tool that the policy takes for milder than its definition looks. */
interface Milder {
  name: string;
  written: Category;
  found: Category;
  because: string | undefined;
}

/**
 * Says which tools of the latest list look worse than the policy takes them for, unless a lock beside the policy says that they
 * looked so when somebody last looked: a written category is for the definition that was there then.
 */
export function tellOfPinned(server: string, livePolicy: LivePolicy, lists: ToolLists): void {
  const { elements = [] } = lists.latest() ?? {};
  const names = new Set(elements.flatMap((element) => element.names));
  const milder = [...names].flatMap((name) => milderThanItLooks(name, livePolicy.policy, lists));
  if (milder.length === 0) return;
  const locks = locksOf(livePolicy.files, server);
  const now = lockedServer({ tools: toolsOf(elements).tools });
  for (const each of milder) {
    const known = locks.filter((lock) => lock.has(each.name));
    const isLocked = known.some((lock) => !changedSince(lock, now).has(each.name));
    if (!isLocked) lists.tellOnce(sentence(each, known.length > 0));
  }
}

function milderThanItLooks(name: string, { layers }: Policy, lists: ToolLists): Milder[] {
  for (const layer of layers) {
    const { category } = resolve(layer, 'tool', name);
    const written = CATEGORY_NAMES.find((each) => each === category);
    if (written === undefined) continue;
    const found = lists.classify(name, layer.trustsAnnotations);
    if (isWorse(found.category, written))
      return [{ name, written, found: found.category, because: found.evidence[0] }];
  }
  return [];
}

/** What the locks beside these files know of the server. One that cannot be read knows nothing. */
function locksOf(files: readonly string[], server: string): LockedServer[] {
  const folders = [...new Set(files.map((file) => path.dirname(file)))];
  return folders.flatMap((folder) => {
    try {
      const text = readLockFile(path.join(folder, LOCK_NAME));
      const lock = text === undefined ? undefined : lockIn(text).get(server);
      return lock ? [lock] : [];
    } catch {
      return [];
    }
  });
}

function changedSince(lock: LockedServer, now: LockedServer): Set<string> {
  const changed = differences(lock, now).filter(({ kind }) => kind === 'changed');
  return new Set(changed.map(({ tool }) => tool));
}

function sentence({ name, written, found, because }: Milder, wasLocked: boolean): string {
  const looks = `it looks ${found} now${because === undefined ? '' : ` (${because})`}, and the policy says ${written}`;
  return wasLocked
    ? `the definition of the tool ${quotedName(name)} has changed since ${LOCK_NAME} was written: ${looks}; compare them with policy-wrap check --against`
    : `no ${LOCK_NAME} has the definition of the tool ${quotedName(name)}: ${looks}; compare them with policy-wrap check --against`;
}
