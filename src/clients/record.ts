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
