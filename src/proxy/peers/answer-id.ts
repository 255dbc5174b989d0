import { bufferOf } from '../streams/bytes.js';

/** Where the id of an answer is. Bytes; `end` exclusive. */
export interface IdExtent {
  start: number;
  end: number;
  /** Whether all else of the answer comes after it. */
  leads: boolean;
}

/** Ids that every reader ends at the same byte. */
const TOKEN = String.raw`(-?(?:0|[1-9]\d{0,19})|"[\w.:-]{0,100}")`;
const LEADING = new RegExp(
  String.raw`^\{[ \t]*(?:"jsonrpc"[ \t]*:[ \t]*"2\.0"[ \t]*,[ \t]*)?"id"[ \t]*:[ \t]*${TOKEN}[ \t]*,`,
  'd',
);
const ENDING = new RegExp(String.raw`,[ \t]*"id"[ \t]*:[ \t]*${TOKEN}[ \t]*\}[ \t\r\n]*$`, 'd');
/** What is looked at of either end, which is more than such an id takes. Bytes. */
const LOOKED_AT = 256;

/** The id at either end of an answer, where SDKs write it; undefined for an id elsewhere, and for an unusual one. */
export function answerId(line: Uint8Array): IdExtent | undefined {
  const bytes = bufferOf(line);
  const [start, end] = LEADING.exec(bytes.toString('latin1', 0, LOOKED_AT))?.indices?.[1] ?? [];
  if (start !== undefined && end !== undefined) return { start, end, leads: true };
  const from = Math.max(0, bytes.length - LOOKED_AT);
  const [first, last] = ENDING.exec(bytes.toString('latin1', from))?.indices?.[1] ?? [];
  return first === undefined || last === undefined
    ? undefined
    : { start: from + first, end: from + last, leads: false };
}

/** Whether two answers are the same to the byte but for their ids, of which both are numbers or both are texts. */
export function isSameButId(line: Uint8Array, other: Uint8Array): boolean {
  const id = answerId(line);
  const otherId = answerId(other);
  if (id === undefined || otherId?.leads !== id.leads) return false;
  const isText = (bytes: Uint8Array, { start }: IdExtent) => bytes[start] === 0x22;
  if (isText(line, id) !== isText(other, otherId)) return false;
  return (
    bufferOf(line.subarray(0, id.start)).equals(other.subarray(0, otherId.start)) &&
    bufferOf(line.subarray(id.end)).equals(other.subarray(otherId.end))
  );
}
