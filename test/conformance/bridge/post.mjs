import { text } from 'node:stream/consumers';
import { classifyInboundRequest } from '@modelcontextprotocol/server';
import { Answer, sendEmpty, sendError } from './answer.mjs';
import { FIRST_MODERN } from './sessions.mjs';

const HEADER_MISMATCH = -32020;
/** The statuses that 2026-07-28 gives to errors; with every other error the status is 200. */
const STATUSES = new Map([
  [-32700, 400],
  [-32600, 400],
  [-32601, 404],
  [-32021, 400],
  [-32022, 400],
]);

/** Hands one message to the server that it is for. */
export async function post(request, response, sessions) {
  const body = await text(request);
  const message = parse(body);
  if (message === undefined) return sendError(response, 400, -32700, 'Parse error');
  if (Array.isArray(message)) return sendError(response, 400, -32600, 'Batches are not served');
  const line = body.includes('\n') ? JSON.stringify(message) : body;
  if (request.headers['mcp-session-id'] !== undefined || isLegacy(request, message))
    return postLegacy(request, response, sessions, message, line);
  return postModern(request, response, sessions, message, line);
}

function isLegacy(request, message) {
  const version = request.headers['mcp-protocol-version'];
  if (version !== undefined) return version < FIRST_MODERN;
  return classify(request, message).kind === 'legacy';
}

/** Until 2025-11-25: one server for each session, which begins with `initialize`. */
function postLegacy(request, response, sessions, message, line) {
  let id = request.headers['mcp-session-id'];
  if (id === undefined && message.method !== 'initialize')
    return sendError(response, 400, -32000, 'No session', { id: message.id });
  id ??= sessions.begin();
  const conversation = sessions.find(id);
  if (!conversation) return sendError(response, 404, -32001, 'Session not found', { id: message.id });
  const answer = new Answer(response, { 'mcp-session-id': id });
  deliver(conversation, message, line, response, answer, () => 200);
}

/** From 2026-07-28 on: one server for all requests. What headers have to say, a server on stdio cannot know. */
function postModern(request, response, sessions, message, line) {
  const outcome = classify(request, message);
  const { code, data } = outcome;
  if (code === HEADER_MISMATCH)
    return sendError(response, 400, code, outcome.message, { id: message.id, data });
  const conversation = sessions.modern(request.headers['mcp-protocol-version']);
  const statusOf = (error) =>
    error === undefined ? 200 : (STATUSES.get(error) ?? outcome.httpStatus ?? 200);
  if (!deliver(conversation, message, line, response, new Answer(response), statusOf)) return;
  response.on('close', () => {
    if (!conversation.forget(message.id)) return;
    const params = { requestId: message.id, reason: 'The client hung up' };
    conversation.say(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }));
  });
}

/** True when an answer will come. */
function deliver(conversation, message, line, response, answer, statusOf) {
  if (message.method === undefined || message.id === undefined) {
    conversation.say(line);
    sendEmpty(response, 202);
    return false;
  }
  if (conversation.ask(message, line, answer, statusOf)) return true;
  sendError(response, 400, -32600, 'A request with this id is open', { id: message.id });
  return false;
}

function classify({ method, headers }, body) {
  return classifyInboundRequest({
    httpMethod: method,
    protocolVersionHeader: headers['mcp-protocol-version'],
    mcpMethodHeader: headers['mcp-method'],
    mcpNameHeader: headers['mcp-name'],
    body,
  });
}

function parse(body) {
  try {
    const message = JSON.parse(body);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
