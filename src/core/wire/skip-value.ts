const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The first place from here on that is not white space between values; a carriage return counts as such. */
export function skipSpace(line: string, from: number): number {
  let at = from;
  for (
    let code = line.charCodeAt(at);
    code === 0x20 || code === 0x09 || code === 0x0d;
    code = line.charCodeAt(at)
  )
    at++;
  return at;
}

/** The end of the value that starts here, or -1 where the line ends before it does. Nothing in it is looked at. */
export function skipValue(line: string, from: number): number {
  const first = line.charCodeAt(from);
  if (first === QUOTE) return skipString(line, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipContainer(line, from);
  let at = from;
  while (at < line.length && !isEnd(line.charCodeAt(at))) at++;
  return at > from ? at : -1;
}

function isEnd(code: number): boolean {
  return (
    code === COMMA ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET ||
    code === 0x20 ||
    code === 0x09 ||
    code === 0x0d
  );
}

function skipContainer(line: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(line, at);
      if (at < 0) return -1;
      continue;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
    at++;
    if (depth === 0) return at;
  }
  return -1;
}

/** The end of the string that starts here: the first quote with an even number of backslashes before it. -1 where the line ends before. */
export function skipString(line: string, from: number): number {
  for (let quote = line.indexOf('"', from + 1); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (line.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return -1;
}
