import type { JsonNode } from '../json/node.js';
import { present, stringOf, stringValue } from '../json/scan.js';
import { withoutLineEnds } from '../json/value.js';
import { quote } from '../text/quote.js';
import { isShaped } from './params.js';

/** The id of a request or response. `1` and `"1"` are two ids. */
export type Id = string | number;

const KEYS: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);

type Members = ReadonlyMap<string, JsonNode>;

/**
 * Why an object is not a JSON-RPC 2.0 message of MCP, whatever it says. Where a member may be absent, a null says that
 * it is: clients that fill every field write one where they have nothing.
 */
export function envelopeFlaw(text: string, root: JsonNode): string | undefined {
  if (root.kind === 'array') return 'a batch, which only the protocol of 2025-03-26 has';
  if (root.kind !== 'object') return 'not an object';
  const members: Members = root.members ?? new Map();
  for (const key of members.keys()) if (!KEYS.has(key)) return `unknown top-level key ${quote(key)}`;
  if (stringOf(text, members.get('jsonrpc')) !== '2.0') return 'jsonrpc is not "2.0"';
  const method = stringOf(text, members.get('method'));
  const id = members.get('id');
  const isAbsent = id === undefined || (id.kind === 'null' && method?.startsWith('notifications/'));
  if (!isAbsent && readId(text, id) === undefined) return 'an id that is neither a string nor a safe integer';
  if (members.has('method')) return requestFlaw(members, method);
  return members.has('result') || members.has('error')
    ? responseFlaw(members)
    : 'neither a request nor a response';
}

/** The id, where every peer reads it alike: a string, or an integer without fraction, exponent or `-0`. */
export function readId(text: string, node: JsonNode): Id | undefined {
  if (node.kind === 'string') return stringValue(text, node);
  if (node.kind !== 'number') return undefined;
  const written = text.slice(node.start, node.end);
  const value = Number(written);
  return Number.isSafeInteger(value) && String(value) === written ? value : undefined;
}

/** An id as it is written in messages of ours. */
export function idTextOf(id: Id): string {
  return typeof id === 'number' ? String(id) : withoutLineEnds(JSON.stringify(id));
}

/** The id that a library makes of this one when it turns numbers into strings or back; undefined where there is none. */
export function idOfOtherType(id: Id): Id | undefined {
  if (typeof id === 'number') return String(id);
  const number = Number(id);
  return Number.isSafeInteger(number) && String(number) === id ? number : undefined;
}

function requestFlaw(members: Members, method: string | undefined): string | undefined {
  if (present(members.get('result')) || present(members.get('error'))) return 'both a request and a response';
  if (method === undefined) return 'a method that is not a string';
  const params = members.get('params');
  // What has to name something cannot do so by a null.
  const isAbsent = params === undefined || (params.kind === 'null' && !isShaped(method));
  return isAbsent || params.kind === 'object' ? undefined : 'params that are not an object';
}

function responseFlaw(members: Members): string | undefined {
  const result = present(members.get('result'));
  const error = present(members.get('error'));
  if (result && error) return 'a response with both result and error';
  if (!members.has('id')) return 'a response without an id';
  if (present(members.get('params'))) return 'a response with params';
  return (result ?? error)?.kind === 'object' ? undefined : 'a result or error that is not an object';
}
