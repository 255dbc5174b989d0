import type { JsonNode } from './node.js';
import { oneLineJson } from './value.js';

const TAB = 0x09;
const SPACE = 0x20;
const COMMA = 0x2c;

/** What becomes of members: JSON text takes the place of the value, or is added at the end; undefined takes the member out. */
export type MemberChanges = ReadonlyMap<string, string | undefined>;

/**
 * The text of an object with some of its members changed; every other member stays as it is written, and so do the
 * blanks around it.
 * @param object a node of the text whose members are described
 */
export function withMembers(text: string, object: JsonNode, changes: MemberChanges): string {
  const members = object.members ?? new Map<string, JsonNode>();
  const first = startOfKey(text, object.start + 1);
  let result = text.slice(object.start, members.size > 0 ? first : object.end - 1);
  let kept = 0;
  let before = object.start + 1;
  for (const [key, { start, end }] of members) {
    const keyStart = startOfKey(text, before);
    if (!changes.has(key) || changes.get(key) !== undefined) {
      // The comma of a member is the one before it, since it may be the last.
      result +=
        text.slice(kept++ === 0 ? keyStart : before, start) + (changes.get(key) ?? text.slice(start, end));
    }
    before = end;
  }
  for (const [key, value] of changes) {
    if (value === undefined || members.has(key)) continue;
    result += `${kept++ === 0 ? '' : ','}${oneLineJson(key)}:${value}`;
  }
  return result + text.slice(members.size > 0 ? before : object.end - 1, object.end);
}

/** Where the key begins that comes after this place. */
function startOfKey(text: string, after: number): number {
  let at = after;
  let code = text.charCodeAt(at);
  while (code === SPACE || code === TAB || code === COMMA) code = text.charCodeAt(++at);
  return at;
}
