import type { JsonNode } from './node.js';
import { isFlaw, scanJson, stringValue } from './scan.js';

/**
 * A number that readers read differently: one that neither an int64 nor a double holds, or one beyond 2^53 that no double
 * holds, which JavaScript reads as its neighbour and others as it is written. Conditions cannot evaluate it.
 */
export interface Inexact {
  kind: 'inexact';
  /** As it was written. */
  text: string;
}

/** A JSON value without loss: integers as bigint, other numbers as double, objects in their own order. */
export type JsonValue =
  | null
  | boolean
  | string
  | bigint
  | number
  | Inexact
  | JsonValue[]
  | Map<string, JsonValue>;

/** The value of a text that `scanJson` has proved. Throws a `SyntaxError` for any other. */
export function readValue(text: string): JsonValue {
  return read(text, toNumber);
}

/** The same with all numbers as they are written, to be written again. */
export function readAsWritten(text: string): JsonValue {
  return read(text, (number) => ({ kind: 'inexact', text: number }));
}

/** JSON text with keys sorted by code unit and without white space: equal values give equal texts. For digests. */
export function canonical(value: JsonValue): string {
  const sorted: Order = (members) => [...members].sort(([one], [other]) => (one < other ? -1 : 1));
  return write(value, sorted, canonicalNumber);
}

/** JSON text without white space, keys in their own order. */
export function writeValue(value: JsonValue): string {
  return write(value, (members) => [...members], writtenNumber);
}

/** The one spelling of the value of a number, such as for `1`, `1.0` and `10e-1`. */
export function canonicalNumberText(text: string): string {
  return canonicalNumber(toNumber(text));
}

export function isInexact(value: JsonValue): value is Inexact {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

type ReadNumber = (text: string) => bigint | number | Inexact;

function read(text: string, readNumber: ReadNumber): JsonValue {
  const root = scanJson(text, { keep: Number.POSITIVE_INFINITY });
  if (isFlaw(root)) throw new SyntaxError(root.flaw);
  return toValue(text, root, readNumber);
}

function toValue(text: string, node: JsonNode, readNumber: ReadNumber): JsonValue {
  switch (node.kind) {
    case 'object': {
      const members = new Map<string, JsonValue>();
      for (const [key, member] of node.members ?? []) members.set(key, toValue(text, member, readNumber));
      return members;
    }
    case 'array':
      return (node.elements ?? []).map((element) => toValue(text, element, readNumber));
    case 'string':
      return stringValue(text, node);
    case 'number':
      return readNumber(text.slice(node.start, node.end));
    case 'null':
      return null;
    default:
      return node.kind === 'true';
  }
}

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
/** Digits of the largest int64: a longer integer is outside, and never made a bigint, which takes its time. */
const MAX_INT64_LENGTH = 20;
/** Up to here readers take what has an exponent or a fraction for an identifier or an amount; beyond, for a double. */
const LARGEST_INTEGER = 2 ** 64;

function toNumber(text: string): bigint | number | Inexact {
  const inexact: Inexact = { kind: 'inexact', text };
  const number = Number(text);
  if (/^-?\d+$/.test(text)) {
    const integer = text.length <= MAX_INT64_LENGTH ? BigInt(text) : undefined;
    const fits = integer !== undefined && integer >= MIN_INT64 && integer <= MAX_INT64;
    return fits && (Number.isSafeInteger(number) || BigInt(number) === integer) ? integer : inexact;
  }
  const vanished = number === 0 && /^[^eE]*[1-9]/.test(text);
  if (!Number.isFinite(number) || vanished) return inexact;
  return isRounded(text, number) ? inexact : number;
}

/** A double stands for the shortest text that reads as it; among identifiers and amounts, for its exact value alone. */
function isRounded(text: string, number: number): boolean {
  const size = Math.abs(number);
  if (size <= Number.MAX_SAFE_INTEGER) return false;
  const meant = size <= LARGEST_INTEGER ? String(BigInt(number)) : plainText(JSON.stringify(number));
  return plainText(text) !== meant;
}

function writtenNumber(value: bigint | number | Inexact): string {
  if (typeof value === 'object') return value.text;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

/** From here on a double is written with an exponent. */
const LONGEST_PLAIN = 21;

function canonicalNumber(value: bigint | number | Inexact): string {
  return typeof value === 'number' && Math.abs(value) < 1e21
    ? JSON.stringify(value)
    : plainText(writtenNumber(value));
}

/** Digits of an exponent that are told apart: what has more is beyond all that any reader can hold, and takes long to calculate with. */
const LONGEST_EXPONENT = 1_000;

/** A decimal number as an integer in plain digits, where it is one and not too long, else as digits and an exponent. */
function plainText(text: string): string {
  const [, sign = '', whole = '', fraction = '', written = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const leading = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = withoutLastZeros(leading);
  if (digits === '') return '0';
  const power = written.replace(/^([+-]?)0+(?=\d)/, '$1');
  if (power.length > LONGEST_EXPONENT)
    return `${sign}1e${power.startsWith('-') ? '-' : ''}${'9'.repeat(LONGEST_EXPONENT - 1)}`;
  const exponent = BigInt(power) - BigInt(fraction.length) + BigInt(leading.length - digits.length);
  const isPlain = exponent >= 0n && exponent + BigInt(digits.length) <= BigInt(LONGEST_PLAIN);
  return `${sign}${digits}${isPlain ? '0'.repeat(Number(exponent)) : `e${exponent}`}`;
}

/** Not by `0+$`, which looks at each zero again for every zero before it. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}

type Order = (members: Map<string, JsonValue>) => [string, JsonValue][];
type WriteNumber = (value: bigint | number | Inexact) => string;

function write(value: JsonValue, order: Order, number: WriteNumber): string {
  if (value instanceof Map) {
    const members = order(value).map(
      ([key, member]) => `${JSON.stringify(key)}:${write(member, order, number)}`,
    );
    return `{${members.join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map((element) => write(element, order, number)).join(',')}]`;
  if (typeof value === 'number' || typeof value === 'bigint' || isInexact(value)) return number(value);
  return JSON.stringify(value);
}

/** Of what ends a line for readers in Python, Node and editors, JSON itself escapes none of these (RFC 8259 section 7). */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** A value as JSON that no reader splits: what any of them counts as a line end is escaped. For every line that is ours. */
export function oneLineJson(value: unknown): string {
  return withoutLineEnds(JSON.stringify(value));
}

/** JSON text, which has no line feed, as JSON text that no reader splits. It reads as the same value. */
export function withoutLineEnds(json: string): string {
  return json.replace(LINE_ENDS, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
