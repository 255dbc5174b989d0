import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTaskStore } from '@modelcontextprotocol/sdk/experimental/tasks';
import type { RequestTaskStore } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CreateMessageRequestSchema,
  type ElicitRequest,
  ElicitRequestSchema,
  type ElicitResult,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { onTestFinished } from 'vitest';

/** The SDK's client of version 1, and that of version 2 in its three ways to agree on a protocol version. */
export type Kind = 'v1' | 'v2 legacy' | 'v2 auto' | 'v2 pinned';

/** How a server is started. */
export interface Launch {
  /** The arguments of node. */
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
}

const NAME = { name: 'test-client', version: '1.2.3' };
const CAPABILITIES = {
  elicitation: { form: {}, url: {} },
  sampling: {},
  roots: { listChanged: true },
};
const MODES = {
  'v2 legacy': 'legacy',
  'v2 auto': 'auto',
  'v2 pinned': { pin: '2026-07-28' },
} as const;

/** What the client's user says to whatever a server asks. */
const message = {
  model: 'stub',
  role: 'assistant' as const,
  content: { type: 'text' as const, text: 'Hello ä€😀' },
};
const accepted = {
  action: 'accept' as const,
  content: { name: 'Ada', confirm: true, interpretation: 'technical' },
};
const roots = { roots: [{ uri: 'file:///home/ada', name: 'home' }] };

/** What the client's user answers to a form. The signal is aborted when the question is taken back. */
export type Elicit = (params: ElicitRequest['params'], signal: AbortSignal) => Promise<ElicitResult>;

/** A client that is connected, of whichever kind. */
export async function connect(kind: Kind, launch: Launch, elicit?: Elicit): Promise<Client | ModernClient> {
  return kind === 'v1' ? connectV1(launch, elicit) : connectV2(kind, launch, elicit);
}

/** A client of version 1 that is connected. It can be asked everything, also as tasks. */
export async function connectV1({ args, cwd, env }: Launch, elicit?: Elicit): Promise<Client> {
  const tasks = { requests: { sampling: { createMessage: {} }, elicitation: { create: {} } } };
  const capabilities = { ...CAPABILITIES, tasks };
  const client = new Client(NAME, { capabilities, taskStore: new InMemoryTaskStore() });
  client.setRequestHandler(CreateMessageRequestSchema, ({ params }, { taskStore }) =>
    params.task ? asTask(taskStore, message) : message,
  );
  client.setRequestHandler(ElicitRequestSchema, ({ params }, { taskStore, signal }) =>
    params.task ? asTask(taskStore, accepted) : (elicit?.(params, signal) ?? accepted),
  );
  client.setRequestHandler(ListRootsRequestSchema, () => roots);
  onTestFinished(() => client.close());
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [...args], cwd, env, stderr: 'ignore' }),
  );
  return client;
}

/** A client of version 2 that is connected. */
export async function connectV2(
  kind: Exclude<Kind, 'v1'>,
  { args, cwd, env }: Launch,
  elicit?: Elicit,
): Promise<ModernClient> {
  const client = new ModernClient(NAME, {
    versionNegotiation: { mode: MODES[kind] },
    capabilities: CAPABILITIES,
  });
  client.setRequestHandler('sampling/createMessage', () => message);
  client.setRequestHandler(
    'elicitation/create',
    ({ params }, { mcpReq: { signal } }) => elicit?.(params, signal) ?? accepted,
  );
  client.setRequestHandler('roots/list', () => roots);
  onTestFinished(() => client.close());
  await client.connect(
    new ModernTransport({ command: process.execPath, args: [...args], cwd, env, stderr: 'ignore' }),
  );
  return client;
}

async function asTask(store: RequestTaskStore | undefined, result: typeof message | typeof accepted) {
  if (store === undefined) throw new Error('a task needs a store');
  const task = await store.createTask({ ttl: 60_000, pollInterval: 50 });
  await store.storeTaskResult(task.taskId, 'completed', result);
  return { task };
}
