import { apiKeys } from './api-keys.js';
import { Arguments } from './arguments.js';
import { brokerChanges } from './broker-changes.js';
import { brokerCreation } from './broker-creation.js';
import { brokerReads } from './broker-reads.js';
import { configurations } from './configurations.js';
import { offers } from './offers.js';
import { rabbitmqChanges } from './rabbitmq-changes.js';
import { rabbitmqConnection } from './rabbitmq-connection.js';
import { rabbitmqHealth } from './rabbitmq-health.js';
import { rabbitmqReads } from './rabbitmq-reads.js';
import { Refusal } from './refusal.js';
import type { ToolDefinition } from './tool.js';
import type { Account } from './types.js';

/** What a call is answered with. */
export interface ToolResult {
  content: { type: 'text'; text: string }[];
  isError?: boolean;
}

/** All 40 tools, in the order in which they are listed. */
export const tools: readonly ToolDefinition[] = [
  ...brokerReads,
  ...brokerChanges,
  ...brokerCreation,
  ...offers,
  ...configurations,
  ...apiKeys,
  ...rabbitmqConnection,
  ...rabbitmqReads,
  ...rabbitmqHealth,
  ...rabbitmqChanges,
];

const byName = new Map(tools.map((definition) => [definition.name, definition]));

/** Calls a tool; undefined when there is none of that name. What cannot be done is a result with `isError`. */
export function callTool(
  account: Account,
  name: string,
  given: Readonly<Record<string, unknown>>,
): ToolResult | undefined {
  const definition = byName.get(name);
  if (definition === undefined) return undefined;
  try {
    const answer = definition.run(account, new Arguments(definition, given));
    return inWords(typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2));
  } catch (error) {
    if (error instanceof Refusal) return { ...inWords(error.message), isError: true };
    throw error;
  }
}

function inWords(text: string): ToolResult {
  return { content: [{ type: 'text', text }] };
}
