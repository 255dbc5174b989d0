import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import { sendEmpty, sendError } from './answer.mjs';
import { post } from './post.mjs';
import { Sessions } from './sessions.mjs';

const HOSTS = localhostAllowedHostnames();

/** Puts a stdio server behind an HTTP address. `launch`: { command, cwd, env, stderr }. */
export async function openBridge(launch) {
  const sessions = new Sessions(launch);
  const http = createServer((request, response) => {
    serve(request, response, sessions).catch((error) => {
      if (response.headersSent) response.destroy(error);
      else sendError(response, 500, -32603, error.message);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return { url: `http://127.0.0.1:${http.address().port}/mcp`, close: () => close(http, sessions) };
}

async function serve(request, response, sessions) {
  if (!isLocal(request.headers)) return sendError(response, 403, -32000, 'Forbidden host or origin');
  if (request.method === 'POST') return post(request, response, sessions);
  if (request.method !== 'GET' && request.method !== 'DELETE')
    return sendEmpty(response, 405, { allow: 'GET, POST, DELETE' });
  const id = request.headers['mcp-session-id'];
  const conversation = id === undefined ? undefined : sessions.find(id);
  if (id === undefined) return sendEmpty(response, 405, { allow: 'POST' });
  if (!conversation) return sendError(response, 404, -32001, 'Session not found');
  if (request.method === 'GET') return conversation.listen(response, { 'mcp-session-id': id });
  sessions.end(id);
  sendEmpty(response, 200);
}

/** No page that a browser shows may speak to what runs on this machine. */
function isLocal({ host, origin }) {
  return validateHostHeader(host, HOSTS).ok && validateOriginHeader(origin, HOSTS).ok;
}

async function close(http, sessions) {
  http.close();
  http.closeAllConnections();
  await sessions.close();
}
