import type { Category } from '../../../../src/core/tools/category.js';
import type { ToolDefinition } from '../../../../src/core/tools/definition.js';

export type Case = readonly [tool: ToolDefinition, category: Category];

/** `name | description` in each line. */
export function tools(category: Category, lines: string): Case[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', description] = line.split('|').map((part) => part.trim());
      return [{ name, description }, category] as const;
    });
}

/** A tool whose parameters are these, each of them text unless it is a schema. */
export function withParameters(
  name: string,
  properties: Record<string, unknown>,
  description?: string,
): ToolDefinition {
  const entries = Object.entries(properties).map(([key, value]) => [
    key,
    typeof value === 'string' ? { type: 'string', description: value } : value,
  ]);
  return { name, description, inputSchema: { type: 'object', properties: Object.fromEntries(entries) } };
}

export function oneOf(...values: string[]): unknown {
  return { type: 'string', enum: values };
}
