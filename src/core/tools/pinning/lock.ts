import { isRecord } from '../../json/is-record.js';
import { withoutLineEnds } from '../../json/value.js';
import { quotedName } from '../../text/name-list.js';
import { CATEGORY_NAMES, type Category, isWorse, MARK_NAMES, type Mark } from '../category.js';

/** What a tool was like when its server was last looked at. */
export interface LockedTool {
  category: Category;
  /** Whether anything showed what it does; missing in older locks. */
  known?: boolean | undefined;
  /** Missing in older locks. */
  marks?: readonly Mark[] | undefined;
  /** What of it may be meant to mislead, one sentence each, without secrets; missing in older locks. */
  suspicious?: readonly string[] | undefined;
  /** A digest of all that an agent or a rule can see of it; empty where it could not be made. */
  definition: string;
  /** The same whatever the order of what may be a set; missing in older locks. */
  unordered?: string | undefined;
  /** The beginning of its description, without secrets; missing in older locks. */
  description?: string | undefined;
  /** Short digests of its parts, which only say what has changed. */
  parts: Readonly<Record<string, string>>;
  /** The same of its arguments, by name. */
  arguments: Readonly<Record<string, string>>;
}

/** Tools by name. */
export type LockedServer = ReadonlyMap<string, LockedTool>;
/** Servers by id. */
export type Lock = ReadonlyMap<string, LockedServer>;

const VERSION = 1;

/** The text of a lock file: one part a line and all in order, so that a review shows what has changed. */
export function lockText(lock: Lock): string {
  const servers = sorted(lock, (tools) => sorted(tools, (tool) => toolText(tool)));
  return `${withoutLineEnds(JSON.stringify({ version: VERSION, servers }, null, 2))}\n`;
}

function toolText({
  category,
  known,
  marks,
  suspicious,
  definition,
  unordered,
  description,
  parts,
  arguments: args,
}: LockedTool) {
  return {
    category,
    known,
    marks,
    suspicious,
    definition,
    unordered,
    description,
    parts: sorted(Object.entries(parts), (part) => part),
    arguments: sorted(Object.entries(args), (argument) => argument),
  };
}

/** An object of entries by name. A name such as `__proto__` is one like any other. */
function sorted<T, U>(entries: Iterable<readonly [string, T]>, turn: (value: T) => U): Record<string, U> {
  const inOrder = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(inOrder.map(([name, value]) => [name, turn(value)]));
}

/** Reads a lock file; a text in place of a lock says why it is none. */
export function readLock(text: string): Lock | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return 'it is not JSON';
  }
  if (!isRecord(value)) return 'it is not an object';
  if (value['version'] !== VERSION)
    return `its version is ${JSON.stringify(value['version'] ?? null).slice(0, 40)}, and only ${VERSION} is known`;
  if (!isRecord(value['servers'])) return '`servers` is not an object';
  const lock = new Map<string, LockedServer>();
  for (const [id, tools] of Object.entries(value['servers'])) {
    const read = isRecord(tools) ? serverIn(tools) : undefined;
    if (read === undefined) return `its part about the server ${quotedName(id)} cannot be read`;
    lock.set(id, read);
  }
  return lock;
}

function serverIn(value: Record<string, unknown>): LockedServer | undefined {
  const tools = new Map<string, LockedTool>();
  for (const [name, tool] of Object.entries(value)) {
    if (!isRecord(tool)) return undefined;
    const { definition, unordered, description, parts, arguments: args } = tool;
    const category = CATEGORY_NAMES.find((each) => each === tool['category']);
    if (category === undefined || typeof definition !== 'string' || !isTexts(parts) || !isTexts(args))
      return undefined;
    if (!isTextOrMissing(unordered) || !isTextOrMissing(description)) return undefined;
    const { known, marks, suspicious } = laterParts(tool);
    const more = { unordered, description, parts, arguments: args };
    tools.set(name, { category, known, marks, suspicious, definition, ...more });
  }
  return tools;
}

/** What an older version of policy-wrap did not write, and a later one may write otherwise. */
function laterParts({
  known,
  marks,
  suspicious,
}: Record<string, unknown>): Pick<LockedTool, 'known' | 'marks' | 'suspicious'> {
  return {
    known: typeof known === 'boolean' ? known : undefined,
    marks: Array.isArray(marks) ? MARK_NAMES.filter((mark) => marks.includes(mark)) : undefined,
    suspicious: Array.isArray(suspicious) ? suspicious.filter((each) => typeof each === 'string') : undefined,
  };
}

/** Whether two definitions differ by nothing but the order of what may be a set. */
export function isReordered(before: LockedTool, now: LockedTool): boolean {
  return now.unordered !== undefined && now.unordered === before.unordered;
}

/**
 * Whether a tool has become worse since it was locked: by its class, and by another definition than the one that was locked.
 * @param now the definition that makes it so; undefined where that cannot be told
 */
export function hasWorsened(locked: LockedTool, category: Category, now: LockedTool | undefined): boolean {
  if (!isWorse(category, locked.category)) return false;
  if (now === undefined || now.definition === '') return true;
  return now.definition !== locked.definition && !isReordered(locked, now);
}

function isTextOrMissing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string');
}
