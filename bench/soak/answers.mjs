/** The key under which policy-wrap asks for an approval in its answer to a request of 2026-07-28. */
export const OWN_KEY = 'policy-wrap:approval';

/** What became of a request, as its answer tells. `server`: the server has answered; `asked`: a person is to allow it. */
export function outcomeOf({ result, error }) {
  if (result?.inputRequests?.[OWN_KEY]) return 'asked';
  const decision = (result?._meta ?? error?.data)?.['policy-wrap/decision'];
  if (decision) return decision.action === 'timeout' ? 'timed out' : decision.action;
  const message = error?.message ?? '';
  if (message.startsWith('Unknown tool: ')) return 'hide';
  if (message.startsWith('Refused by policy-wrap: ')) return 'malformed';
  return message.startsWith('The server ended ') ? 'ended' : 'server';
}

/** Whether a line was written by policy-wrap and not by the server. `changed`: a list from which tools were cut. */
export function isOwn(message) {
  if (String(message.id ?? message.params?.requestId).startsWith('pw:')) return true;
  if (message.method !== undefined) return message.method === 'notifications/tools/list_changed';
  return outcomeOf(message) !== 'server' || message.result?.tools !== undefined;
}

/** Why a text is no JSON-RPC message; undefined for one that is. */
export function flawOf(message) {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return 'no object';
  if (message.jsonrpc !== '2.0') return 'no jsonrpc';
  if (typeof message.method === 'string') return undefined;
  const parts = ['result', 'error'].filter((part) => typeof message[part] === 'object');
  if (parts.length !== 1) return 'no answer';
  return message.id === undefined && parts[0] === 'result' ? 'an answer without an id' : undefined;
}
