import { isRecord } from '../json/is-record.js';
/** A tool as its server lists it (MCP `Tool`), as far as its class depends on it. Nothing of it is trusted. */
export interface ToolDefinition {
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  /** JSON Schema of the arguments, as `JSON.parse` reads it. */
  inputSchema?: unknown;
  annotations?: ToolAnnotations | undefined;
  /** All that its server lists under the name, where that is not one definition with one reading. */
  listed?: readonly ListedText[] | undefined;
}

/** An element of `tools/list` as it was written. */
export interface ListedText {
  text: string;
  /** Why it has no single reading, in one phrase; undefined where it has one. */
  flaw: string | undefined;
}

/** Hints of the server about a tool (`ToolAnnotations`). */
export interface ToolAnnotations {
  title?: string | undefined;
  readOnlyHint?: boolean | undefined;
  destructiveHint?: boolean | undefined;
  idempotentHint?: boolean | undefined;
  openWorldHint?: boolean | undefined;
}

const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** Takes from an element of `tools/list` what fits; undefined when it has no name. What is of another type is left out. */
export function toolDefinition(value: unknown): ToolDefinition | undefined {
  if (!isRecord(value) || typeof value['name'] !== 'string') return undefined;
  const { name, title, description, inputSchema, annotations } = value;
  return {
    name,
    title: text(title),
    description: text(description),
    inputSchema,
    annotations: isRecord(annotations) ? annotationsOf(annotations) : undefined,
  };
}

function annotationsOf(value: Record<string, unknown>): ToolAnnotations {
  const found: ToolAnnotations = { title: text(value['title']) };
  for (const hint of HINTS) if (typeof value[hint] === 'boolean') found[hint] = value[hint];
  return found;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
