import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { connectV1, connectV2, type Kind, type Launch } from './clients.js';
import { fixture, type Place, PROGRAM } from './place.js';

/** What a client does: a method of the SDKs' clients and what it is given, or anything else with the client. */
export type Step = readonly [method: string, params?: unknown] | ((client: never) => Promise<unknown>);

/** All that a client was answered and told. */
export interface Told {
  server: unknown;
  results: unknown[];
  /** In no order: some come on a timer. Without progress: clients drop it when the answer comes in the same breath. */
  notifications: string[];
}

/** Both ends of the program under test as what passed there was written down. */
export interface Bytes {
  outside: string[];
  inside: string[];
}

/** The server started by the client itself. */
export function direct(place: Place, server: readonly string[]): Launch {
  return { args: server, cwd: place.work, env: place.env };
}

/** The server behind the program, between two fixtures that write down every byte. */
export function wrapped(place: Place, server: readonly string[]): Launch {
  const policy = path.join(place.folder, 'allow.yaml');
  writeFileSync(policy, 'version: 1\ndefault: allow\n');
  const tee = (name: string) => [fixture('tee.mjs'), ...bothFiles(place, name), process.execPath];
  const program = [PROGRAM, '--config', policy, '--', process.execPath];
  return {
    args: [...tee('outside'), ...program, ...tee('inside'), ...server],
    cwd: place.work,
    env: place.env,
  };
}

/** What passed on both ends of the program. */
export function bytes(place: Place): Bytes {
  const read = (name: string) =>
    bothFiles(place, name).map((file) => (existsSync(file) ? readFileSync(file, 'latin1') : ''));
  return { outside: read('outside'), inside: read('inside') };
}

/** Does one thing after the other, and puts down what comes of it. Errors are results. */
export async function tour(kind: Kind, launch: Launch, steps: readonly Step[]): Promise<Told> {
  const client = kind === 'v1' ? await connectV1(launch) : await connectV2(kind, launch);
  const notifications: string[] = [];
  client.fallbackNotificationHandler = async (notification) => {
    notifications.push(JSON.stringify(notification));
  };
  const server = [client.getServerCapabilities(), client.getServerVersion(), client.getInstructions()];
  const results: unknown[] = [];
  for (const step of steps) results.push(await resultOf(() => act(client, step)));
  await client.close();
  return timeless({ server, results, notifications: notifications.sort() });
}

async function resultOf(action: () => Promise<unknown>): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    const { code, message, data } = error as { code?: unknown; message: string; data?: unknown };
    return { code, message, data };
  }
}

function act(client: object, step: Step): Promise<unknown> {
  if (typeof step === 'function') return step(client as never);
  const [method, params] = step;
  const called = (client as Record<string, (...args: unknown[]) => Promise<unknown>>)[method]?.bind(client);
  if (called === undefined) throw new Error(`clients have no method ${method}`);
  const options = { onprogress: () => {} };
  // In version 1 the shape of the result comes before the options.
  return method === 'callTool' && client instanceof Client
    ? called(params, undefined, options)
    : called(params, options);
}

/** What differs from run to run: times of the day, and the made-up names of tasks and elicitations. */
function timeless(told: Told): Told {
  const text = JSON.stringify(told)
    .replace(/\d{1,2}:\d{2}:\d{2} [AP]M/g, 'TIME')
    .replace(/[\w-]+T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, 'TIME')
    .replace(/[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/"blob":"UmVzb3VyY2Ug[^"]*"/g, '"blob":"TIME"');
  return JSON.parse(text) as Told;
}

function bothFiles(place: Place, name: string): string[] {
  return ['said', 'answered'].map((direction) => path.join(place.folder, `${name}-${direction}`));
}
