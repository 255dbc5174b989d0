import { type ReferenceValue, readTree } from './json.js';

/** What a careless server takes for a request to do something. */
export interface SeenCall {
  /** How it came to see that. */
  reader: string;
  method: string;
  name: unknown;
}

type Read = (text: string) => string;

const JUDGED = ['tools/call', 'prompts/get', 'resources/read', 'resources/subscribe'];

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'UTF-8': (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  'UTF-8 without a mark': (bytes) => new TextDecoder('utf-8').decode(bytes),
  'Latin-1': (bytes) => Buffer.from(bytes).toString('latin1'),
};

/** At line feeds; as Python and Node read lines; as `str.splitlines` of Python does, and at all other controls, too. */
const SPLITTERS: Readonly<Record<string, RegExp>> = {
  'line feeds': /\n/,
  'any line end': /\r\n|\r|\n/,
  'all that ends a line in Unicode': /\r\n|(?!\t)\p{Cc}|[\u2028\u2029]/u,
};

/** How keys and methods are compared: as written, in C (to the first NUL), in Go (without case), trimmed, normalised. */
export const COMPARISONS: Readonly<Record<string, Read>> = {
  'to the letter': (text) => text,
  'to the first NUL': (text) => text.split('\0', 1)[0] ?? '',
  'without case': (text) => text.toUpperCase().toLowerCase(),
  'without blanks': (text) => text.trim(),
  normalised: (text) =>
    text
      .normalize('NFKC')
      .replace(/[\p{Cc}\p{Cf}\p{White_Space}]/gu, '')
      .toUpperCase()
      .toLowerCase(),
};

/** A router that takes methods for paths. */
const asPath: Read = (method) =>
  method
    .replaceAll('\\', '/')
    .replace(/\/(?:\.?\/)+/g, '/')
    .replace(/^[./]+|\/+$/g, '');

/** All calls that some careless server sees in these bytes. */
export function callsSeen(bytes: Uint8Array): SeenCall[] {
  const seen: SeenCall[] = [];
  for (const [line, origin] of linesOf(bytes)) {
    for (const tree of treesIn(line)) {
      for (const [comparison, read] of Object.entries(COMPARISONS)) {
        for (const order of ['first', 'last'] as const) {
          seen.push(...callsIn(tree, read, order, `${origin}, ${comparison}, the ${order} wins`));
        }
      }
    }
  }
  return seen;
}

/** Each line once, whoever sees it. */
function linesOf(bytes: Uint8Array): Map<string, string> {
  const lines = new Map<string, string>();
  for (const [decoder, decode] of Object.entries(DECODERS)) {
    const text = decode(bytes);
    for (const [splitter, at] of Object.entries(SPLITTERS))
      for (const line of text.split(at))
        if (!lines.has(line)) lines.set(line, `${decoder}, split at ${splitter}`);
  }
  return lines;
}

/** The values of a line: all of it, what stands before a NUL, or one value after another as stream readers see them. */
function treesIn(line: string): ReferenceValue[] {
  const whole = readTree(line);
  if (whole) return [whole];
  const starts = line.split('\0', 1)[0] ?? '';
  const before = starts === line ? undefined : readTree(starts);
  return before ? [before] : streamOf(line);
}

/** What reads one object after another from a stream does not mind what comes later. */
function streamOf(line: string): ReferenceValue[] {
  const values: ReferenceValue[] = [];
  let start = 0;
  for (let end = line.indexOf('}', start); end >= 0 && values.length < 4; end = line.indexOf('}', end + 1)) {
    const value = readTree(line.slice(start, end + 1));
    if (value === undefined) continue;
    values.push(value);
    start = end + 1;
  }
  return values;
}

function callsIn(tree: ReferenceValue, read: Read, order: 'first' | 'last', reader: string): SeenCall[] {
  if (tree.kind === 'array') return tree.elements.flatMap((each) => callsIn(each, read, order, reader));
  const method = member(tree, 'method', read, order);
  if (method?.kind !== 'string') return [];
  const meant = JUDGED.find(
    (judged) => read(method.value) === judged || asPath(read(method.value)) === judged,
  );
  if (meant === undefined) return [];
  const params = member(tree, 'params', read, order);
  const key = meant.startsWith('resources/') ? 'uri' : 'name';
  const name = params && member(params, key, read, order);
  // Typed decoders read a text that is missing as an empty one.
  const missing = meant === 'resources/subscribe' ? '' : undefined;
  return [{ reader, method: meant, name: name?.kind === 'string' ? name.value : (name?.kind ?? missing) }];
}

/** The value of a key as such a reader finds it. */
export function member(
  tree: ReferenceValue,
  key: string,
  read: Read,
  order: 'first' | 'last',
): ReferenceValue | undefined {
  if (tree.kind !== 'object') return undefined;
  const found = tree.members.filter(([name]) => read(name) === key);
  return found.at(order === 'first' ? 0 : -1)?.[1];
}
