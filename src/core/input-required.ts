import { isFlaw, type JsonNode, scanJson, stringValue } from './json.js';

/** A result that asks for more before the request can be completed (MCP 2026-07-28, patterns/mrtr). */
export interface InputRequired {
  requestState: string | undefined;
  /** The keys under which the retry has to carry the answers. */
  keys: ReadonlySet<string>;
  /** What the server asks of the client, as it would be the method of a request. */
  asks: readonly { method: string; paramsText: string }[];
}

/** The line, `result`, `task`, `inputRequests`, and each request. */
const LEVELS = 5;

/**
 * What a response asks for: undefined when it is complete, `unreadable` when clients may read it differently.
 * @param text a response, decoded and without its line end
 */
export function inputRequired(text: string): InputRequired | 'unreadable' | undefined {
  const scanned = scanJson(text, { keep: LEVELS, elements: false });
  if (isFlaw(scanned)) return 'unreadable';
  const result = scanned.members?.get('result')?.members;
  if (result === undefined) return undefined;
  // The extension for tasks has them one level down, in the answers to tasks/get.
  const requests = [result, result.get('task')?.members].flatMap((holder) => [
    ...(holder?.get('inputRequests')?.members ?? []),
  ]);
  if (requests.length === 0 && textOf(text, result.get('resultType')) !== 'input_required') return undefined;
  return {
    requestState: textOf(text, result.get('requestState')),
    keys: new Set(requests.map(([key]) => key)),
    asks: requests.map(([, request]) => asked(text, request)),
  };
}

function asked(text: string, { members }: JsonNode): InputRequired['asks'][number] {
  const params = members?.get('params');
  const paramsText = params?.kind === 'object' ? text.slice(params.start, params.end) : '{}';
  return { method: textOf(text, members?.get('method')) ?? '', paramsText };
}

function textOf(text: string, node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? stringValue(text, node) : undefined;
}
