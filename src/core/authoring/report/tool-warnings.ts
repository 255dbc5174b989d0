import type { ToolDefinition } from '../../tools/definition.js';
import type { Parameters } from '../../tools/parameters.js';

/** MCP 2025-11-25, server/tools, "Tool Names". */
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;
/** A description that is longer is read by no person. Characters. */
const LONG_DESCRIPTION = 4_000;

/** What is odd about the definition of a tool and need mean no harm, one sentence each. */
export function warningsOf(tool: ToolDefinition, parameters: Parameters): string[] {
  const { name, description, inputSchema } = tool;
  const odd: string[] = [];
  if (!NAME.test(name))
    odd.push('The name is not 1 to 128 letters, digits, `_`, `-` and `.`, which MCP asks for.');
  if (!description?.trim()) odd.push('There is no description.');
  else if (description.length > LONG_DESCRIPTION)
    odd.push(`The description has ${description.length} characters, more than anyone reads.`);
  if (typeof inputSchema !== 'object' || inputSchema === null)
    odd.push('There is no inputSchema: its arguments are unknown.');
  else if (parameters.open)
    odd.push(
      'The schema takes arguments under any name (`additionalProperties`), so not all of them are known.',
    );
  return odd;
}
