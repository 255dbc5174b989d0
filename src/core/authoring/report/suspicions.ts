import { lookalikesAmong } from '../../shown/lookalike-names.js';
import { quote } from '../../text/quote.js';
import type { ToolDefinition } from '../../tools/definition.js';
import { spokenTo } from './tool-orders.js';
import { type ToolText, textsOf } from './tool-texts.js';

/**
 * What of each tool may be meant to mislead a model or a person, by its name, one sentence each, the worst first.
 * @param tools all of one server: their names may be taken for each other
 */
export function suspicionsAmong(
  tools: readonly (ToolDefinition & { raw?: unknown })[],
): Map<string, string[]> {
  const lookalikes = lookalikesAmong(tools.map(({ name }) => name));
  return new Map(
    tools.map((tool) => {
      const texts = textsOf(tool.raw ?? tool);
      const lookalike = lookalikes.get(tool.name) ?? [];
      return [tool.name, [lookalike, spokenTo(texts), hiddenIn(texts)].flat()];
    }),
  );
}

/**
 * Controls but for line ends and tabs, direction marks, zero width, tags, private and unassigned characters. An emoji may be
 * joined or have a variant.
 */
const HIDDEN = /(?![\n\r\t])[\p{C}\p{Default_Ignorable_Code_Point}]/u;
const EMOJI = /\p{Extended_Pictographic}[\ufe0e\ufe0f\u200d]+|[\d#*]\ufe0f?\u20e3/gu;

function hiddenIn(texts: readonly ToolText[]): string[] {
  return texts.flatMap(({ where, text }) => {
    const [found] = HIDDEN.exec(text.replace(EMOJI, '')) ?? [];
    if (found === undefined) return [];
    return `Text in ${quote(where)} has characters that cannot be seen (U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}).`;
  });
}
