import type { JsonNode } from '../json/node.js';
import { isFlaw, present, scanJson, stringOf } from '../json/scan.js';
import { type Asker, askerOf } from './asker.js';
import { envelopeFlaw, type Id, idTextOf, readId } from './envelope.js';
import { isKnownRequest, methodFlaw } from './methods.js';
import { isShaped, paramsFlaw } from './params.js';

/** JSON-RPC 2.0, section 5.1. */
export type FlawCode = -32700 | -32600 | -32601 | -32602;

/** What a client line says. Its nodes describe the outermost object, `params`, and what is directly in `params`. */
export type Message =
  | { kind: 'request'; id: Id; idText: string; method: string; params: JsonNode | undefined; root: JsonNode }
  | { kind: 'notification'; method: string; params: JsonNode | undefined; root: JsonNode }
  | { kind: 'response'; id: Id; idText: string; ok: boolean; root: JsonNode }
  | { kind: 'blank' }
  | UnreadableMessage;

/** A line that never reaches the server. Where no id is certain, an error is sent without one: SDKs drop `id: null`. */
export interface UnreadableMessage extends Asker {
  kind: 'unreadable';
  code: FlawCode;
  /** One phrase. */
  why: string;
}

/** The outermost object, `params`, and its members: `_meta` is read, arguments are looked at elsewhere. */
const LEVELS = 3;

/**
 * Reads a client line, decoded and without its line end. Only shapes that every server reads alike come out as
 * request, notification or response; all others are unreadable.
 */
export function readMessage(text: string): Message {
  const root = scanJson(text, { keep: LEVELS, elements: false });
  if (isFlaw(root)) {
    return isBlank(text) ? { kind: 'blank' } : unreadable(text, root.malformed ? -32700 : -32600, root.flaw);
  }
  const flaw = envelopeFlaw(text, root);
  if (flaw !== undefined) return unreadable(text, -32600, flaw);
  return root.members?.has('method') ? readCall(text, root) : readResponse(text, root);
}

function readCall(text: string, root: JsonNode): Message {
  const params = present(root.members?.get('params'));
  const method = stringOf(text, root.members?.get('method')) ?? '';
  const id = idOf(text, root);
  const flaw = methodFlaw(method);
  if (flaw !== undefined) return unreadable(text, -32601, flaw);
  if (id === undefined) {
    // The SDKs ignore it, and a server written by hand may run it.
    if (isKnownRequest(method)) return unreadable(text, -32600, `${method} without an id`);
    return { kind: 'notification', method, params, root };
  }
  const wrong = isShaped(method) ? paramsFlaw(text, method, params) : undefined;
  if (wrong !== undefined) return unreadable(text, -32602, wrong);
  return { kind: 'request', id, idText: idTextOf(id), method, params, root };
}

function readResponse(text: string, root: JsonNode): Message {
  const id = idOf(text, root) ?? '';
  const ok = present(root.members?.get('result')) !== undefined;
  return { kind: 'response', id, idText: idTextOf(id), ok, root };
}

function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

function unreadable(text: string, code: FlawCode, why: string): UnreadableMessage {
  return { kind: 'unreadable', code, why, ...askerOf(text) };
}

function idOf(text: string, root: JsonNode): Id | undefined {
  const node = root.members?.get('id');
  return node && readId(text, node);
}
