import { withMembers } from '../json/edit-members.js';
import type { JsonNode } from '../json/node.js';
import { isFlaw, scanJson } from '../json/scan.js';
import { oneLineJson } from '../json/value.js';
import type { Asked } from './refusal.js';

/**
 * The key under which we ask the client for an approval in an answer, and under which a retry answers it
 * (MCP 2026-07-28, patterns/mrtr).
 */
export const OWN_KEY = 'policy-wrap:approval';

/** What a request carries of an earlier round, as it is written. */
export interface Carried {
  inputResponses: string | undefined;
  requestState: string | undefined;
}

/** What the client's user has said to our question, not yet judged. Both may be anything. */
export interface RoundAnswer {
  action: unknown;
  content: unknown;
}

/** What we ask the client for: the params of `elicitation/create` with a form. */
export interface RoundQuestion {
  message: string;
  requestedSchema: unknown;
}

/** What a request carries of a round of the server; it is put back into the retry that answers us. */
export function carriedIn(text: string, params: JsonNode | undefined): Carried {
  return {
    inputResponses: rawMember(text, params, 'inputResponses'),
    requestState: rawMember(text, params, 'requestState'),
  };
}

/** Our question as the answer to a request: one JSON line without its line end. */
export function inputRequiredReply(
  { idText }: Asked,
  { message, requestedSchema }: RoundQuestion,
  state: string,
): string {
  const question = { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } };
  const result = {
    resultType: 'input_required',
    inputRequests: { [OWN_KEY]: question },
    requestState: state,
  };
  return `{"jsonrpc":"2.0","id":${idText},"result":${oneLineJson(result)}}`;
}

/** Whether a request carries an answer to a question of ours, or what looks like one. */
export function hasOwnKey(params: JsonNode | undefined): boolean {
  return params?.members?.get('inputResponses')?.members?.has(OWN_KEY) ?? false;
}

/** The answer to our question that a retry carries; undefined when there is none. */
export function answerIn(text: string, params: JsonNode | undefined): RoundAnswer | undefined {
  const written = rawMember(text, params?.members?.get('inputResponses'), OWN_KEY);
  const answer: unknown = written === undefined ? undefined : JSON.parse(written);
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { action, content } = answer as Partial<RoundAnswer>;
  return { action, content };
}

/**
 * The line of a retry as the server is to get it: without our state and the answer to our question, and with what
 * the request that we answered carried for the server. What the retry says itself counts before that. All else stays as it
 * came.
 * @param text a request that `readMessage` has read, and `params` from there
 */
export function withoutApprovalRound(text: string, params: JsonNode, carried: Carried): string {
  const changes = new Map([
    ['inputResponses', responses(text, params.members?.get('inputResponses'), carried.inputResponses)],
    ['requestState', carried.requestState],
  ]);
  return text.slice(0, params.start) + withMembers(text, params, changes) + text.slice(params.end);
}

/** The answers that are left for the server; undefined when the retry is to carry none. */
function responses(
  text: string,
  node: JsonNode | undefined,
  carried: string | undefined,
): string | undefined {
  if (node?.members === undefined) return carried;
  const changes = new Map<string, string | undefined>([[OWN_KEY, undefined]]);
  // Of nested policy-wraps the inner one has an answer under the same key.
  for (const [key, value] of membersOf(carried)) {
    if (key === OWN_KEY || !node.members.has(key)) changes.set(key, value);
  }
  const others = [...node.members.keys()].some((key) => key !== OWN_KEY);
  const nothingLeft = !others && node.members.has(OWN_KEY) && carried === undefined;
  return nothingLeft ? undefined : withMembers(text, node, changes);
}

function membersOf(written: string | undefined): [string, string][] {
  if (written === undefined) return [];
  const node = scanJson(written, { keep: 1 });
  const members = isFlaw(node) ? [] : [...(node.members ?? [])];
  return members.map(([key, { start, end }]) => [key, written.slice(start, end)]);
}

function rawMember(text: string, node: JsonNode | undefined, key: string): string | undefined {
  const member = node?.members?.get(key);
  return member && text.slice(member.start, member.end);
}
