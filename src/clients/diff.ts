import { redact } from '../core/secrets/redact.js';
import { redactSecrets } from '../core/secrets/text/redact-secrets.js';
import { REDACTED } from '../core/secrets/text/spans.js';
import { visible } from '../core/text/visible.js';
import type { ServerEntry } from './entries/entry.js';
import {
  applySplices,
  byPosition,
  type ConfigNode,
  memberOf,
  type Range,
  type Splice,
} from './formats/config-text.js';

/** Lines of a file that change, with some around them. */
export interface Hunk {
  /** The number of the first, counted from 1. */
  line: number;
  lines: readonly Line[];
}

interface Line {
  kind: ' ' | '-' | '+';
  text: string;
}

/** Lines around a change that are shown. */
const AROUND = 2;
/** Characters of a line that are shown. */
const WIDEST = 200;

/** What the changes do to the text, without the secrets that are there. */
export function diffOf(text: string, splices: readonly Splice[], entries: readonly ServerEntry[]): Hunk[] {
  const masks = byPosition(entries.flatMap(secretsIn));
  const untouched = masks.filter((mask) => !splices.some((each) => overlaps(each, mask)));
  const lines = linesOf(text);
  const show = (from: number, to: number, changes: readonly Splice[]) => {
    const [start, end] = [lines[from]?.start ?? 0, lines[to]?.end ?? 0];
    return from > to ? [] : applySplices(text.slice(start, end), within({ start, end }, changes)).split('\n');
  };
  const unchanged = (from: number, to: number) => show(from, to, masks).map(marked(' '));
  return groupsOf(blocksOf(lines, splices)).flatMap((blocks) => {
    const first = Math.max(0, (blocks[0]?.first ?? 0) - AROUND);
    const last = Math.min(lines.length - 1, (blocks.at(-1)?.last ?? 0) + AROUND);
    let done = first;
    const shown: Line[] = [];
    for (const block of blocks) {
      shown.push(...unchanged(done, block.first - 1));
      shown.push(
        ...compared(
          show(block.first, block.last, masks),
          show(block.first, block.last, byPosition([...untouched, ...splices])),
        ),
      );
      done = block.last + 1;
    }
    shown.push(...unchanged(done, last));
    return shown.every(({ kind }) => kind === ' ') ? [] : [{ line: first + 1, lines: shown }];
  });
}

/** The changes as far as they reach into a part of the text, counted from its start. */
function within({ start, end }: Range, changes: readonly Splice[]): Splice[] {
  return changes
    .filter((each) => each.start <= end && each.end >= start)
    .map((each) => ({
      text: each.text,
      start: Math.max(each.start, start) - start,
      end: Math.min(each.end, end) - start,
    }));
}

/** Lines that stay at the start and the end of a change are none of it. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    ...before.slice(0, head).map(marked(' ')),
    ...before.slice(head, before.length - tail).map(marked('-')),
    ...after.slice(head, after.length - tail).map(marked('+')),
    ...before.slice(before.length - tail).map(marked(' ')),
  ];
}

function marked(kind: Line['kind']): (line: string) => Line {
  return (line) => ({ kind, text: shown(line) });
}

function linesOf(text: string): Range[] {
  const lines: Range[] = [];
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start);
    lines.push({ start, end: end < 0 ? text.length : end });
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}

interface Block {
  first: number;
  last: number;
}

/** The lines that are touched. */
function blocksOf(lines: readonly Range[], splices: readonly Splice[]): Block[] {
  const blocks: Block[] = [];
  for (const { start, end } of byPosition(splices)) {
    const first = lines.findIndex((line) => line.end >= start);
    const last = lines.findIndex((line) => line.end >= end);
    const latest = blocks.at(-1);
    if (latest && first <= latest.last) latest.last = Math.max(latest.last, last);
    else blocks.push({ first, last });
  }
  return blocks;
}

/** Those close to each other are shown together. */
function groupsOf(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const latest = groups.at(-1);
    if (latest && block.first <= (latest.at(-1)?.last ?? 0) + 1 + 2 * AROUND) latest.push(block);
    else groups.push([block]);
  }
  return groups;
}

function shown(line: string): string {
  const text = visible(safeText(line.replace(/\r$/, '').replaceAll('\t', '  ')));
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

/** Without secrets that can be told by their form; also those in the paths of URLs, which look like no word. */
export function safeText(text: string): string {
  return redactSecrets(text).replace(
    /(?<=:\/\/[^\s"']*\/)(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16}[\w-]*/g,
    REDACTED,
  );
}

function overlaps(one: Range, other: Range): boolean {
  return one.start < other.end && other.start < one.end;
}

const VALUES = ['env', 'environment', 'headers', 'http_headers'];

/** Every variable and header of a server may be a secret, and arguments that look like one. */
function secretsIn({ node }: ServerEntry): Splice[] {
  if (node.kind !== 'map') return [];
  const holders = [node, memberOf(node, 'command')?.value].filter((each) => each?.kind === 'map');
  return holders.flatMap((map) =>
    map.members.flatMap(({ key, value }) => (VALUES.includes(key) ? allTexts(value) : suspicious(value))),
  );
}

function allTexts(node: ConfigNode): Splice[] {
  if (node.kind === 'map') return node.members.flatMap(({ value }) => allTexts(value));
  return node.kind === 'text' ? [{ start: node.start, end: node.end, text: '"[redacted]"' }] : [];
}

function suspicious(node: ConfigNode): Splice[] {
  const texts = node.kind === 'list' ? node.items : [node];
  const words = texts.map((each) => (each.kind === 'text' ? each.value : ''));
  const safe = redact(words) as string[];
  return texts.flatMap((each, index) =>
    each.kind === 'text' && safe[index] !== words[index]
      ? [{ start: each.start, end: each.end, text: JSON.stringify(safe[index]) }]
      : [],
  );
}
