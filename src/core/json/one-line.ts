/** Of what ends a line for readers in Python, Node and editors, JSON itself escapes none of these (RFC 8259 section 7). */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** A value as JSON that no reader splits: what any of them counts as a line end is escaped. For every line that is ours. */
export function oneLineJson(value: unknown): string {
  return withoutLineEnds(JSON.stringify(value));
}

/** JSON text, which has no line feed, as JSON text that no reader splits. It reads as the same value. */
export function withoutLineEnds(json: string): string {
  return json.replace(LINE_ENDS, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
