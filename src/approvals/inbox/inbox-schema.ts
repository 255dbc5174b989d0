import { isRecord } from '../../core/json/is-record.js';
import type { InboxAnswer, InboxDecision, InboxState } from './inbox-state.js';

type Check = (value: unknown) => boolean;

/** The names of calls and of remembered approvals: they become parts of addresses. */
export const ID = /^[\w-]{1,64}$/;

const text = (value: unknown) => typeof value === 'string';
const number = (value: unknown) => typeof value === 'number';
const truth = (value: unknown) => typeof value === 'boolean';
const id = (value: unknown) => typeof value === 'string' && ID.test(value);
const optional = (check: Check) => (value: unknown) => value === undefined || check(value);
const oneOf =
  (...values: string[]) =>
  (value: unknown) =>
    typeof value === 'string' && values.includes(value);
const listOf = (check: Check) => (value: unknown) => Array.isArray(value) && value.every(check);
const upTo = (length: number) => (value: unknown) => typeof value === 'string' && value.length <= length;

function members(checks: Record<string, Check>): (value: unknown) => boolean {
  const all = Object.entries(checks);
  return (value) =>
    isRecord(value) &&
    all.every(([name, check]) => check(Object.hasOwn(value, name) ? value[name] : undefined));
}

const inboxChannel = oneOf('page', 'terminal');
const channel = oneOf('elicitation', 'page', 'terminal', 'command', 'none');
const kind = oneOf('tool', 'resource', 'prompt', 'method');

const waiting = members({
  ...{ id, server: text, client: optional(text), kind, name: text, category: text, risk: text },
  ...{ argumentsText: optional(text), redactedText: optional(text), argumentsLength: number },
  rule: optional(members({ pointer: text, source: text, line: optional(number) })),
  ...{ reason: optional(text), askedAt: number, heldUntil: optional(number), endsAt: number },
  ...{ via: listOf(inboxChannel), mayRemember: truth, mayEdit: truth },
});

const decided = members({
  ...{ id, server: text, name: text, via: channel, by: optional(text), reason: optional(text), at: number },
  how: oneOf('approved', 'declined', 'unanswered', 'withdrawn', 'unavailable'),
  edited: truth,
});

const remembered = members({
  ...{ id, server: text, kind, name: text, scope: oneOf('call', 'tool'), argumentsText: optional(text) },
  ...{ until: optional(number), via: channel, by: optional(text) },
});

const state = members({
  ...{ inbox: text, server: text, pid: number, waiting: listOf(waiting) },
  ...{ decided: listOf(decided), remembered: listOf(remembered) },
});

const answer = members({
  ok: truth,
  why: optional(oneOf('gone', 'refused')),
  message: optional(upTo(4_000)),
});

/** What a peer said of its inbox; undefined when it is something else. */
export function inboxStateOf(value: unknown): InboxState | undefined {
  return state(value) ? (value as InboxState) : undefined;
}

/** What a peer said became of a decision; undefined when it is something else. */
export function inboxAnswerOf(value: unknown): InboxAnswer | undefined {
  if (!answer(value)) return undefined;
  const { ok, why, message } = value as { ok: boolean; why?: 'gone' | 'refused'; message?: string };
  if (ok) return { ok };
  return why === undefined || message === undefined ? undefined : { ok, why, message };
}

const DECISION: Record<string, Check> = {
  decision: oneOf('approve', 'deny'),
  via: inboxChannel,
  by: optional(upTo(200)),
  reason: optional(upTo(10_000)),
  remember: optional(upTo(32)),
  scope: optional(oneOf('call', 'tool')),
  argumentsText: optional(text),
};

/** A decision as a peer has sent it, or what is wrong with it. What is not understood is not carried out in part. */
export function inboxDecisionOf(value: unknown): InboxDecision | { flaw: string } {
  if (!isRecord(value)) return { flaw: 'a decision is an object' };
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(DECISION, name));
  if (unknown !== undefined) return { flaw: 'the decision has a member that is not known' };
  const wrong = Object.entries(DECISION).find(
    ([name, check]) => !check(Object.hasOwn(value, name) ? value[name] : undefined),
  );
  return wrong
    ? { flaw: `'${wrong[0]}' of the decision cannot be used` }
    : (value as unknown as InboxDecision);
}
