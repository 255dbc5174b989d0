import { skipSpace, skipString, skipValue } from './skip-value.js';

/** What a line of the server is, as far as a relay has to know: nothing inside the values is looked at. */
export type ServerLine =
  | { kind: 'response'; idText: string; failed: boolean }
  | { kind: 'request'; idText: string; method: string }
  | { kind: 'notification'; method: string }
  | { kind: 'noise' };

/** A line that is not a message. */
export const NOISE: ServerLine = { kind: 'noise' };
/** What rules name. Anything else may be read as one of these, by a client that compares carelessly. */
const METHOD = /^[!-~]+$/;
/** Of a request, since ids are remembered until the client has answered. Bytes, or characters of decoded text. */
const LONGEST_ID = 1_024;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Reads the envelope of a JSON-RPC line of the server. Values are skipped, not parsed, so that large results cost
 * little; a line that is not one object with a JSON-RPC envelope is noise (a banner, a log line, half a line).
 * Works on a byte string (one character for each byte) as well as on decoded text.
 */
export function skimEnvelope(line: string): ServerLine {
  const found: Partial<Record<string, string>> = Object.create(null);
  let at = skipSpace(line, 0);
  if (line.charCodeAt(at) !== OPEN_BRACE) return NOISE;
  at = skipSpace(line, at + 1);
  while (line.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(line, at);
    const key = line.slice(at + 1, keyEnd - 1);
    at = skipSpace(line, keyEnd);
    if (keyEnd < 0 || line.charCodeAt(at) !== COLON) return NOISE;
    const start = skipSpace(line, at + 1);
    const end = skipValue(line, start);
    if (end < 0 || key in found || isDoubtful(key)) return NOISE;
    found[key] = key === 'result' && end - start > 4 ? '' : line.slice(start, end);
    at = skipSpace(line, end);
    if (line.charCodeAt(at) === CLOSE_BRACE)
      return skipSpace(line, at + 1) === line.length ? classify(found) : NOISE;
    if (line.charCodeAt(at) !== COMMA) return NOISE;
    at = skipSpace(line, at + 1);
  }
  return NOISE;
}

function classify({ jsonrpc, id, method, result, error }: Partial<Record<string, string>>): ServerLine {
  if (jsonrpc !== '"2.0"') return NOISE;
  if (method !== undefined) {
    if (!method.startsWith('"') || result !== undefined || error !== undefined) return NOISE;
    const name = unescaped(method);
    if (name === undefined || !METHOD.test(name)) return NOISE;
    if (id !== undefined && id.length > LONGEST_ID) return NOISE;
    // A null says that there is none, where the method says that none is wanted.
    return id === undefined || (id === 'null' && name.startsWith('notifications/'))
      ? { kind: 'notification', method: name }
      : { kind: 'request', idText: id, method: name };
  }
  if (result === undefined && error === undefined) return NOISE;
  // With both, readers differ: many take the result, most of all beside an error that is null.
  const failed = error !== undefined && (result === undefined || result === 'null');
  return { kind: 'response', idText: id ?? 'null', failed };
}

const KEYS: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);

/** An escaped key may be a second `id` to whoever reads it, and so may `ID` to a client that folds case. */
function isDoubtful(key: string): boolean {
  if (KEYS.has(key)) return false;
  return !/^[ -[\]-~]*$/.test(key) || KEYS.has(key.toLowerCase().replace(/[^a-z]/g, ''));
}

function unescaped(written: string): string | undefined {
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    return JSON.parse(written) as string;
  } catch {
    return undefined;
  }
}
