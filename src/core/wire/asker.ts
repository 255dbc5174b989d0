import { isFlaw, scanJson } from '../json/scan.js';
import { withoutLineEnds } from '../json/value.js';
import type { Id } from './envelope.js';
import { isNotification } from './methods.js';
import { skipSpace, skipString, skipValue } from './skip-value.js';

/** Who waits for the answer to a line that never reaches the server. */
export interface Asker {
  /** Of the request, as a value: what a parser of doubles makes of it. */
  id?: Id;
  /** The same as it is written, on one line: an error is matched by it. */
  idText?: string;
  /** It is a notification, which is never answered, whatever is wrong with it (JSON-RPC 2.0, section 4.1). */
  silent?: true;
}

/**
 * Who waits for an answer to a line that is not forwarded, as far as it is certain: a line of one object with one id,
 * however odd, that is not a response. Not proved, so good for nothing but that answer. Takes a byte string or text.
 */
export function askerOf(line: string): Asker {
  const members = skimMembers(line);
  if (members === undefined) return {};
  const of = (key: string) => members.filter(([name]) => name === key).map(([, written]) => written);
  const outcomes = [...of('result'), ...of('error')];
  const isRequest = of('method').length > 0 && outcomes.every((written) => written === 'null');
  // Ids of responses are the server's own.
  if (outcomes.length > 0 && !isRequest) return {};
  const [id, ...others] = of('id');
  if (id === undefined || id === 'null') {
    const [method = ''] = of('method').map(stringIn);
    return others.length === 0 && isNotification(method) ? { silent: true } : {};
  }
  return others.length === 0 && isId(id) ? { id: JSON.parse(id) as Id, idText: withoutLineEnds(id) } : {};
}

/** Whether this is a string or a number: what JSON-RPC takes for an id. */
function isId(written: string): boolean {
  const scanned = scanJson(written);
  const node = isFlaw(scanned) ? scanned.root : scanned;
  return node?.kind === 'string' || node?.kind === 'number';
}

/** Keys and values of an object that fills the line, whatever is in its values; undefined for any other line. */
function skimMembers(line: string): [key: string, written: string][] | undefined {
  const members: [string, string][] = [];
  let at = skipSpace(line, 0);
  if (line[at] !== '{') return undefined;
  do {
    const start = skipSpace(line, at + 1);
    const keyEnd = line[start] === '"' ? skipString(line, start) : -1;
    const colon = skipSpace(line, keyEnd);
    if (keyEnd < 0 || line[colon] !== ':') return undefined;
    const value = skipSpace(line, colon + 1);
    const end = skipValue(line, value);
    if (end < 0) return undefined;
    members.push([stringIn(line.slice(start, keyEnd)), line.slice(value, end)]);
    at = skipSpace(line, end);
  } while (line[at] === ',');
  return line[at] === '}' && skipSpace(line, at + 1) === line.length ? members : undefined;
}

/** The value of a string; empty for what is none. */
function stringIn(written: string): string {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
