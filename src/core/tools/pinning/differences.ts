import { nameList } from '../../text/name-list.js';
import { type Category, isWorse } from '../category.js';
import { isReordered, type LockedServer, type LockedTool } from './lock.js';

/** How a tool differs from what was locked. */
export interface Difference {
  tool: string;
  kind: 'new' | 'gone' | 'changed' | 'reordered' | 'reclassified';
  /** What has changed, in words. */
  changes: readonly string[];
  /** Its description then and now, where that has changed and the lock has it. */
  descriptions: { before: string; now: string } | undefined;
  before: Category | undefined;
  now: Category | undefined;
  /** What of it may be meant to mislead, one sentence each, and was not so in the definition that was locked. */
  suspicions: readonly string[];
  /** It can do worse things than before. */
  worse: boolean;
}

/** Compares what a server lists now with what was locked. */
export function differences(before: LockedServer, now: LockedServer): Difference[] {
  const present = [...now].flatMap(([tool, locked]) => differenceOf(tool, before.get(tool), locked));
  const gone = [...before].filter(([tool]) => !now.has(tool));
  return [
    ...present,
    ...gone.map(
      ([tool, { category }]): Difference => ({
        tool,
        kind: 'gone',
        changes: [],
        descriptions: undefined,
        suspicions: [],
        before: category,
        now: undefined,
        worse: false,
      }),
    ),
  ];
}

function differenceOf(tool: string, before: LockedTool | undefined, now: LockedTool): Difference[] {
  const suspicions = (now.suspicious ?? []).filter((each) => !before?.suspicious?.includes(each));
  const base = { tool, descriptions: undefined, suspicions, before: before?.category, now: now.category };
  if (before === undefined) return [{ ...base, kind: 'new', changes: lockedMarks(now), worse: false }];
  const isSame = now.definition !== '' && now.definition === before.definition;
  const { gained, changes } = markChanges(before, now);
  const worse = isWorse(now.category, before.category) || gained;
  const isSameClass = now.category === before.category && changes.length === 0;
  if (isSame) {
    // An older lock has not kept them, and its definition was taken with them.
    const seen = before.suspicious === undefined ? [] : suspicions;
    if (isSameClass && seen.length === 0) return [];
    return [{ ...base, kind: 'reclassified', changes, suspicions: seen, worse }];
  }
  if (isSameClass && suspicions.length === 0 && isReordered(before, now))
    return [{ ...base, kind: 'reordered', changes: [], worse: false }];
  const { description: was } = before;
  const { description: is } = now;
  const descriptions =
    was === undefined || is === undefined || was === is ? undefined : { before: was, now: is };
  const all = [
    ...changesOf(before, now),
    ...changes,
    ...(before.marks === undefined ? lockedMarks(now) : []),
  ];
  return [{ ...base, kind: 'changed', changes: all, descriptions, worse }];
}

function lockedMarks({ marks = [] }: LockedTool): string[] {
  return marks.length === 0 ? [] : [`it is marked ${marks.join(', ')}`];
}

/** What is said of a tool beside its category, where the lock has that. */
function markChanges(before: LockedTool, now: LockedTool): { gained: boolean; changes: string[] } {
  const [was = now.marks ?? [], is = was] = [before.marks, now.marks];
  const gained = is.filter((mark) => !was.includes(mark));
  const lost = was.filter((mark) => !is.includes(mark));
  const changes = [
    ...(gained.length > 0 ? [`it is marked ${gained.join(', ')} now`] : []),
    ...(lost.length > 0 ? [`it is not marked ${lost.join(', ')} any more`] : []),
    ...((before.known ?? now.known) === now.known
      ? []
      : [now.known ? 'what it does is known now' : 'nothing shows any more what it does']),
  ];
  return { gained: gained.length > 0, changes };
}

function changesOf(before: LockedTool, now: LockedTool): string[] {
  if (now.definition === '') return ['it is nested too deeply to be compared'];
  const parts = compared(before.parts, now.parts);
  const args = compared(before.arguments, now.arguments);
  const changes = [
    ...(['added', 'removed', 'changed'] as const).flatMap((how) =>
      parts[how].map(
        (part) =>
          `its ${PART_WORDS[part] ?? nameList([part])} ${part === 'annotations' ? 'were' : 'was'} ${how}`,
      ),
    ),
    ...(['added', 'removed', 'changed'] as const).flatMap((how) =>
      args[how].length === 0
        ? []
        : `the argument${args[how].length === 1 ? '' : 's'} ${nameList(args[how])} ${args[how].length === 1 ? 'was' : 'were'} ${how}`,
    ),
  ];
  return changes.length > 0 ? changes : ['something of it has changed'];
}

const PART_WORDS: Readonly<Record<string, string>> = {
  inputSchema: 'input schema',
  outputSchema: 'output schema',
};

function compared(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) {
  const was = new Map(Object.entries(before));
  const is = new Map(Object.entries(now));
  return {
    added: [...is.keys()].filter((name) => !was.has(name)),
    removed: [...was.keys()].filter((name) => !is.has(name)),
    changed: [...is.keys()].filter((name) => was.has(name) && was.get(name) !== is.get(name)),
  };
}
