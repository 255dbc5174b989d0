/** A text of ASCII as bytes. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

export function beginsWith(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false;
  return true;
}

export function endsWith(bytes: Uint8Array, end: number, word: Uint8Array): boolean {
  return beginsWith(bytes, end - word.length, word);
}

/** The same where letters of the bytes may be of any case; those of the word are small ones. */
export function endsWithWord(bytes: Uint8Array, end: number, word: Uint8Array): boolean {
  const start = end - word.length;
  for (let index = word.length - 1; index >= 0; index--)
    if (((bytes[start + index] as number) | 0x20) !== word[index]) return false;
  return true;
}
