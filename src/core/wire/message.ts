import type { JsonNode } from '../json/node.js';
import { isFlaw, type JsonFlaw, scanJson, stringOf } from '../json/scan.js';
import { envelopeFlaw, type Id, readId } from './envelope.js';
import { isKnownRequest, methodFlaw } from './methods.js';
import { isShaped, paramsFlaw } from './params.js';
import { skimEnvelope } from './server-envelope.js';

/** JSON-RPC 2.0, section 5.1. */
export type FlawCode = -32700 | -32600 | -32601 | -32602;

/** What a client line says. Its nodes describe the outermost object, `params`, and what is directly in `params`. */
export type Message =
  | { kind: 'request'; id: Id; idText: string; method: string; params: JsonNode | undefined; root: JsonNode }
  | { kind: 'notification'; method: string; params: JsonNode | undefined; root: JsonNode }
  | { kind: 'response'; id: Id; idText: string; ok: boolean; root: JsonNode }
  | { kind: 'blank' }
  | UnreadableMessage;

/** A line that never reaches the server. */
export interface UnreadableMessage {
  kind: 'unreadable';
  code: FlawCode;
  /** One phrase. */
  why: string;
  /** Of the request, where it is certain. Otherwise an error is sent without one: SDKs drop `id: null`. */
  id?: Id;
}

/** The outermost object, `params`, and its members: `_meta` is read, arguments are looked at elsewhere. */
const LEVELS = 3;

/**
 * Reads a client line, decoded and without its line end. Only shapes that every server reads alike come out as
 * request, notification or response; all others are unreadable.
 */
export function readMessage(text: string): Message {
  const root = scanJson(text, { keep: LEVELS, elements: false });
  if (isFlaw(root)) return isBlank(text) ? { kind: 'blank' } : unreadableJson(text, root);
  const flaw = envelopeFlaw(text, root);
  if (flaw !== undefined) return unreadable(text, root, -32600, flaw);
  return root.members?.has('method') ? readCall(text, root) : readResponse(text, root);
}

function readCall(text: string, root: JsonNode): Message {
  const params = root.members?.get('params');
  const method = stringOf(text, root.members?.get('method')) ?? '';
  const id = idOf(text, root);
  const flaw = methodFlaw(method);
  if (flaw !== undefined) return unreadable(text, root, -32601, flaw);
  if (id === undefined) {
    // The SDKs ignore it, and a server written by hand may run it.
    if (isKnownRequest(method)) return unreadable(text, root, -32600, `${method} without an id`);
    return { kind: 'notification', method, params, root };
  }
  const wrong = isShaped(method) ? paramsFlaw(text, method, params) : undefined;
  if (wrong !== undefined) return unreadable(text, root, -32602, wrong);
  return { kind: 'request', id, idText: JSON.stringify(id), method, params, root };
}

function readResponse(text: string, root: JsonNode): Message {
  const id = idOf(text, root) ?? '';
  return { kind: 'response', id, idText: JSON.stringify(id), ok: root.members?.has('result') ?? false, root };
}

function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

function unreadableJson(text: string, { flaw, malformed, root }: JsonFlaw): UnreadableMessage {
  if (malformed || root !== undefined) return unreadable(text, root, malformed ? -32700 : -32600, flaw);
  return { kind: 'unreadable', code: -32600, why: flaw, ...idSkimmed(text) };
}

/**
 * The id of a line that is not a message that could be forwarded, and anyway looks like a request: whoever sent
 * it waits for an answer. Not proved, so good for nothing but that answer. Takes a byte string or text.
 */
export function idSkimmed(line: string): { id?: Id } {
  const seen = skimEnvelope(line);
  if (seen.kind !== 'request') return {};
  const scanned = scanJson(seen.idText);
  const id = isFlaw(scanned) ? undefined : readId(seen.idText, scanned);
  return id === undefined ? {} : { id };
}

/** An answer carries the id only where that is one of a request: ids of responses are the server's own. */
function unreadable(
  text: string,
  root: JsonNode | undefined,
  code: FlawCode,
  why: string,
): UnreadableMessage {
  const isResponse = root?.members?.has('result') || root?.members?.has('error');
  const id = root === undefined || isResponse ? undefined : idOf(text, root);
  return id === undefined ? { kind: 'unreadable', code, why } : { kind: 'unreadable', code, why, id };
}

function idOf(text: string, root: JsonNode): Id | undefined {
  const node = root.members?.get('id');
  return node && readId(text, node);
}
