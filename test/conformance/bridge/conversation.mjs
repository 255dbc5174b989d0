import { openStream, sendEvent } from './answer.mjs';
import { Child } from './child.mjs';

const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';

/** One stdio server and the HTTP answers that wait for it. Lines pass as they are, in both directions. */
export class Conversation {
  #child;
  /** Requests of the client that are not answered yet, oldest first: id as JSON to { answer, message, statusOf }. */
  #open = new Map();
  /** The stream of a GET, for what belongs to no request. */
  #listener;
  #gone = false;

  constructor(launch) {
    this.#child = new Child(launch, (line) => this.#hear(line));
    this.#child.ended.then(() => this.#abandon());
  }

  get idle() {
    return this.#open.size === 0 && this.#listener === undefined;
  }

  /** A request. False when one with that id is open. `statusOf` gives the HTTP status for the answer's error code. */
  ask(message, line, answer, statusOf) {
    const key = JSON.stringify(message.id);
    if (this.#open.has(key)) return false;
    if (this.#gone) answer.abandon();
    this.#open.set(key, { answer, message, statusOf });
    this.#child.say(line);
    return true;
  }

  /** A notification, or an answer to a request of the server. */
  say(line) {
    this.#child.say(line);
  }

  /** The client has hung up on a request; true when it was still open. */
  forget(id) {
    return this.#open.delete(JSON.stringify(id));
  }

  listen(response, headers) {
    this.#listener = response;
    openStream(response, headers);
    response.on('close', () => {
      if (this.#listener === response) this.#listener = undefined;
    });
  }

  end() {
    return this.#child.end();
  }

  #hear(line) {
    const message = parse(line);
    // A server may print what it likes on stdout; a client of stdio would skip it too.
    if (message === undefined) return;
    if (message.method !== undefined) return this.#tell(message, line);
    const key = JSON.stringify(message.id);
    const open = this.#open.get(key);
    this.#open.delete(key);
    open?.answer.finish(line, open.statusOf(message.error?.code));
  }

  /** A request or notification of the server. What nobody listens for is lost, as with any server on HTTP. */
  #tell(message, line) {
    const related = this.#related(message);
    if (related) related.answer.tell(line);
    else if (this.#listener) sendEvent(this.#listener, line);
  }

  /** On stdio nothing says which request a message belongs to, except a token or the id of a subscription. */
  #related({ params }) {
    const subscription = params?._meta?.[SUBSCRIPTION];
    if (subscription !== undefined) return this.#open.get(JSON.stringify(subscription));
    const requests = [...this.#open.values()].filter(
      ({ message }) => message.method !== 'subscriptions/listen',
    );
    const token = params?.progressToken;
    if (token === undefined) return requests.at(-1);
    return requests.find(({ message }) => message.params?._meta?.progressToken === token);
  }

  #abandon() {
    this.#gone = true;
    for (const { answer } of this.#open.values()) answer.abandon();
    this.#open.clear();
    this.#listener?.end();
  }
}

function parse(line) {
  try {
    const message = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
