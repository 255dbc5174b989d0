import { toolDefinition } from '../core/tools/definition.js';
import type { ListedTool } from './server-tools.js';

/** Takes the tools out of what pages list, and says what was odd. */
export function toolsOf(elements: readonly unknown[]): { tools: ListedTool[]; warnings: string[] } {
  const tools = new Map<string, ListedTool>();
  const warnings: string[] = [];
  for (const [index, raw] of elements.entries()) {
    const definition = toolDefinition(raw);
    if (definition === undefined)
      warnings.push(`Element ${index + 1} of the list is not a tool with a name.`);
    else if (tools.has(definition.name)) warnings.push(`The tool '${definition.name}' is listed twice.`);
    else tools.set(definition.name, { ...definition, raw });
  }
  return { tools: [...tools.values()], warnings };
}
