import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrivateSocket } from '../../platform/sockets/private-socket.js';
import { TextLines } from '../../platform/text-lines.js';
import { ID, type InboxAnswer, type InboxDecision, type InboxState } from './inbox-state.js';

/** What an inbox says at most; whoever says more is not one. Characters. */
const LONGEST_STATE = 32 * 1024 * 1024;
/** A call's arguments are part of one line of the client, which is no longer than this. Bytes. */
const LONGEST_ARGUMENTS = 64 * 1024 * 1024;
const LONGEST_ANSWER = 64 * 1024;
/** An inbox answers at once, unless its process hangs. Milliseconds. */
const PATIENCE = 10_000;
/** Before it is asked again. Milliseconds. */
const PAUSE = 50;
const BUSY = 503;

type InboxSchema = typeof import('./inbox-schema.js');

interface Answered {
  status: number;
  text: string;
}

/** What is in an inbox now. Rejects when it does not say so in time. */
export async function fetchInboxState(socket: PrivateSocket, timeoutMs: number): Promise<InboxState> {
  const schema = await inboxSchema();
  const { text } = await ask(socket, 'GET', '/state', { limit: LONGEST_STATE, timeoutMs });
  return named(socket, text, schema);
}

/** The whole arguments of a call that waits; undefined when it no longer does, or the inbox does not answer. */
export async function fetchArguments(socket: PrivateSocket, id: string): Promise<string | undefined> {
  if (!ID.test(id)) return undefined;
  const place = `/waiting/${id}/arguments`;
  const answered = await askUntilServed(socket, 'GET', place, { limit: LONGEST_ARGUMENTS }).catch(
    () => undefined,
  );
  return answered?.status === 200 ? answered.text : undefined;
}

export async function sendDecision(
  socket: PrivateSocket,
  id: string,
  decision: InboxDecision,
): Promise<InboxAnswer> {
  try {
    if (!ID.test(id)) return { ok: false, why: 'gone', message: 'there is no such call' };
    const { inboxAnswerOf } = await inboxSchema();
    const body = JSON.stringify(decision);
    const { text } = await askUntilServed(socket, 'POST', `/waiting/${id}`, { body, limit: LONGEST_ANSWER });
    return inboxAnswerOf(JSON.parse(text)) ?? unsure();
  } catch {
    return unsure();
  }
}

export async function sendRevocation(socket: PrivateSocket, id: string): Promise<boolean> {
  if (!ID.test(id)) return false;
  const place = `/remembered/${id}`;
  const answered = await ask(socket, 'DELETE', place, { limit: LONGEST_ANSWER }).catch(() => undefined);
  return answered?.status === 204;
}

/** Hears what is in an inbox, until it is gone or what is returned is called. */
export function followInbox(
  socket: PrivateSocket,
  heard: (state: InboxState | 'still there') => void,
  gone: () => void,
): () => void {
  const controller = new AbortController();
  const follow = async () => {
    const schema = await inboxSchema();
    await hear(socket, await send(socket, 'GET', '/events', controller.signal), schema, heard);
  };
  follow()
    .finally(() => controller.abort())
    .then(gone, gone);
  return () => controller.abort();
}

async function hear(
  socket: PrivateSocket,
  response: IncomingMessage,
  schema: InboxSchema,
  heard: (state: InboxState | 'still there') => void,
): Promise<void> {
  const lines = new TextLines({
    longest: LONGEST_STATE,
    onLine: (line) => heard(line === '' ? 'still there' : named(socket, line, schema)),
    onTooLong: () => {
      throw new Error('the state is too long');
    },
  });
  for await (const chunk of response as AsyncIterable<Buffer>) lines.add(chunk);
}

interface Asking {
  body?: string;
  /** Of the answer. Characters. */
  limit: number;
  timeoutMs?: number;
}

/** An inbox that has too much to do at once says so, and is asked again. */
async function askUntilServed(
  socket: PrivateSocket,
  method: string,
  place: string,
  asking: Asking,
): Promise<Answered> {
  const latest = performance.now() + PATIENCE;
  for (;;) {
    const answered = await ask(socket, method, place, asking);
    if (answered.status !== BUSY || performance.now() > latest) return answered;
    await sleep(PAUSE);
  }
}

async function ask(
  socket: PrivateSocket,
  method: string,
  place: string,
  { body, limit, timeoutMs = PATIENCE }: Asking,
): Promise<Answered> {
  const controller = new AbortController();
  // What is loaded here takes none of the peer's time.
  await http();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const response = await send(socket, method, place, controller.signal, body);
    return { status: response.statusCode ?? 0, text: await read(response, limit) };
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** Only when it is needed, which in most sessions it never is. */
function http(): Promise<typeof import('node:http')> {
  return import('node:http');
}

async function send(
  { address }: PrivateSocket,
  method: string,
  path: string,
  signal: AbortSignal,
  body?: string,
): Promise<IncomingMessage> {
  const { request } = await http();
  return new Promise((resolve, reject) => {
    const headers = { 'policy-wrap-inbox': '1' };
    const asked = request({ socketPath: address, agent: false, method, path, headers, signal });
    asked.on('error', reject);
    asked.once('response', resolve);
    asked.end(body);
  });
}

async function read(response: IncomingMessage, limit: number): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  response.setEncoding('utf8');
  for await (const part of response as AsyncIterable<string>) {
    length += part.length;
    if (length > limit) throw new Error('the answer is too long');
    parts.push(part);
  }
  return parts.join('');
}

/** An inbox is called after its socket: what it calls itself could be the name of another. */
function named({ name, pid }: PrivateSocket, text: string, { inboxStateOf }: InboxSchema): InboxState {
  const state = inboxStateOf(JSON.parse(text));
  if (state === undefined) throw new Error('the answer of the inbox cannot be read');
  return { ...state, inbox: name, pid };
}

/** Once there is something to be checked: most commands of a person find no inbox, and loading takes time. */
function inboxSchema(): Promise<InboxSchema> {
  return import('./inbox-schema.js');
}

function unsure(): InboxAnswer {
  const message = 'the policy-wrap of this call does not answer, and may or may not have heard the decision';
  return { ok: false, why: 'gone', message };
}
