import { withMembers } from '../json/edit-members.js';
import type { JsonNode } from '../json/node.js';
import { stringValue } from '../json/scan.js';

/** Members of `_meta` of the protocol itself: MCP, basic/utilities/progress and basic `_meta`. They ask a server for nothing else. */
const PROGRESS_TOKEN = 'progressToken';
const PROTOCOL_PREFIX = 'io.modelcontextprotocol/';

/**
 * Members of `_meta` by which clients number their calls, each time anew: Claude Code, VS Code, Codex, and W3C Trace Context
 * (SEP-414). If they made a call another one, no answer of a person would ever apply to its repetition.
 */
const CALL_IDS: ReadonlySet<string> = new Set([
  'claudecode/toolUseId',
  'vscode.conversationId',
  'vscode.requestId',
  'callId',
  'itemId',
  'traceparent',
]);
/** What such an id looks like: one word without anything to read in it. */
const CALL_ID = /^(?=[^.]*\d)[\w-]{1,128}$/;

/** What the policy judges a tool or prompt by, and what people are shown first. */
const NAMED: readonly string[] = ['name', 'arguments'];

/**
 * What a request for a tool or prompt sends besides its name and arguments, as JSON text in its own spelling; undefined
 * when that is nothing. Servers may act on it, so people and the log are shown it.
 * @param params of a message that `readMessage` has read
 * @param callIds whether the ids by which the client numbers its calls belong to it
 */
export function otherParams(
  text: string,
  params: JsonNode | undefined,
  { callIds }: { callIds: boolean },
): string | undefined {
  const members = params?.members;
  if (params === undefined || members === undefined) return undefined;
  const meta = members.get('_meta');
  const others = [...members.keys()].some((key) => key !== '_meta' && !NAMED.includes(key));
  if (!others && !saysMore(text, meta, callIds)) return undefined;
  const without = new Map(NAMED.map((key) => [key, undefined]));
  return withMembers(text, params, new Map([...without, ['_meta', metaText(text, meta, callIds)]]));
}

/** Params with nothing in `_meta` but what a server may act on, in their own spelling. */
export function withoutCallIds(text: string, params: JsonNode): string {
  return withMembers(text, params, new Map([['_meta', metaText(text, params.members?.get('_meta'), false)]]));
}

/** `_meta` of a request without what belongs to the protocol; undefined when nothing is left. */
export function metaText(text: string, meta: JsonNode | undefined, callIds: boolean): string | undefined {
  if (meta === undefined || !saysMore(text, meta, callIds)) return undefined;
  const taken = [...(meta.members ?? [])].filter(([key, node]) => isOfProtocol(text, key, node, callIds));
  return withMembers(text, meta, new Map(taken.map(([key]) => [key, undefined])));
}

function saysMore(text: string, meta: JsonNode | undefined, callIds: boolean): boolean {
  for (const [key, node] of meta?.members ?? []) if (!isOfProtocol(text, key, node, callIds)) return true;
  return false;
}

function isOfProtocol(text: string, key: string, node: JsonNode, callIds: boolean): boolean {
  if (key === PROGRESS_TOKEN || key.startsWith(PROTOCOL_PREFIX)) return true;
  return !callIds && CALL_IDS.has(key) && node.kind === 'string' && CALL_ID.test(stringValue(text, node));
}
