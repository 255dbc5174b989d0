/** The HTTP answer to one POST: plain JSON when the first thing to say is the last, else a stream of events. */
export class Answer {
  #response;
  #headers;

  constructor(response, headers) {
    this.#response = response;
    this.#headers = headers;
  }

  /** What the server says before it answers. */
  tell(line) {
    if (!this.#response.headersSent) openStream(this.#response, this.#headers);
    sendEvent(this.#response, line);
  }

  finish(line, status) {
    if (!this.#response.headersSent) return sendJson(this.#response, status, line, this.#headers);
    sendEvent(this.#response, line);
    this.#response.end();
  }

  /** The server has gone and will not answer. */
  abandon() {
    this.#response.destroy();
  }
}

export function openStream(response, headers = {}) {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
}

/** `line` is JSON on one line, which an event holds as it is. */
export function sendEvent(response, line) {
  response.write(`event: message\ndata: ${line}\n\n`);
}

export function sendJson(response, status, line, headers = {}) {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' });
  response.end(line);
}

export function sendError(response, status, code, message, { id = null, data } = {}) {
  const error = data === undefined ? { code, message } : { code, message, data };
  sendJson(response, status, JSON.stringify({ jsonrpc: '2.0', id, error }));
}

export function sendEmpty(response, status, headers = {}) {
  response.writeHead(status, headers);
  response.end();
}
