import { withMembers } from '../json/edit-members.js';
import type { JsonNode } from '../json/node.js';
import { isFlaw, isJson, scanJson } from '../json/scan.js';
import { withoutLineEnds } from '../json/value.js';

/**
 * A request with other arguments; all else stays as it came. Undefined when the arguments are not an object that every server
 * reads alike.
 * @param text a request that `readMessage` has read, and `params` from there
 * @param argumentsText may have line ends, as people write them
 */
export function replaceArguments(text: string, params: JsonNode, argumentsText: string): string | undefined {
  const written = onOneLine(argumentsText);
  if (written === undefined) return undefined;
  const changed = withMembers(text, params, new Map([['arguments', withoutLineEnds(written)]]));
  return text.slice(0, params.start) + changed + text.slice(params.end);
}

/** The text of an object without the line ends between its values; undefined when it is none, or has more than one reading. */
export function onOneLine(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  // Within strings JSON allows no line end, so these all are between values.
  const written = text.replace(/[\r\n]+/g, ' ').trim();
  const scanned = scanJson(written);
  return isFlaw(scanned) || scanned.kind !== 'object' ? undefined : written;
}
