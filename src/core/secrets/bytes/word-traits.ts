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
export const HIDES_NUMBER = 2;
/** The name of a secret, or of a kind of them. */
export const NAMES_SECRET = 4;
/** What a text assigns to this name is looked at. */
export const HIDES_ASSIGNED = 8;
/** The same where the name is that of a parameter of a link. */
export const MAY_SIGN = 16;
/** Says what another member holds. */
export const NAMES_ANOTHER = 32;
/** Holds what another member names. */
export const NAMED_BY_ANOTHER = 64;
/** Is a name only with the words before it. */
export const NEEDS_WORDS = 128;
/** Comes before a password in SQL: `IDENTIFIED BY 'x'`. */
export const BEFORE_PASSWORD = 256;
/** What comes after this option is looked at. */
export const HIDES_NEXT = 512;
/** An element that may hold a secret, or whose neighbour may. */
export const HIDES_ELEMENT = 1024;
/** Of a word of which nothing is known. */
export const ALL_TRAITS = 2047;

/** What a word is where it stands: that says which traits are asked for. To find all of them takes three times as long. */
export const AS_KEY = 1;
export const AS_ASSIGNED = 2;
/** As the value of a member that names another, as the first of two in a list, or before a quote. */
export const AS_NAME = 4;
export const AS_OPTION = 8;
export const AS_ELEMENT = 16;

/** What those who look for secrets may ask about a word, as bits: each is set where they might do something about it. */
export function traitsOfWord(word: string, role: number): number {
  switch (role) {
    case AS_KEY:
      return (
        (isPlainKey(word) ? 0 : HIDES_MEMBER) | (isPlainKey(word, 0) ? 0 : HIDES_NUMBER) | pairTraits(word)
      );
    case AS_ASSIGNED:
      return traitsOfAssigned(word);
    case AS_NAME:
      return (
        (isSecretName(word) || isSecretPair('type', word, 'value') ? NAMES_SECRET : 0) |
        (/^(?:by|as)$/i.test(word) ? BEFORE_PASSWORD : 0)
      );
    case AS_OPTION:
      return mayTakeSecret(word) || /^-p./.test(word) ? HIDES_NEXT : 0;
    case AS_ELEMENT:
      return mayHoldSecret(word.slice(word.indexOf(':') + 1)) ? HIDES_ELEMENT : 0;
    default:
      return ALL_TRAITS;
  }
}

function traitsOfAssigned(word: string): number {
  // Texts assign to an option as to its name: `--name=value`.
  const phrase = withoutDashes(word);
  const name = withoutDashes(word.slice(word.lastIndexOf(' ') + 1));
  const kind = kindOfName(phrase, name);
  const hides = kind === 'secret' || kind === 'signing' || word.endsWith('Private-Lines');
  return (
    (hides ? HIDES_ASSIGNED : 0) |
    (kind === 'of a pair' ? pairTraits(name) : 0) |
    (maySign(name) ? MAY_SIGN : 0) |
    (needsWordsBefore(name) ? NEEDS_WORDS : 0)
  );
}

function pairTraits(name: string): number {
  return (namesAnother(name) ? NAMES_ANOTHER : 0) | (isNamedByAnother(name) ? NAMED_BY_ANOTHER : 0);
}

function withoutDashes(word: string): string {
  return word.startsWith('-') ? word.replace(/^-+/, '') : word;
}
