import * as z from 'zod/mini';

/** SHA-256, as hex. */
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const keptToken = z.object({ digest, until: z.number() });

const hostState = z.object({
  port: z.int().check(z.nonnegative(), z.maximum(65_535)),
  /** What is kept of the tokens of the page. */
  keys: z.object({ links: z.array(keptToken), sessions: z.array(keptToken) }),
  /** How many pages are open in browsers. */
  tabs: z.int().check(z.nonnegative()),
});

const hostMessage = z.object({
  state: z.optional(hostState),
  /** Asks for a link. */
  ask: z.optional(z.enum(['link', 'link to open'])),
  /** Answers with it. It is shown to the person and may be opened, so it leads nowhere but to the page. */
  link: z.optional(z.string().check(z.regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/#[\w-]{1,200}$/))),
  /** Of the question, and of the answer to it. */
  number: z.optional(z.number()),
});

/** What the host lets every other policy-wrap know, so that each can host the page after it. */
export type HostState = z.infer<typeof hostState>;

/** One line of the control socket. The host tells its state unasked; links are asked for. */
export type HostMessage = z.infer<typeof hostMessage>;

/** The line of a peer, which may be of another version: what is not known is left out. Throws for a line that cannot be used. */
export function hostMessageOf(line: string): HostMessage {
  return hostMessage.parse(JSON.parse(line));
}
