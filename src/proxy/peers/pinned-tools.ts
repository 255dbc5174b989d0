import { createHash } from 'node:crypto';
import { readLockFile } from '../../config/lock-file.js';
import { LOCK_NAME } from '../../config/lock-name.js';
import { seenFile } from '../../config/watch.js';
import type { Layer, Policy } from '../../core/policy/compile/policy.js';
import { resolve } from '../../core/policy/decide/resolve.js';
import { quotedName } from '../../core/text/name-list.js';
import { CATEGORY_NAMES, type Category, type Classification, isWorse } from '../../core/tools/category.js';
import type { ListedElement } from '../../core/tools/listing/element.js';
import { lockedTool } from '../../core/tools/pinning/fingerprint.js';
import { hasWorsened, type LockedServer, type LockedTool, readLock } from '../../core/tools/pinning/lock.js';
import type { ToolClasses, Worst } from './tool-classes.js';

/** What the locks of a layer say of a tool. */
type SinceLock = 'not locked' | 'as locked' | 'worse' | 'unreadable';

/** The tools that policies say the category of: whether they still are what they were when somebody last looked. */
export class PinnedTools {
  readonly #locks = new Map<string, { signature: string; locked: LockedServer | undefined | 'unreadable' }>();

  /** @param server its id */
  constructor(
    private readonly server: string,
    private readonly classes: ToolClasses,
  ) {}

  /** See `Call.hasWorsened`. A lock that cannot be used says nothing good of any tool. */
  hasWorsened(name: string, layer: Layer): boolean {
    const since = this.#since(this.classes.worst(name, layer.trustsAnnotations), layer);
    return since === 'worse' || since === 'unreadable';
  }

  /** What is to be told of a tool that looks worse than a layer of the policy takes it for. */
  notes(name: string, { layers }: Policy): string[] {
    return layers.flatMap((layer) => {
      const { category } = resolve(layer, 'tool', name);
      const written = CATEGORY_NAMES.find((each) => each === category);
      const worst = this.classes.worst(name, layer.trustsAnnotations);
      if (written === undefined || worst === undefined || !isWorse(worst.found.category, written)) return [];
      const since = this.#since(worst, layer);
      // Another policy may have a lock which says that the tool looked so when somebody last looked.
      if (since === 'not locked' && layers.some((other) => this.#since(worst, other) === 'as locked'))
        return [];
      return since === 'as locked' ? [] : [sentence(since, name, written, worst.found)];
    });
  }

  #since(worst: Worst | undefined, { locks = [] }: Layer): SinceLock {
    if (worst === undefined) return 'not locked';
    const locked = locks.map((file) => this.#lockedIn(file));
    if (locked.includes('unreadable')) return 'unreadable';
    const known = locked.flatMap((lock) => (lock instanceof Map && lock.get(worst.name)) || []);
    if (known.length === 0) return 'not locked';
    const now = worst.element && fingerprint(worst.element);
    return known.every((each) => hasWorsened(each, worst.found.category, now)) ? 'worse' : 'as locked';
  }

  /** Read again when it has changed, so that a person need not start the client again. */
  #lockedIn(file: string): LockedServer | undefined | 'unreadable' {
    const { signature } = seenFile(file);
    const before = this.#locks.get(file);
    if (before?.signature === signature) return before.locked;
    const locked = readLocked(file, this.server);
    this.#locks.set(file, { signature, locked });
    return locked;
  }
}

function readLocked(file: string, server: string): LockedServer | undefined | 'unreadable' {
  try {
    const text = readLockFile(file);
    const lock = text === undefined ? undefined : readLock(text);
    return typeof lock === 'string' ? 'unreadable' : lock?.get(server);
  } catch {
    return 'unreadable';
  }
}

const fingerprints = new WeakMap<ListedElement, LockedTool>();

/** What would be locked of a definition. Its class is not asked for. */
function fingerprint(element: ListedElement): LockedTool {
  const known = fingerprints.get(element);
  if (known) return known;
  const { text, flaw, isJson } = element;
  const raw: unknown = isJson ? JSON.parse(text) : undefined;
  const made = lockedTool(raw, 'read', sha256, flaw === undefined ? undefined : [text]);
  fingerprints.set(element, made);
  return made;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

const COMPARE = 'compare them with policy-wrap check --against';

function sentence(
  since: SinceLock,
  name: string,
  written: Category,
  { category, evidence: [because] }: Classification,
): string {
  const tool = quotedName(name);
  const looks = `it looks ${category} now${because === undefined ? '' : ` (${because})`}`;
  const counts = `${looks}, which counts, and not ${written} as the policy says`;
  switch (since) {
    case 'worse':
      return `the definition of the tool ${tool} has changed since ${LOCK_NAME} was written: ${counts}; ${COMPARE}, then write its category, or take the definition with --update-lock`;
    case 'unreadable':
      return `${LOCK_NAME} cannot be used, so the definition of the tool ${tool} cannot be compared: ${counts}; see policy-wrap check --against`;
    default:
      return `no ${LOCK_NAME} has the definition of the tool ${tool}: ${looks}, and the policy says ${written}; ${COMPARE}`;
  }
}
