import { normalForm } from '../../../text/fold.js';
import { splitIntoWords } from '../../../text/split-words.js';
import { withoutAccents } from '../vocabulary/foreign.js';
import { isParticle } from '../vocabulary/nouns.js';
import { verbOf } from '../vocabulary/verbs.js';

const LONGEST_NAME = 256;
const MOST_PARTS = 40;
const ASCII = /^[\0-\x7f]*$/;
/** `ta_bort`, `satin_al`, `voer_uit`. */
const FOREIGN_PARTICLE = /^(?:bort|al|et|uit|ut|ud|aus|ab|yap)$/;
/** `createorupdate`, `getandremove`. */
const GLUED_PAIR = /^([a-z]{2,10}?)(or|and|then)([a-z]{2,10})$/;

/** A name as it is read: in plain letters where it only looks unusual. One letter can become 18, so it is cut before. */
export function readable(name: string): string {
  const cut =
    name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME / 2)} ${name.slice(-LONGEST_NAME / 2)}` : name;
  return ASCII.test(cut) ? cut : normalForm(cut, 'NFKC');
}

/** Whether something is in a name that is not read. */
export function isTooLong(name: string): boolean {
  return (
    name.length > LONGEST_NAME || (name.length > 2 * MOST_PARTS && splitIntoWords(name).length > MOST_PARTS)
  );
}

/** The words of a tool's name that say something: no version, no accents, two words that are one verb as one. */
export function partsOf(name: string): string[] {
  const parts = splitIntoWords(ASCII.test(name) ? name : withoutAccents(name))
    .map(withoutNumber)
    .flatMap(gluedPair);
  const kept = joinParticles(parts).filter(
    (part, index, all) =>
      !/^v\d+$/.test(part) &&
      // A pull request is neither pulled nor requested.
      !(/^requests?$/.test(part) && /^(?:pull|merge)$/.test(all[index - 1] ?? '')) &&
      !(/^(?:pull|merge)$/.test(part) && /^requests?$/.test(all[index + 1] ?? '') && all.length > 2),
  );
  return kept.slice(0, MOST_PARTS);
}

/** `delete2` deletes. */
function withoutNumber(part: string): string {
  const bare = /\d/.test(part) ? part.replace(/^\d+|\d+$/g, '') : part;
  return bare !== part && verbOf(part) === undefined && verbOf(bare) !== undefined ? bare : part;
}

/** Two verbs that are one word are two, where both are known. */
function gluedPair(part: string): string[] {
  const [, one = '', joint = '', other = ''] =
    part.length < 6 || verbOf(part) ? [] : (GLUED_PAIR.exec(part) ?? []);
  return verbOf(one) && verbOf(other) ? [one, joint, other] : [part];
}

/** `clean_up` is the verb `cleanup`; `list_in` stays what it is. */
function joinParticles(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const [part = '', next = ''] = [parts[index], parts[index + 1]];
    const one = (isParticle(next) || FOREIGN_PARTICLE.test(next)) && verbOf(part + next) !== undefined;
    joined.push(one ? part + next : part);
    if (one) index++;
  }
  return joined;
}
