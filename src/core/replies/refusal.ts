import { oneLineJson } from '../json/value.js';
import type { Approval } from '../policy/decide/approval.js';
import type { CallKind } from '../policy/decide/call.js';
import type { Refusal } from '../policy/decide/settle.js';
import type { Channel } from '../policy/document/document.js';
import type { Origin } from '../text/origin.js';
import { SAMPLING } from '../wire/methods.js';

/** The error code of a refusal where the protocol has no room for a tool result. Outside the ranges that JSON-RPC and MCP reserve. */
export const REFUSED = -31403;

/** What a reply must know of the request it answers. */
export interface Asked {
  /** The id as it stood in the request. */
  idText: string;
  kind: CallKind;
  name: string;
  /** The request is of 2026-07-28 or later: results carry `resultType`. */
  modern: boolean;
  /** The call is task-augmented (2025-11-25): the client expects a task, so only an error can carry text. */
  task: boolean;
}

/** The answer to a refused call, as one JSON line without its line end. */
export function refusalReply(asked: Asked, refusal: Refusal): string {
  if (refusal.action === 'hide')
    return errorReply(asked.idText, -32602, `Unknown ${asked.kind}: ${oneLine(asked.name)}`);
  const decision = {
    action: refusal.action,
    approval: refusal.approval?.how,
    rule: refusal.rule?.pointer,
    reason: refusal.reason,
    retryAfterMs:
      refusal.limit?.retryAfterMs === undefined ? undefined : Math.ceil(refusal.limit.retryAfterMs),
  };
  return notice(asked, refusalText(asked.name, refusal), decision);
}

/** What the client's user would have answered (MCP 2025-11-25, client/sampling, "Error Handling"). */
const USER_REJECTED = -1;

/** The answer to a request of the server that the policy keeps from the client. */
export function serverRefusalReply(
  idText: string,
  method: string,
  { rule, reason }: Pick<Refusal, 'rule' | 'reason'>,
): string {
  const text = refusalText(method, { action: 'deny', rule, reason });
  const decision = { action: 'deny', rule: rule?.pointer, reason };
  const code = method === SAMPLING ? USER_REJECTED : REFUSED;
  return errorReply(idText, code, text, { 'policy-wrap/decision': decision });
}

/** The answer to a call that the server has not answered in time. */
export function timeoutReply(asked: Asked, milliseconds: number): string {
  const text = [
    `Timed out: ${oneLine(asked.name)} was not answered by the server within ${milliseconds / 1_000} s, the time-out of the policy.`,
    'The server was told to cancel it; it may have run anyway. Check before you repeat it.',
  ].join('\n');
  return notice(asked, text, { action: 'timeout' });
}

/** A JSON-RPC error, as one JSON line without its line end. Without an id there is nobody to match it to, so none is written. */
export function errorReply(
  idText: string | undefined,
  code: number,
  message: string,
  data?: unknown,
): string {
  const id = idText === undefined ? '' : `"id":${idText},`;
  return `{"jsonrpc":"2.0",${id}"error":${oneLineJson({ code, message, data })}}`;
}

/**
 * Text for the model: a tool result with `isError` (MCP "Error Handling" of tools: execution errors are shown to
 * the model, protocol errors need not be), an error where the client expects something else than a tool result.
 * Never `structuredContent`: clients validate it against the tool's outputSchema.
 */
function notice(asked: Asked, text: string, decision: Record<string, unknown>): string {
  const meta = { 'policy-wrap/decision': decision };
  if (asked.kind !== 'tool' || asked.task) return errorReply(asked.idText, REFUSED, text, meta);
  const result = {
    ...(asked.modern ? { resultType: 'complete' } : {}),
    content: [{ type: 'text', text }],
    isError: true,
    _meta: meta,
  };
  return `{"jsonrpc":"2.0","id":${asked.idText},"result":${oneLineJson(result)}}`;
}

function refusalText(name: string, { action, rule, reason, approval, limit }: Refusal): string {
  const subject = oneLine(name);
  const lines: (string | undefined)[] = [];
  if (action === 'limited' && limit) {
    lines.push(`Policy violation: ${limit.describe}. ${whenToRetry(limit)}`, rulePart(rule));
  } else if (action === 'require_approval') {
    const heading = approval?.how === 'pending' ? 'Approval pending' : 'Policy violation';
    lines.push(
      `${heading}: ${subject} ${approvalText(approval?.how)}`,
      reason && `Reason: ${reason}`,
      rulePart(rule),
      whatToDo(approval),
    );
  } else {
    lines.push(
      `Policy violation: ${subject} is denied by policy-wrap.`,
      reason && `Reason: ${reason}`,
      rulePart(rule),
    );
    lines.push('Do not retry; ask the user if it is needed.');
  }
  return lines.filter(Boolean).join('\n');
}

function approvalText(how: string | undefined): string {
  switch (how) {
    case 'declined':
      return 'was declined by the person who was asked.';
    case 'unanswered':
      return 'needs approval, and nobody answered in time.';
    case 'pending':
      return 'is waiting for approval; it has not been run.';
    case 'full':
      return 'needs approval, and too many calls are already waiting.';
    case 'withdrawn':
      return 'was withdrawn while it waited for approval.';
    default:
      return 'needs approval, and nobody could be asked.';
  }
}

/** How a person decides is a command that shows and decides nothing for whoever reads this: it asks at a terminal. */
function whatToDo({ how, channels }: Partial<Approval> = {}): string {
  const command = commandFor(channels);
  switch (how) {
    case 'declined':
      return 'Do not retry; ask the user what to do instead.';
    case 'pending':
      return `Tell the user that this call needs their approval${command && `. They decide it with: ${command}`}. Once they have approved it, repeat exactly the same call, with the same arguments.`;
    case 'unanswered':
      return `Do not retry on your own; tell the user that this call needs approval.${command && ` When it is made again, they decide it with: ${command}`}`;
    case 'full':
      return `Do not retry on your own; tell the user that calls are waiting for their approval.${command && ` They decide them with: ${command}`}`;
    default:
      return 'Do not retry on your own; tell the user that this call needs approval.';
  }
}

/** What a person types to see what waits; empty where a client or a program asks, and a command would show nothing. */
function commandFor(channels: readonly Channel[] = []): string {
  if (channels.includes('terminal')) return 'npx policy-wrap approvals watch';
  return channels.includes('page') ? 'npx policy-wrap page' : '';
}

function whenToRetry({ kind, retryAfterMs, full }: NonNullable<Refusal['limit']>): string {
  if (full) return 'Too many different calls are being counted; try again later.';
  if (retryAfterMs !== undefined) return `Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
  if (kind === 'concurrency') return 'Try again when one of them has ended.';
  return 'Waiting does not make room for this call.';
}

function rulePart(rule: Origin | undefined): string | undefined {
  return rule && `Rule: ${rule.pointer} (${placeOf(rule)})`;
}

/** Where a rule is written: `policy-wrap.yaml:21`. */
export function placeOf({ source, line }: Origin): string {
  return line === undefined ? source : `${source}:${line}`;
}

/** Names come from the agent; in our text they must not look like more than a name. */
function oneLine(name: string): string {
  const plain = name.slice(0, 1_000).replace(/[\p{C}\p{Z}]+/gu, ' ');
  // Cut between characters: half of one is not a text that every client can read.
  return plain.length > 128 ? `${plain.slice(0, 128).replace(/\p{Cs}$/u, '')}…` : plain;
}
