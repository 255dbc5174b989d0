import type { ListedElement } from '../core/tools/listing/element.js';
import { readToolList } from '../core/tools/listing/read-list.js';
import { version } from '../core/version.js';
import { type Answer, AnswerError, McpClient, plainText, type ServerStart } from './mcp-client.js';
import { type ServerTools, ServerToolsError } from './server-tools.js';
import { toolsOf } from './tool-list.js';

/** The newest version with a handshake, and the first without. */
const LEGACY = '2025-11-25';
const MODERN = '2026-07-28';
const META = 'io.modelcontextprotocol/';

/** What is nice to know is not waited for as long. Milliseconds. */
const SHORT = 5_000;
/** A server that lists pages without end is not waited for. */
const MOST_PAGES = 1_000;
const MOST_TOOLS = 100_000;
/** So many pages in a row may be empty or as before; a page more could still bring something. */
const MOST_STALE = 3;
/** Nor are pages kept that are larger than memory: a process that runs out of it ends no server. Characters, of all pages. */
const MOST_TEXT = 128 * 1024 * 1024;

/** What a server says of itself when a conversation begins. */
export interface Greeting {
  name: string;
  version: string;
  protocolVersion: string;
  capabilities: Record<string, unknown>;
  /** What each request has to carry (2026-07-28 basic/index, section `_meta`). */
  params: Record<string, unknown>;
}

/**
 * Starts a server, reads its tools and ends it. None of its tools is called.
 * @throws {ServerToolsError}
 */
export async function readServer(start: ServerStart, id: string): Promise<ServerTools> {
  const { session, greeting } = await openSession(start);
  try {
    const { name, version, protocolVersion } = greeting;
    const { elements, warnings } = await listTools(session, greeting);
    const { tools, warnings: odd } = toolsOf(elements);
    return { id, name, version, protocolVersion, elements, tools, warnings: [...warnings, ...odd] };
  } catch (error) {
    throw error instanceof AnswerError ? refused(start, 'tools/list', error, session.stderr) : error;
  } finally {
    await session.close();
  }
}

/**
 * Starts a server and greets it: with the handshake, which nearly all understand; and again without it where that is refused,
 * since a server of 2026-07-28 may take its first message for the whole conversation's.
 * @throws {ServerToolsError}
 */
export async function openSession(start: ServerStart): Promise<{ session: McpClient; greeting: Greeting }> {
  const [legacy, why] = await tried(start, shakeHands);
  if (legacy) return legacy;
  const [modern] = await tried(start, discover);
  if (modern) return modern;
  throw why instanceof AnswerError ? refused(start, 'initialize', why, why.stderr) : why;
}

/** Whether a conversation has begun without a handshake. */
export function beganModern({ protocolVersion }: Greeting): boolean {
  return protocolVersion === MODERN;
}

/** Whether the server answers without a handshake, as 2026-07-28 wants it. It is started for that. */
export async function speaksModern(start: ServerStart): Promise<boolean> {
  try {
    const [modern] = await tried({ ...start, timeout: Math.min(start.timeout, SHORT) }, discover);
    await modern?.session.close();
    return modern !== undefined;
  } catch {
    return false;
  }
}

type Opened = { session: McpClient; greeting: Greeting };
type Refusal = AnswerError & { stderr: string };

/** Only a server that says no is asked in another way; one that cannot be started stays so. */
async function tried(
  start: ServerStart,
  greet: (session: McpClient, start: ServerStart) => Promise<Greeting>,
): Promise<[Opened] | [undefined, Refusal | ServerToolsError]> {
  const session = new McpClient(start);
  try {
    return [{ session, greeting: await greet(session, start) }];
  } catch (error) {
    await session.close();
    if (error instanceof AnswerError) return [undefined, Object.assign(error, { stderr: session.stderr })];
    throw error;
  }
}

async function shakeHands(session: McpClient, start: ServerStart): Promise<Greeting> {
  const { clientInfo, capabilities } = clientOf(start);
  const result = await session.request('initialize', { protocolVersion: LEGACY, capabilities, clientInfo });
  session.notify('notifications/initialized');
  return greetingOf(result, plainText(result['protocolVersion']), {});
}

async function discover(session: McpClient, start: ServerStart): Promise<Greeting> {
  const { clientInfo, capabilities } = clientOf(start);
  const _meta = {
    [`${META}protocolVersion`]: MODERN,
    [`${META}clientCapabilities`]: capabilities,
    [`${META}clientInfo`]: clientInfo,
  };
  const result = await session.request('server/discover', { _meta });
  return greetingOf(result, MODERN, { _meta });
}

/**
 * What clients can do: servers list some of their tools only to those that can. Whatever is asked of us is declined, so nothing
 * comes of it.
 */
const CAPABILITIES = {
  roots: { listChanged: true },
  sampling: { context: {}, tools: {} },
  elicitation: { form: {}, url: {} },
  tasks: {
    list: {},
    cancel: {},
    requests: { sampling: { createMessage: {} }, elicitation: { create: {} } },
  },
};

function clientOf({ client = { name: 'policy-wrap', capabilities: CAPABILITIES } }: ServerStart) {
  const { name, capabilities } = client;
  return { clientInfo: { name, version: version() }, capabilities };
}

function greetingOf(
  result: Record<string, unknown>,
  protocolVersion: string,
  params: Record<string, unknown>,
): Greeting {
  const info = record(result['serverInfo'] ?? record(result['_meta'])[`${META}serverInfo`]);
  return {
    name: plainText(info['name']),
    version: plainText(info['version']),
    protocolVersion,
    capabilities: record(result['capabilities']),
    params,
  };
}

/**
 * All pages, as clients read them. A cursor that was there already ends the list, and so do pages that bring nothing new: a server
 * would go on for ever.
 */
export async function listTools(
  session: McpClient,
  { params, capabilities, protocolVersion }: Greeting,
): Promise<{ elements: ListedElement[]; pages: number; warnings: string[] }> {
  const elements: ListedElement[] = [];
  const texts = new Set<string>();
  const cursors = new Set<string>();
  const warnings: string[] = [];
  const ended = (pages: number, ...more: string[]) => ({ elements, pages, warnings: [...warnings, ...more] });
  let cursor: string | undefined;
  let stale = 0;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await askForPage(session, params, cursor, 'tools' in capabilities);
    if (answer === undefined) return ended(0, 'The server has no tools.');
    const { result, line } = answer;
    if (!Array.isArray(result['tools']))
      return ended(page, `Page ${page} of tools/list has no list of tools.`);
    const reading = readToolList(line);
    if (reading.flaw !== undefined) warnings.push(`Page ${page} of tools/list has a flaw: ${reading.flaw}.`);
    const isStale = page > 1 && reading.elements.every(({ text }) => texts.has(text));
    if (!isStale) for (const element of reading.elements) elements.push(element);
    for (const { text } of reading.elements) texts.add(text);
    const next = result['nextCursor'];
    // Before 2026-07-28 servers end their lists with an empty cursor; since then it is one like any other.
    if (typeof next !== 'string' || (next === '' && protocolVersion < MODERN)) return ended(page);
    if (cursors.has(next)) return ended(page, 'The pages of tools/list go round in a circle.');
    stale = isStale ? stale + 1 : 0;
    if (stale >= MOST_STALE)
      return ended(
        page,
        `The pages of tools/list bring nothing new after page ${page - stale}, so no more were read.`,
      );
    if (elements.length > MOST_TOOLS || session.read > MOST_TEXT) break;
    cursors.add(next);
    cursor = next;
  }
  return ended(cursors.size, `The list was cut after ${elements.length} tools.`);
}

/** A server that has declared no tools may answer that it knows no such method. */
async function askForPage(
  session: McpClient,
  params: Record<string, unknown>,
  cursor: string | undefined,
  declared: boolean,
): Promise<Answer | undefined> {
  try {
    return await session.ask('tools/list', { ...params, ...(cursor !== undefined && { cursor }) });
  } catch (error) {
    if (!declared && error instanceof AnswerError && error.errorCode === -32601) return undefined;
    throw error;
  }
}

function refused(
  { command }: ServerStart,
  method: string,
  error: AnswerError,
  stderr: string,
): ServerToolsError {
  return new ServerToolsError(
    `'${command}' answered ${method} with an error: ${error.message} (${error.errorCode})`,
    'does it need arguments or environment variables? Start it alone to see what it says',
    stderr,
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
