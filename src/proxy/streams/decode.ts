import { Buffer, isAscii, isUtf8, transcode } from 'node:buffer';
import { type Asker, askerOf } from '../../core/wire/asker.js';

const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Bytes from which on a detour by UTF-16 is faster than decoding (several times, Node 20). */
const LONG = 2048;

/**
 * The text of a line without its line end, or why it has none that every reader agrees on: bytes that are not
 * UTF-8 (readers put U+FFFD for them), a byte order mark (RFC 8259, section 8.1), a carriage return inside (legal
 * white space where line readers of Python and Node begin a new line).
 */
export function decodeLine(content: Uint8Array): string | { flaw: string } {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  if (bytes.includes(CARRIAGE_RETURN)) return { flaw: 'carriage return inside the line' };
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return { flaw: 'not UTF-8' };
  if (bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) return { flaw: 'byte order mark' };
  if (bytes.length < LONG) return bytes.toString('utf8');
  return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

/** Who waits for the answer to a line that is never forwarded; in one that is not UTF-8, ids are read as far as ASCII goes. */
export function askerOfUndecoded(content: Uint8Array): Asker {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  if (isUtf8(bytes)) return askerOf(bytes.toString('utf8').replace(/^\ufeff/, ''));
  const asker = askerOf(bytes.toString('latin1').replace(/^\xef\xbb\xbf/, ''));
  return /^[ -~]*$/.test(asker.idText ?? '') ? asker : {};
}
