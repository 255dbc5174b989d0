import { isRecord } from '../../core/json/is-record.js';
import type { PolicyDocument } from '../../core/policy/document/document.js';
import { areLines, type WrittenLines } from './written-lines.js';

/** What was made of a policy file when it was read and checked. */
export interface KnownEntry {
  document: PolicyDocument;
  lines: WrittenLines;
}

/** Hexadecimal digits of the sum at the end. */
const SUM_LENGTH = 8;

/**
 * What is kept of a policy file: what it was made by, the whole text of the file, and what was made of it. The text is there
 * so that it can be compared: no two texts can be taken for each other, as two with the same hash could.
 * @param about all that the reading of a text depends on besides the text
 */
export function entryText(about: string, text: string, entry: KnownEntry): string {
  const said = `${head(about, text)}${text}${JSON.stringify(entry)}`;
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(said));
  bytes.write(said);
  return said + sumOf(bytes);
}

/** What was made of exactly this text; undefined for anything else. */
export function entryIn(content: Buffer, about: string, text: string): KnownEntry | undefined {
  const end = content.length - SUM_LENGTH;
  const before = Buffer.from(head(about, text) + text);
  if (end < before.length || !content.subarray(0, before.length).equals(before)) return undefined;
  if (content.toString('latin1', end) !== sumOf(content.subarray(0, end))) return undefined;
  try {
    const entry: unknown = JSON.parse(content.toString('utf8', before.length, end));
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function head(about: string, text: string): string {
  return `${JSON.stringify(about)} ${text.length}\n`;
}

/** The schema has checked the document before it was kept, and no one else can have kept it. */
function isEntry(value: unknown): value is KnownEntry {
  return isRecord(value) && isRecord(value['document']) && areLines(value['lines']);
}

/**
 * FNV-1a over words of 32 bits: it finds what a crashed disk has left of a file, and costs 0.3 ms for a thousand rules, where
 * to load `crypto` takes 5.
 */
function sumOf(bytes: Buffer): string {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let sum = 0x811c9dc5 ^ bytes.length;
  for (let at = 0; at < words.length; at++) sum = Math.imul(sum ^ (words[at] ?? 0), 0x01000193);
  for (let at = words.length << 2; at < bytes.length; at++)
    sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193);
  return (sum >>> 0).toString(16).padStart(SUM_LENGTH, '0');
}
