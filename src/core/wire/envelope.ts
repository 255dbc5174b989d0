import type { JsonNode } from '../json/node.js';
import { stringValue } from '../json/scan.js';
import { quote } from '../text/quote.js';

/** The id of a request or response. `1` and `"1"` are two ids. */
export type Id = string | number;

const KEYS: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);

/** Why an object is not a JSON-RPC 2.0 message of MCP, whatever it says. */
export function envelopeFlaw(text: string, root: JsonNode): string | undefined {
  if (root.kind === 'array') return 'a batch, which only the protocol of 2025-03-26 has';
  if (root.kind !== 'object') return 'not an object';
  const members = root.members ?? new Map<string, JsonNode>();
  for (const key of members.keys()) if (!KEYS.has(key)) return `unknown top-level key ${quote(key)}`;
  const version = members.get('jsonrpc');
  if (version?.kind !== 'string' || stringValue(text, version) !== '2.0') return 'jsonrpc is not "2.0"';
  const id = members.get('id');
  if (id !== undefined && readId(text, id) === undefined)
    return 'an id that is neither a string nor a safe integer';
  if (members.has('method')) return requestFlaw(members);
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

function requestFlaw(members: ReadonlyMap<string, JsonNode>): string | undefined {
  if (members.has('result') || members.has('error')) return 'both a request and a response';
  if (members.get('method')?.kind !== 'string') return 'a method that is not a string';
  const params = members.get('params');
  return params === undefined || params.kind === 'object' ? undefined : 'params that are not an object';
}

function responseFlaw(members: ReadonlyMap<string, JsonNode>): string | undefined {
  if (members.has('result') && members.has('error')) return 'a response with both result and error';
  if (!members.has('id')) return 'a response without an id';
  if (members.has('params')) return 'a response with params';
  return (members.get('result') ?? members.get('error'))?.kind === 'object'
    ? undefined
    : 'a result or error that is not an object';
}
