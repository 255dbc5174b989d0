/** The bytes of a line without its line end. */
export function withoutLineEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (line[end - 1] === 0x0a || line[end - 1] === 0x0d) end--;
  return line.subarray(0, end);
}
