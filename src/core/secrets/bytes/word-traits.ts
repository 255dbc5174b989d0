import { isNamedByAnother, isSecretPair, namesAnother } from '../names/pair-names.js';
import { mayTakeSecret } from '../names/secret-flag.js';
import { isSecretName } from '../names/secret-name.js';
import { isPlainKey } from '../redact.js';
import { kindOfName, maySign } from '../text/kind-of-name.js';
import { mayHoldSecret } from '../text/markup-span.js';
import { needsWordsBefore } from '../text/name-before.js';

/** A member of this key is not written down as it is. */
export const HIDES_MEMBER = 1;
/** The same where it is a number. */
export const HIDES_NUMBER = 1024;
/** The name of a secret, or of a kind of them. */
export const NAMES_SECRET = 2;
/** What a text assigns to this name is looked at. */
export const HIDES_ASSIGNED = 4;
/** The same where the name is that of a parameter of a link. */
export const MAY_SIGN = 8;
/** Says what another member holds. */
export const NAMES_ANOTHER = 16;
/** Holds what another member names. */
export const NAMED_BY_ANOTHER = 32;
/** Is a name only with the words before it. */
export const NEEDS_WORDS = 64;
/** Comes before a password in SQL: `IDENTIFIED BY 'x'`. */
export const BEFORE_PASSWORD = 128;
/** What comes after this option is looked at. */
export const HIDES_NEXT = 256;
/** An element that may hold a secret, or whose neighbour may. */
export const HIDES_ELEMENT = 512;
/** Of a word of which nothing is known. */
export const ALL_TRAITS = 2047;

/** All that those who look for secrets may ask about a word, as bits: each is set where they might do something about it. */
export function traitsOfWord(word: string): number {
  const name = withoutDashes(word.slice(word.lastIndexOf(' ') + 1));
  const kind = kindOfName(withoutDashes(word), name);
  const namesSecret = isSecretName(word) || isSecretPair('type', word, 'value');
  return (
    (isPlainKey(word) ? 0 : HIDES_MEMBER) |
    (isPlainKey(word, 0) ? 0 : HIDES_NUMBER) |
    (namesSecret || kind === 'secret' ? NAMES_SECRET : 0) |
    (kind === 'secret' || kind === 'signing' || word.endsWith('Private-Lines') ? HIDES_ASSIGNED : 0) |
    (maySign(name) ? MAY_SIGN : 0) |
    (namesAnother(word) || namesAnother(name) ? NAMES_ANOTHER : 0) |
    (isNamedByAnother(word) ? NAMED_BY_ANOTHER : 0) |
    (needsWordsBefore(name) ? NEEDS_WORDS : 0) |
    (/^(?:by|as)$/i.test(word) ? BEFORE_PASSWORD : 0) |
    (mayTakeSecret(word) || /^-p./.test(word) ? HIDES_NEXT : 0) |
    (mayHoldSecret(word.slice(word.indexOf(':') + 1)) ? HIDES_ELEMENT : 0)
  );
}

/** Texts assign to an option as to its name: `--name=value`. */
function withoutDashes(word: string): string {
  return word.replace(/^-+/, '');
}
