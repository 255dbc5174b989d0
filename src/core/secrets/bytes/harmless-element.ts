import { IN_ELEMENT } from './byte-classes.js';
import { bytesOf, endsWithWord } from './byte-words.js';
import { traitsOf } from './word-table.js';
import { AS_ELEMENT, HIDES_ELEMENT } from './word-traits.js';

const SPACE = 0x20;
const QUOTE = 0x22;
const LESS_THAN = 0x3c;
const EQUALS = 0x3d;
const GREATER_THAN = 0x3e;
const BACKSLASH = 0x5c;
const NAMING = ['name', 'key', 'id'].map(bytesOf);

/** Whether there is no element at a `<` of a string, or none that a secret may be in. */
export function isHarmlessElement(bytes: Uint8Array, at: number): boolean {
  if (IN_ELEMENT[bytes[at + 1] as number] !== 2) return true;
  let end = at + 2;
  while ((IN_ELEMENT[bytes[end] as number] as number) > 0) end++;
  const next = bytes[end] as number;
  const isBlank = next === SPACE || next === BACKSLASH || next >= 0x80;
  if (next !== GREATER_THAN && !isBlank) return true;
  return (
    (traitsOf(bytes, at + 1, end, AS_ELEMENT) & HIDES_ELEMENT) === 0 &&
    (!isBlank || isWithoutName(bytes, end))
  );
}

/** Whether no attribute of the element whose attributes begin here says what it holds. */
function isWithoutName(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < bytes.length; at++)
    switch (bytes[at]) {
      case QUOTE:
      case LESS_THAN:
      case GREATER_THAN:
        return true;
      case BACKSLASH:
        at++;
        break;
      case EQUALS:
        if (mayBeNaming(bytes, at)) return false;
        break;
      default:
    }
  return false;
}

/** Whether the attribute whose `=` is here may be `name`, `key` or `id`, with blanks of any kind behind it. */
function mayBeNaming(bytes: Uint8Array, at: number): boolean {
  let end = at;
  while (bytes[end - 1] === SPACE) end--;
  if ((bytes[end - 1] as number) >= 0x80 || bytes[end - 2] === BACKSLASH) return true;
  return NAMING.some((name) => endsWithWord(bytes, end, name));
}
