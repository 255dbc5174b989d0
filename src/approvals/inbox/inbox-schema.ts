import * as z from 'zod/mini';
import { CHANNELS } from '../../core/policy/document/keywords.js';
import type { Origin } from '../../core/text/origin.js';
import type { RememberedCall } from '../queue/remembered-call.js';
import {
  type DecidedCall,
  ID,
  INBOX_CHANNELS,
  type InboxAnswer,
  type InboxDecision,
  type InboxState,
  type WaitingCall,
} from './inbox-state.js';

type MembersOf<T> = { [Key in keyof T]-?: z.ZodMiniType<T[Key]> };

/** An object with all members of a type, others are left out. What is undefined in the type is missing in JSON. */
const objectOf = <T>(members: MembersOf<T>) => z.object(members) as unknown as z.ZodMiniType<T>;

const id = z.string().check(z.regex(ID));
const text = z.optional(z.string());
const number = z.optional(z.number());
const upTo = (length: number) => z.string().check(z.maxLength(length));
const inboxChannel = z.enum(INBOX_CHANNELS);
const channel = z.enum([...CHANNELS, 'none']);
const kind = z.enum(['tool', 'resource', 'prompt', 'method']);
const scope = z.enum(['call', 'tool']);

const waiting = objectOf<WaitingCall>({
  id,
  server: z.string(),
  client: text,
  kind,
  name: z.string(),
  description: text,
  category: z.string(),
  risk: z.string(),
  argumentsText: text,
  redactedText: text,
  argumentsLength: z.number(),
  otherParamsText: text,
  rule: z.optional(objectOf<Origin>({ pointer: z.string(), source: z.string(), line: number })),
  reason: text,
  askedAt: z.number(),
  heldUntil: number,
  endsAt: z.number(),
  via: z.array(inboxChannel),
  mayRemember: z.boolean(),
  mayEdit: z.boolean(),
});

const decided = objectOf<DecidedCall>({
  id,
  server: z.string(),
  name: z.string(),
  how: z.enum(['approved', 'declined', 'unanswered', 'withdrawn', 'unavailable']),
  via: channel,
  by: text,
  reason: text,
  at: z.number(),
  edited: z.boolean(),
});

const remembered = objectOf<RememberedCall>({
  id,
  server: z.string(),
  kind,
  name: z.string(),
  scope,
  argumentsText: text,
  until: number,
  via: channel,
  by: text,
});

const state = objectOf<InboxState>({
  inbox: z.string(),
  server: z.string(),
  pid: z.number(),
  waiting: z.array(waiting),
  decided: z.array(decided),
  remembered: z.array(remembered),
});

const why = z.enum(['gone', 'refused']);
const message = upTo(4_000);
const answer = z.union([
  z.object({ ok: z.literal(true), why: z.optional(why), message: z.optional(message) }),
  z.object({ ok: z.literal(false), why, message }),
]);

const decision = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  via: inboxChannel,
  by: z.optional(upTo(200)),
  reason: z.optional(upTo(10_000)),
  remember: z.optional(upTo(32)),
  scope: z.optional(scope),
  argumentsText: text,
} satisfies MembersOf<InboxDecision>);

/** What a peer said of its inbox; undefined when it is something else. */
export function inboxStateOf(value: unknown): InboxState | undefined {
  return state.safeParse(value).data;
}

/** What a peer said became of a decision; undefined when it is something else. */
export function inboxAnswerOf(value: unknown): InboxAnswer | undefined {
  const { data } = answer.safeParse(value);
  return data?.ok ? { ok: true } : data;
}

/** A decision as a peer has sent it, or what is wrong with it. What is not understood is not carried out in part. */
export function inboxDecisionOf(value: unknown): InboxDecision | { flaw: string } {
  const { data, error } = decision.safeParse(value);
  if (error === undefined) return data;
  if (error.issues.some(({ code }) => code === 'unrecognized_keys'))
    return { flaw: 'the decision has a member that is not known' };
  const [wrong] = error.issues[0]?.path ?? [];
  return {
    flaw:
      wrong === undefined ? 'a decision is an object' : `'${String(wrong)}' of the decision cannot be used`,
  };
}
