import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';
import { yamlText } from '../../core/text/yaml-text.js';
import { parse, TooMuch } from '../yaml/parse.js';

/** A place where lines cannot be inserted safely, so that a person has to. */
export class NoPlace extends Error {
  readonly code = 'NO_PLACE';
}

/** Lines of a file without their indentation, made for the one that they get. */
export type Lines = (indent: string) => string[];

/**
 * The text of a policy file with more lines at the end of a map or list. Everything else stays byte for byte. Keys on the way
 * that are not there yet are written.
 * @param path the keys that lead to the map or list
 * @throws {NoPlace} where it is written in one line (`{ … }`) or by an alias
 */
export function insertAtEnd(text: string, path: readonly string[], lines: Lines): string {
  const { node, left } = follow(rootOf(text), path, text);
  if (isEmpty(node)) return insertInEmpty(text, node, path, left, lines);
  if (left.length > 0 && !isMap(node)) throw noPlace(path);
  const indent = indentOf(node, text);
  return insertAfter(text, endOf(node), withKeys(left, lines)(indent));
}

/**
 * The same, after the last entry of a map that fits.
 * @returns undefined when none fits
 */
export function insertBehind(
  text: string,
  path: readonly string[],
  fits: (value: unknown) => boolean,
  lines: Lines,
): string | undefined {
  const { node, left } = follow(rootOf(text), path, text);
  if (left.length > 0 || !isMap(node) || node.flow) return undefined;
  const pair = [...node.items].reverse().find(({ value }) => fits((value as Node | null)?.toJSON()));
  return pair && insertAfter(text, endOfPair(pair), lines(indentOf(node, text)));
}

function rootOf(text: string): unknown {
  try {
    return parse(text, new LineCounter()).contents;
  } catch (error) {
    throw error instanceof TooMuch ? new NoPlace(error.message) : error;
  }
}

interface Followed {
  /** Where the keys lead that are there. */
  node: Node;
  /** The keys that are not. */
  left: readonly string[];
}

function follow(root: unknown, path: readonly string[], text: string): Followed {
  let node = root as Node;
  for (const [index, key] of path.entries()) {
    if (isEmpty(node)) return { node, left: path.slice(index) };
    if (!isMap(node) || node.flow || isOnOneLine(node, text)) throw noPlace(path.slice(0, index));
    const pair = pairOf(node, key);
    if (pair === undefined) return { node, left: path.slice(index) };
    node = pair.value as Node;
  }
  if (!isEmpty(node) && !((isMap(node) || isSeq(node)) && !node.flow)) throw noPlace(path);
  return { node, left: [] };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === key);
}

/** Nothing after the colon, `{}` or `[]`. */
function isEmpty(node: Node): boolean {
  if (isScalar(node)) return node.value === null && !node.anchor && !node.tag;
  return (isMap(node) || isSeq(node)) && node.flow === true && node.items.length === 0 && !node.anchor;
}

/** What is after `- ` or `? ` has no indentation of its own. */
function isOnOneLine(map: YAMLMap, text: string): boolean {
  return /\S/.test(indentOf(map, text));
}

/** What is empty is taken away, and the lines come below its key. */
function insertInEmpty(
  text: string,
  node: Node,
  path: readonly string[],
  left: readonly string[],
  lines: Lines,
): string {
  const [start, end] = rangeOf(node);
  if (path.length === left.length) throw noPlace([]);
  const before = text.slice(0, start).replace(/[ \t]+$/, '');
  const lineStart = before.lastIndexOf('\n') + 1;
  const indent = /^[ ]*/.exec(before.slice(lineStart))?.[0] ?? '';
  if (before.slice(lineStart).trim() === '') throw noPlace(path);
  const cut = before + text.slice(end);
  return insertAfter(cut, before.length, withKeys(left, lines)(`${indent}  `));
}

/** Lines below keys that are not there yet. */
function withKeys(keys: readonly string[], lines: Lines): Lines {
  const [key, ...rest] = keys;
  if (key === undefined) return lines;
  return (indent) => [`${indent}${yamlText(key)}:`, ...withKeys(rest, lines)(`${indent}  `)];
}

/** The spaces in front of the first key or `-`. */
function indentOf(node: Node, text: string): string {
  const first = isMap(node) ? (node.items[0]?.key as Node | undefined) : undefined;
  const [start] = rangeOf(first ?? node);
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
}

/** The offset after the last character of a value. */
function endOf(node: Node): number {
  if (isMap(node) && !node.flow && node.items.length > 0) return endOfPair(node.items.at(-1) as Pair);
  if (isSeq(node) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1) as Node);
  return rangeOf(node)[1];
}

function endOfPair({ key, value }: Pair): number {
  return endOf((value ?? key) as Node);
}

function rangeOf(node: Node): [number, number, number] {
  if (!node.range) throw new NoPlace('a text that was read has places');
  return node.range;
}

/** As whole lines after the line that ends at the offset or later, with its line ends. */
function insertAfter(text: string, offset: number, lines: readonly string[]): string {
  const ends = offset > 0 && text[offset - 1] === '\n';
  const next = text.indexOf('\n', offset);
  const at = ends ? offset : next < 0 ? text.length : next + 1;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const start = at > 0 && text[at - 1] !== '\n' ? lineEnd : '';
  return text.slice(0, at) + start + lines.map((line) => line + lineEnd).join('') + text.slice(at);
}

function noPlace(path: readonly string[]): NoPlace {
  const where = path.length === 0 ? 'the file' : `'${path.join(' → ')}'`;
  return new NoPlace(`${where} is not written as a block of lines, so nothing can be put into it`);
}
