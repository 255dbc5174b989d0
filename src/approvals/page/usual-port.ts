import { createHash } from 'node:crypto';

/** Below the ports that systems give to connections (RFC 6335 and Linux: from 32768 on), above those of well-known servers. */
const FIRST = 20_000;
const COUNT = 12_000;

/**
 * Where the page of a user is, if the port is free: the same tomorrow, so that a bookmark finds it. Nothing is secret in it, and
 * whoever listens there in our place is told nothing: pages ask for a proof first (see `PageTokens`).
 * @param state the folder in which this user's policy-wraps keep what they write
 */
export function usualPort(state: string): number {
  const digest = createHash('sha256').update(`policy-wrap page of ${state}`).digest();
  return FIRST + (digest.readUInt32BE(0) % COUNT);
}
