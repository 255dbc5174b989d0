import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { fixture, Place } from '../e2e/place.js';
import { type StartOptions, Wrapped } from '../e2e/program.js';
import { MARK, marked } from './processes.js';

type Id = string | number;

/** The program under test, with a record of what it owes: answers to whom, and the end of all that was started. */
export class Watched extends Wrapped {
  readonly mark: string;
  /** Requests that were sent, in their order. */
  readonly asked = new Set<Id>();
  /** Those of them that were cancelled. */
  readonly cancelled = new Set<Id>();

  constructor(
    readonly place: Place,
    args: readonly string[],
    options: StartOptions = {},
  ) {
    const mark = randomUUID();
    super(place, args, { ...options, env: { ...options.env, [MARK]: mark } });
    this.mark = mark;
  }

  override sendLine(line: string | Uint8Array): void {
    for (const part of Buffer.from(line).toString().split('\n')) this.#note(part);
    super.sendLine(line);
  }

  #note(line: string): void {
    const { id, method, params } = messageIn(line);
    if (method === 'notifications/cancelled' && params?.requestId !== undefined)
      this.cancelled.add(params.requestId);
    else if (method !== undefined && id !== undefined) this.asked.add(id);
  }
}

/** Starts the program with a policy in front of a command. */
export function watch(policy: string, command: readonly string[], options: StartOptions = {}): Watched {
  const place = new Place();
  place.policy(policy);
  return new Watched(place, ['--', ...command], options);
}

/** In front of the recording server. */
export function watchRecorder(policy: string, options: StartOptions = {}): Watched {
  const place = new Place();
  place.policy(policy);
  return new Watched(place, ['--', process.execPath, fixture('recorder.mjs'), place.record], options);
}

/** In front of a server that is given as the text of a program. */
export function watchScript(policy: string, text: string, options: StartOptions = {}): Watched {
  const place = new Place();
  place.policy(policy);
  return new Watched(place, ['--', process.execPath, place.write('server.mjs', text)], options);
}

export interface Expected {
  exitCode: number;
  /** Requests whose answer nobody could be given: the client no longer listened. */
  unheard?: readonly Id[];
  /** Cancelled requests whose answer the server had sent all the same. */
  crossed?: readonly Id[];
}

/**
 * What has to hold after every fault: the exit code, one answer for each request and none for a cancelled one, whole
 * lines of JSON-RPC and nothing else on stdout, and no process left.
 */
export async function aftermath(watched: Watched, { exitCode, ...exceptions }: Expected): Promise<void> {
  const ended = await watched.process;
  expect(ended.exitCode ?? ended.signal, watched.stderr).toBe(exitCode);
  expect(watched.rest, 'behind the last line end').toBe('');
  for (const line of watched.lines) expect(messageIn(line), line).toHaveProperty('jsonrpc', '2.0');
  expect(answersOf(watched)).toEqual(owedBy(watched, exceptions));
  await nothingIsLeft(watched);
}

/** The wrapper, the server and all that they have started are gone, or are within seconds. */
export async function nothingIsLeft({ mark }: Watched): Promise<void> {
  // A server that does not want to end has 20 s.
  await expect.poll(() => marked(mark), { timeout: 24_000 }).toEqual([]);
}

/** How often each request was answered. */
function answersOf({ lines }: Watched): Map<Id, number> {
  const counts = new Map<Id, number>();
  for (const line of lines) {
    const { id, method } = messageIn(line);
    if (method === undefined && id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return new Map([...counts].sort(byId));
}

function owedBy(
  { asked, cancelled }: Watched,
  { unheard = [], crossed = [] }: Omit<Expected, 'exitCode'>,
): Map<Id, number> {
  const owed = [...asked].filter(
    (id) => !unheard.includes(id) && (!cancelled.has(id) || crossed.includes(id)),
  );
  return new Map(owed.map((id): [Id, number] => [id, 1]).sort(byId));
}

function byId([one]: [Id, number], [other]: [Id, number]): number {
  return String(one).localeCompare(String(other));
}

interface AnyMessage {
  jsonrpc?: string;
  id?: Id;
  method?: string;
  params?: { requestId?: Id };
}

/** Nothing for what is no JSON object. */
function messageIn(line: string): AnyMessage {
  try {
    return (JSON.parse(line) ?? {}) as AnyMessage;
  } catch {
    return {};
  }
}
