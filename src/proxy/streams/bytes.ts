/** How much of what the server wrote is shown to a person. Characters. */
const LONGEST_SHOWN = 500;

/** The same memory. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A line of the server as text. What is not UTF-8 becomes U+FFFD, as in the client. */
export function decoded(line: Uint8Array): string {
  return bufferOf(line).toString('utf8');
}

/**
 * An id as a value; undefined for what is none, such as the `null` of an error that answers nothing. Byte strings are
 * decoded first, so that ids of any script are recognised.
 */
export function idOf(idText: string): string | number | undefined {
  try {
    const id: unknown = JSON.parse(Buffer.from(idText, 'latin1').toString('utf8'));
    return typeof id === 'string' || typeof id === 'number' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Text of the server as one harmless line on a terminal. */
export function shown(line: Uint8Array): string {
  const text = decoded(line.subarray(0, LONGEST_SHOWN * 4))
    .trimEnd()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** The bytes of a line without its line end. */
export function withoutLineEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (line[end - 1] === 0x0a || line[end - 1] === 0x0d) end--;
  return line.subarray(0, end);
}
