import type { Arguments } from './arguments.js';
import type { Account } from './types.js';

export type Kind = 'boolean' | 'integer' | 'string';

/** One parameter, as JSON Schema. A parameter without a default is required. */
export type Property =
  | { type: Kind; description: string; default?: string | number | boolean }
  | { anyOf: readonly [{ type: Kind }, { type: 'null' }]; description: string; default: null };

export interface ToolDefinition {
  name: string;
  description: string;
  inputSchema: { type: 'object'; properties: Record<string, Property>; required?: string[] };
  annotations?: Record<string, string | boolean>;
  /** Does the call; what it returns is shown as JSON. Throws a Refusal when it cannot be done. */
  run(account: Account, input: Arguments): unknown;
}

/** Makes a definition; the list of required parameters follows from the defaults. */
export function tool(
  name: string,
  description: string,
  properties: Record<string, Property>,
  run: ToolDefinition['run'],
): ToolDefinition {
  const required = Object.keys(properties).filter((key) => properties[key]?.default === undefined);
  const inputSchema = { type: 'object' as const, properties, ...(required.length > 0 ? { required } : {}) };
  return { name, description, inputSchema, run };
}

/** A text that must be given. */
export function text(description: string): Property {
  return { type: 'string', description };
}

/** A text that may be left out. Upstream declares lists and structures so, too. */
export function optionalText(description: string): Property {
  return { type: 'string', description, default: '' };
}

export function optionalFlag(description: string, otherwise: boolean): Property {
  return { type: 'boolean', description, default: otherwise };
}

export function nullable(kind: Kind, description: string): Property {
  return { anyOf: [{ type: kind }, { type: 'null' }], description, default: null };
}

export const REGION = text('AWS region, such as us-east-1.');
export const BROKER_ID = text('Identifier of the broker, such as b-orders.');
export const CONFIGURATION_ID = text('Identifier of the configuration, such as c-billing.');
