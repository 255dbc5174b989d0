const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * A proved JSON text with its long strings replaced, keys among them; all else stays as it is written. Hops from quote to
 * quote, so a text of a few long strings costs little more than to search it.
 * @param longest characters of a string, as it is written, that are kept
 * @param replace gets a string as it is written, with its quotes, and gives another such
 */
export function withShortStrings(
  text: string,
  longest: number,
  replace: (written: string) => string,
): string {
  let result = '';
  let done = 0;
  let start = text.indexOf('"');
  while (start >= 0) {
    const end = endOfString(text, start);
    if (end - start > longest + 2) {
      result += text.slice(done, start) + replace(text.slice(start, end));
      done = end;
    }
    start = text.indexOf('"', end);
  }
  return done === 0 ? text : result + text.slice(done);
}

/** Where the string that starts here ends. Every backslash is looked at once. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1 && text.charCodeAt(at) === QUOTE;
}
