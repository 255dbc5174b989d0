import { fold } from '../../text/fold.js';
import { quote } from '../../text/quote.js';
import type { ToolDefinition } from '../../tools/definition.js';
import type { Parameters } from '../../tools/parameters.js';
import { spokenTo } from './tool-orders.js';
import { type ToolText, textsOf } from './tool-texts.js';

/** MCP 2025-11-25, server/tools, "Tool Names". */
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;
/** A description that is longer is read by no person. Characters. */
const LONG_DESCRIPTION = 4_000;

/** What is odd about the definition of a tool, one sentence each, the worst first. */
export function warningsOf(tool: ToolDefinition & { raw?: unknown }, parameters: Parameters): string[] {
  const { name, description, inputSchema, raw = tool } = tool;
  const texts = textsOf(raw);
  const odd = [...spokenTo(texts), ...hiddenIn(texts)];
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

/** Tools whose names some reader takes for each other, by name: what is odd about each. */
export function lookalikesAmong(names: readonly string[]): Map<string, string> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = groups.get(fold(name));
    if (group) group.push(name);
    else groups.set(fold(name), [name]);
  }
  const lookalikes = new Map<string, string>();
  for (const group of groups.values())
    for (const [index, name] of group.entries()) {
      const other = group[index === 0 ? 1 : 0];
      if (other !== undefined)
        lookalikes.set(
          name,
          `The name differs from ${quote(other)} only by case, width, spaces or invisible characters.`,
        );
    }
  return lookalikes;
}

/**
 * Controls but for line ends and tabs, direction marks, zero width, tags, private and unassigned characters. An emoji may be
 * joined or have a variant.
 */
const HIDDEN = /(?![\n\r\t])[\p{C}\p{Default_Ignorable_Code_Point}]/u;
const EMOJI = /\p{Extended_Pictographic}[\ufe0e\ufe0f\u200d]+|[\d#*]\ufe0f?\u20e3/gu;

function hiddenIn(texts: readonly ToolText[]): string[] {
  for (const { where, text } of texts) {
    const [found] = HIDDEN.exec(text.replace(EMOJI, '')) ?? [];
    if (found !== undefined)
      return [
        `Text in ${quote(where)} has characters that cannot be seen (U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}).`,
      ];
  }
  return [];
}
