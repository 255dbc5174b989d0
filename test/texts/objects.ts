import fc from 'fast-check';
import type { JsonNode } from '../../src/core/json/node.js';
import { isFlaw, scanJson } from '../../src/core/json/scan.js';
import { jsonText } from './json.js';

/** A member of an object as it is written. */
export interface WrittenMember {
  key: string;
  /** The key, the colon and the value, with the blanks between them. */
  text: string;
  value: string;
}

const blank = fc.constantFrom('', '', '', ' ', '\t', ' \t');

/** JSON that has one reading. */
export function plainJson(): fc.Arbitrary<string> {
  return jsonText().filter((text) => !isFlaw(scanJson(text)));
}

/** A member with this key, which may be written with escapes. */
export function member(key: string, value: fc.Arbitrary<string>): fc.Arbitrary<WrittenMember> {
  const at = fc.nat(Math.max(0, key.length - 1));
  return fc.tuple(blank, blank, value, fc.boolean(), at).map(([before, after, written, escapes, index]) => {
    const spelt = escapes && key.length > 0 ? escapedAt(key, index) : JSON.stringify(key);
    return { key, text: `${spelt}${before}:${after}${written}`, value: written };
  });
}

/** Members with other keys than these. */
export function otherMembers(taken: readonly string[]): fc.Arbitrary<WrittenMember[]> {
  const key = fc.string({ maxLength: 3 }).filter((each) => !taken.includes(each));
  return fc.uniqueArray(
    key.chain((each) => member(each, plainJson())),
    { maxLength: 4, selector: (each) => each.key },
  );
}

/** An object with these members in this order, and blanks where JSON allows them. */
export function objectOf(members: readonly WrittenMember[]): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(blank, blank), { minLength: members.length + 1, maxLength: members.length + 1 })
    .map((gaps) => {
      const parts = members.map(({ text }, index) => `${gaps[index]?.[0]}${text}${gaps[index]?.[1]}`);
      return members.length === 0 ? `{${gaps[0]?.[0]}}` : `{${parts.join(',')}}`;
    });
}

/** These in any order. */
export function inAnyOrder<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}

/** The members of an object as they are written, by key. */
export function writtenMembers(text: string, object: JsonNode | undefined): Map<string, string> {
  const members = [...(object?.members ?? [])];
  return new Map(members.map(([key, { start, end }]) => [key, text.slice(start, end)]));
}

function escapedAt(key: string, index: number): string {
  const escaped = `\\u${key.charCodeAt(index).toString(16).padStart(4, '0')}`;
  const [before, after] = [key.slice(0, index), key.slice(index + 1)].map((part) =>
    JSON.stringify(part).slice(1, -1),
  );
  return `"${before}${escaped}${after}"`;
}
