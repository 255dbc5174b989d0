import { withMembers } from '../json/edit-members.js';
import type { JsonNode } from '../json/node.js';
import { isFlaw, scanJson, stringOf, stringValue } from '../json/scan.js';
import { oneLineJson } from '../json/value.js';

/** The line, `result`, and the elements of `content`. */
const LEVELS = 3;

/**
 * The answer to a tool call with a text for the model put before what the server says; all else stays as it came. A
 * result that asks for more or names a task is not shown to the model, so nothing is put there. Undefined when the line cannot be read.
 * @param line decoded, without its line end
 */
export function appendNotice(line: string, told: string): string | undefined {
  const root = scanJson(line, { keep: LEVELS, mostElements: 1 });
  if (isFlaw(root)) return undefined;
  const result = root.members?.get('result');
  if (result !== undefined && result.kind !== 'null') return tellInResult(line, result, told);
  return tellInError(line, root.members?.get('error'), told);
}

function tellInResult(line: string, result: JsonNode, told: string): string | undefined {
  if (result.kind !== 'object') return undefined;
  const type = result.members?.get('resultType');
  if (type !== undefined && stringOf(line, type) !== 'complete') return line;
  const block = oneLineJson({ type: 'text', text: told });
  const content = result.members?.get('content');
  if (content === undefined)
    return spliced(line, result, withMembers(line, result, new Map([['content', `[${block}]`]])));
  if (content.kind !== 'array') return undefined;
  const comma = content.elements?.length === 0 ? '' : ',';
  const start = { start: content.start + 1, end: content.start + 1 };
  return spliced(line, start, `${block}${comma}`);
}

function tellInError(line: string, error: JsonNode | undefined, told: string): string | undefined {
  const message = error?.members?.get('message');
  if (message?.kind !== 'string') return undefined;
  return spliced(line, message, oneLineJson(`${told}\n${stringValue(line, message)}`));
}

function spliced(line: string, { start, end }: Pick<JsonNode, 'start' | 'end'>, text: string): string {
  return line.slice(0, start) + text + line.slice(end);
}
