import { isFlaw, isJson, scanJson } from '../../json/scan.js';
import { quote } from '../../text/quote.js';
import { type Extent, HALF_PAIRS, isLike, type OutlineMember, outlineObject, textOf } from './outline.js';

/** One element of a list of tools, as the server wrote it. */
export interface ListedElement extends Extent {
  /** The element itself. */
  text: string;
  /** What clients may take for its name: one, unless it has a flaw; none where it is not a tool at all. */
  names: readonly string[];
  /** Why it has no single reading, in one phrase; undefined for nearly all. */
  flaw: string | undefined;
  /** Whether JSON parsers take it at all (RFC 8259). */
  isJson: boolean;
}

/** Reads an element of which nothing is known but where it begins and ends. */
export function readElement(line: string, { start, end }: Extent): ListedElement {
  const text = line.slice(start, end);
  const { parts: members } = outlineObject(text, 0);
  const named = members.filter(({ key }) => isLike(key, 'name'));
  const names = [...new Set(named.flatMap(({ value }) => namesIn(text.slice(value.start, value.end))))];
  const flaw = text.startsWith('{') ? flawOf(text, members, named) : `${kindOf(text)} is not a tool`;
  return { start, end, text, flaw, isJson: isJson(text), names };
}

function flawOf(
  text: string,
  members: readonly OutlineMember[],
  named: readonly OutlineMember[],
): string | undefined {
  const scanned = scanJson(text);
  if (isFlaw(scanned)) return `${scanned.flaw}${placeOf(members, scanned.at)}`;
  const [first, second] = named;
  if (first === undefined) return 'it has no name';
  const loose = named.find(({ key }) => key !== 'name');
  if (loose) return `its key ${quote(loose.key)} is "name" to some clients`;
  if (second) return 'it has several names';
  return text.charAt(first.value.start) === '"' ? undefined : 'its name is not a text';
}

/**
 * What may be made of a name: half a surrogate pair is dropped by some readers and replaced by others, and programs in C read no
 * further than a NUL.
 */
function namesIn(written: string): string[] {
  if (!written.startsWith('"')) return [];
  const name = textOf(written);
  if (/^[ -~]*$/.test(name)) return [name];
  const variants = [name, name.replace(HALF_PAIRS, ''), name.replace(HALF_PAIRS, '\ufffd')];
  return variants.flatMap((variant) => {
    const nul = variant.indexOf('\0');
    return nul < 0 ? [variant] : [variant, variant.slice(0, nul)];
  });
}

function placeOf(members: readonly OutlineMember[], at: number): string {
  const within = members.find(({ value }) => value.start <= at && at < value.end);
  return within === undefined ? '' : ` in its ${quote(within.key)}`;
}

function kindOf(text: string): string {
  if (text.startsWith('"')) return 'a text';
  if (text.startsWith('[')) return 'a list';
  return quote(text);
}
