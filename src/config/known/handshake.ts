/** How a session begins, in both eras of the protocol. Nothing of it is judged by a condition. */
const HANDSHAKE: ReadonlySet<unknown> = new Set([
  'initialize',
  'notifications/initialized',
  'ping',
  'server/discover',
  'tools/list',
]);
/** Bytes. */
const LONGEST = 64 * 1024;

/**
 * Whether a line of the client looks like one of those that a session begins with. Only to know what need not wait: whether the line
 * has one reading, and what becomes of it, is not decided by this.
 */
export function isHandshake(line: Uint8Array): boolean {
  if (line.length > LONGEST) return false;
  try {
    const message: unknown = JSON.parse(new TextDecoder().decode(line));
    return HANDSHAKE.has((message as { method?: unknown } | null)?.method);
  } catch {
    return false;
  }
}
