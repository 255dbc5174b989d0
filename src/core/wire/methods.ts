import { fold } from '../text/fold.js';
import { quote } from '../text/quote.js';

/** Methods that make the server do something by name: where their rules are, and the member of params that names it. */
export const JUDGED = {
  'tools/call': { kind: 'tool', table: 'tools', member: 'name' },
  'prompts/get': { kind: 'prompt', table: 'prompts', member: 'name' },
  'resources/read': { kind: 'resource', table: 'resources', member: 'uri' },
  'resources/subscribe': { kind: 'resource', table: 'resources', member: 'uri' },
} as const;

export type JudgedMethod = keyof typeof JUDGED;

/** Requests that may be answered with questions first, and are then repeated with the answers (MCP 2026-07-28, patterns/mrtr). */
const IN_ROUNDS: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);

/** Opens the stream of notifications, those about resources among them (MCP 2026-07-28, patterns/subscriptions). */
export const LISTEN = 'subscriptions/listen';

/** The request by which a server uses the client's model. */
export const SAMPLING = 'sampling/createMessage';

/** What servers ask of clients: as requests up to 2025-11-25, inside of results from 2026-07-28 on. */
const SERVER_REQUESTS: ReadonlySet<string> = new Set([SAMPLING, 'elicitation/create', 'roots/list']);

/** Without these there is no session at all, so a glob of the policy does not mean them; their own names do. */
const LIFECYCLE: ReadonlySet<string> = new Set(['initialize', 'ping', 'server/discover']);

/** Requests of all revisions, 2024-11-05 to 2026-07-28, that a client sends. Without an id they are faults. */
const REQUESTS = [
  'completion/complete',
  'initialize',
  'logging/setLevel',
  'ping',
  'prompts/get',
  'prompts/list',
  'resources/list',
  'resources/read',
  'resources/subscribe',
  'resources/templates/list',
  'resources/unsubscribe',
  'server/discover',
  'subscriptions/listen',
  'tasks/cancel',
  'tasks/get',
  'tasks/list',
  'tasks/result',
  'tasks/update',
  'tools/call',
  'tools/list',
] as const;

const NOTIFICATIONS = [
  'notifications/cancelled',
  'notifications/elicitation/complete',
  'notifications/initialized',
  'notifications/progress',
  'notifications/roots/list_changed',
  'notifications/tasks/status',
] as const;

const requests: ReadonlySet<string> = new Set(REQUESTS);
const known: ReadonlySet<string> = new Set([...REQUESTS, ...NOTIFICATIONS]);
/** Made for the first method that is none of them. */
let lettersOfKnown: ReadonlyMap<string, string> | undefined;

/** Whether requests of this method are judged by a table of their own. */
export function isJudged(method: string): method is JudgedMethod {
  return Object.hasOwn(JUDGED, method);
}

/** Whether requests of this method may be answered with questions. */
export function isInRounds(method: string): boolean {
  return IN_ROUNDS.has(method);
}

export function isServerRequest(method: string): boolean {
  return SERVER_REQUESTS.has(method);
}

export function isLifecycle(method: string): boolean {
  return LIFECYCLE.has(method);
}

/** Whether a method says of itself that it wants no answer, however it is spelled. */
export function isNotification(method: string): boolean {
  return /^notifications/.test(method.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** The methods of all requests of all revisions, of clients and of servers. */
export function requestMethods(): string[] {
  return [...REQUESTS, ...SERVER_REQUESTS];
}

export function isKnownRequest(method: string): boolean {
  return requests.has(method);
}

/**
 * Why no server should see this method; undefined for methods of the protocol and for those not yet invented.
 * A server that compares carelessly must not take for a call what is not judged as one.
 */
export function methodFlaw(method: string): string | undefined {
  if (known.has(method)) return undefined;
  if (!/^[!-~]+$/.test(method)) return `unknown method ${quote(method)}: a method is visible ASCII`;
  lettersOfKnown ??= new Map([...known].map((each) => [letters(each), each]));
  const meant = lettersOfKnown.get(letters(method));
  if (meant !== undefined) return `unknown method ${quote(method)}: too close to ${quote(meant)}`;
  // Every method of tools/ may turn out to be a way to call one.
  return /^\W*tools\W|tools?\W*call|call\W*tools?/i.test(method.replaceAll('_', '-'))
    ? `unknown method ${quote(method)}`
    : undefined;
}

/** What careless comparison leaves of a method: case and separators are gone. */
function letters(method: string): string {
  return fold(method).replace(/[^a-z0-9]/g, '');
}
