import { createHash } from 'node:crypto';
import { byPosition, type ConfigNode, type Range, type Splice } from './formats/config-text.js';

/** How to put one entry back as it was. It holds no values of variables or headers: those are never moved. */
export interface EntryRecord {
  keys: readonly string[];
  /** Of the entry's text as it was written. */
  digest: string;
  /** Counted from the start of that text. */
  undo: readonly Splice[];
}

/** What is kept of a config file that was changed. */
export interface FileRecord {
  file: string;
  /** The copy of the file as it was before the first change; undefined when there is none. */
  backup: string | undefined;
  entries: readonly EntryRecord[];
}

/** What is to be kept of an entry that was changed. `undo` is counted from the start of the file. */
export function recordOf(
  text: string,
  keys: readonly string[],
  node: ConfigNode,
  undo: readonly Splice[],
): EntryRecord | undefined {
  const ranges = rangesOf(text, node);
  const within: Splice[] = [];
  for (const splice of undo) {
    const start = toInner(ranges, splice);
    if (start === undefined) return undefined;
    within.push({ start, end: start + splice.end - splice.start, text: splice.text });
  }
  return { keys, digest: digestOf(text, ranges), undo: within };
}

/** The changes that put an entry back, where it is still as it was written. */
export function undoOf(text: string, node: ConfigNode, record: EntryRecord): Splice[] | undefined {
  const ranges = rangesOf(text, node);
  if (digestOf(text, ranges) !== record.digest) return undefined;
  return record.undo.map(({ start, end, text: put }) => {
    const from = toOuter(ranges, start);
    return { start: from, end: from + end - start, text: put };
  });
}

/**
 * The changes that put an entry back, after others were made to its text, each within one of them. Undefined where one is
 * not: then it is not known how the entry was.
 */
export function movedUndo(undo: readonly Splice[], changes: readonly Splice[]): Splice[] | undefined {
  const holds = (outer: Range, { start, end }: Range) => start >= outer.start && end <= outer.end;
  const grown = ({ start, end, text }: Splice) => text.length - (end - start);
  const sum = (some: readonly Splice[]) => some.reduce((total, change) => total + grown(change), 0);
  const touching = changes.filter((change) =>
    undo.some(({ start, end }) => change.start <= end && change.end >= start),
  );
  if (touching.some((change) => !undo.some((outer) => holds(outer, change)))) return undefined;
  return undo.map((outer) => {
    const inside = changes.filter((change) => holds(outer, change));
    const before = sum(changes.filter((change) => change.end <= outer.start && !inside.includes(change)));
    return { start: outer.start + before, end: outer.end + before + sum(inside), text: outer.text };
  });
}

/** The record of the entry with these keys. */
export function recordFor(records: readonly EntryRecord[], keys: readonly string[]): EntryRecord | undefined {
  return records.find((record) => JSON.stringify(record.keys) === JSON.stringify(keys));
}

/** The parts of the text that are the entry's; two with nothing but comments between them are one. */
export function rangesOf(text: string, node: ConfigNode): Range[] {
  const ranges: Range[] = [];
  for (const { start, end } of node.kind === 'map' ? byPosition(node.ranges) : [node]) {
    const latest = ranges.at(-1);
    if (latest && /^(?:\s|#[^\n]*)*$/.test(text.slice(latest.end, start)))
      latest.end = Math.max(latest.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

function digestOf(text: string, ranges: readonly Range[]): string {
  const parts = ranges.map(({ start, end }) => text.slice(start, end));
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function toInner(ranges: readonly Range[], { start, end }: Range): number | undefined {
  let before = 0;
  for (const range of ranges) {
    if (start >= range.start && end <= range.end) return before + start - range.start;
    before += range.end - range.start;
  }
  return undefined;
}

function toOuter(ranges: readonly Range[], inner: number): number {
  let before = 0;
  for (const range of ranges) {
    const length = range.end - range.start;
    if (inner <= before + length) return range.start + inner - before;
    before += length;
  }
  return before;
}
