import type { JsonNode } from '../json/node.js';
import { isFlaw, scanJson, stringOf } from '../json/scan.js';
import { fold } from '../text/fold.js';

/** A result that asks for more before the request can be completed (MCP 2026-07-28, patterns/mrtr). */
export interface InputRequired {
  requestState: string | undefined;
  /** The keys under which the retry has to carry the answers. */
  keys: ReadonlySet<string>;
  /** What the server asks of the client, as it would be the method of a request. */
  asks: readonly { method: string; paramsText: string }[];
}

type Members = NonNullable<JsonNode['members']>;

/** The line, `result`, `task`, `inputRequests`, and each request. */
const LEVELS = 5;

/**
 * What a response asks for: undefined when it is complete, `unreadable` when clients may read it differently.
 * @param text a message, decoded and without its line end
 * @param where `params` for a notification that tells of a task (the extension for tasks)
 */
export function inputRequired(
  text: string,
  where: 'result' | 'params' = 'result',
): InputRequired | 'unreadable' | undefined {
  const scanned = scanJson(text, { keep: LEVELS, elements: false });
  if (isFlaw(scanned)) return 'unreadable';
  const result = scanned.members?.get(where)?.members;
  if (result === undefined) return undefined;
  if (isAmbiguous(result)) return 'unreadable';
  // The extension for tasks has them one level down, in the answers to tasks/get.
  const requests = [result, result.get('task')?.members].flatMap((holder) => [
    ...(holder?.get('inputRequests')?.members ?? []),
  ]);
  if (requests.length === 0 && stringOf(text, result.get('resultType')) !== 'input_required')
    return undefined;
  return {
    requestState: stringOf(text, result.get('requestState')),
    keys: new Set(requests.map(([key]) => key)),
    asks: requests.map(([, request]) => asked(text, request)),
  };
}

/**
 * What an error asks for that wants the user to open URLs first (MCP 2025-11-25, "URL Elicitation Required Error");
 * undefined for all others, `unreadable` when clients may read it differently.
 */
export function elicitationsIn(text: string): InputRequired | 'unreadable' | undefined {
  const scanned = scanJson(text, { keep: LEVELS });
  if (isFlaw(scanned)) return 'unreadable';
  const data = scanned.members?.get('error')?.members?.get('data')?.members;
  const elements = data?.get('elicitations')?.elements;
  if (elements === undefined) return undefined;
  const asks = elements.map(({ kind, start, end }) => ({
    method: 'elicitation/create',
    paramsText: kind === 'object' ? text.slice(start, end) : '{}',
  }));
  return { requestState: undefined, keys: new Set(), asks };
}

/** The keys by which a client finds out that it is asked for something. */
const KEYS: ReadonlySet<string> = new Set(['resultType', 'inputRequests', 'task', 'method', 'params']);
const KNOWN: ReadonlySet<string> = new Set([...KEYS].map((key) => fold(key)));

/** Whether a client that matches keys without regard to case would find something else here. */
function isAmbiguous(result: Members): boolean {
  const requests = [result, result.get('task')?.members].map(
    (holder) => holder?.get('inputRequests')?.members,
  );
  const holders = [
    result,
    result.get('task')?.members,
    ...requests.flatMap((held) => [...(held?.values() ?? [])].map(({ members }) => members)),
  ];
  return holders.some((members) =>
    [...(members?.keys() ?? [])].some((key) => !KEYS.has(key) && KNOWN.has(fold(key))),
  );
}

function asked(text: string, { members }: JsonNode): InputRequired['asks'][number] {
  const params = members?.get('params');
  const paramsText = params?.kind === 'object' ? text.slice(params.start, params.end) : '{}';
  return { method: stringOf(text, members?.get('method')) ?? '', paramsText };
}
