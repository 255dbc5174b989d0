import { createHash } from 'node:crypto';
import { digestOf } from './lines.mjs';
import { TOOLS } from './policies.mjs';

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'soak', version: '2' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {}, sampling: {}, roots: {} },
};
export const CAPABILITIES = { elicitation: {}, sampling: {}, roots: {} };

/** The side of the client that speaks: writes requests in many ways, and books each line that it sends. */
export class Client {
  /** Entries by the digest of their arguments, which is all that some versions of the policy let into the audit log. */
  byArguments = new Map();

  constructor(peer, book, random) {
    this.peer = peer;
    this.book = book;
    this.random = random;
  }

  /** Calls a tool. `args` go before the number of the entry; what else is given is what the checks know of it. */
  call(name, { args = {}, does = 'answers', modern = this.random.chance(0.5), ...facts } = {}) {
    const entry = this.book.open({ kind: 'tool', name, verdict: TOOLS[name], does, modern, args, ...facts });
    // Some lines are written in a way that needs a closer look.
    entry.wide = this.random.chance(0.1);
    entry.argumentsText = written({ ...args, does, n: entry.n }, entry.wide);
    this.book.count(`server: ${does}`);
    this.#known(entry);
    return this.repeat(entry);
  }

  /**
   * Sends an entry (again), with other members of params: what was asked for in a round, say.
   * @param own members that are for policy-wrap, which takes them out
   */
  repeat(entry, more = {}, id = this.#newId(entry), own = {}) {
    this.#send(entry, id, 'tools/call', paramsText(entry, { ...more, ...own }), paramsText(entry, more));
    return entry;
  }

  /** Any other request. */
  ask(method, params = {}, facts = {}) {
    const entry = this.book.open({ kind: 'method', name: method, verdict: 'allow', ...facts });
    const own = method === 'prompts/get' ? { arguments: { ...params.arguments, n: `${entry.n}` } } : {};
    const meta = { 'soak/n': entry.n, ...(this.random.chance(0.5) ? MODERN : {}) };
    const text = JSON.stringify({ ...params, ...own, _meta: meta });
    entry.argumentsText = method === 'prompts/get' ? JSON.stringify(own.arguments) : text;
    this.#known(entry);
    this.book.count('client: other requests');
    this.#send(entry, this.#newId(entry), method, text);
    return entry;
  }

  notify(method, params, needed = true) {
    this.book.count('client: notifications');
    this.#write(JSON.stringify({ jsonrpc: '2.0', method, params }), { needed });
  }

  /** Answers a request. `reaches`: the server must see the answer; otherwise it must not. */
  respond(id, answer, reaches) {
    const line = JSON.stringify({ jsonrpc: '2.0', id, ...answer });
    if (reaches) this.#write(line, { needed: true });
    else this.peer.write(line);
  }

  cancel(entry) {
    const known = this.book.ids.get(JSON.stringify(entry.id));
    if (known) known.cancelled = true;
    entry.cancelled = true;
    this.book.count('client: withdrawn requests');
    // Of a call that waits for a person the server knows nothing, so it need not be told.
    this.notify('notifications/cancelled', { requestId: entry.id, reason: `unwanted ${entry.n}` }, false);
  }

  /** Ids of all kinds, each used once. */
  #newId({ n, requests }) {
    const number = n * 32 + requests + 1_000;
    return this.random.pick([number, number, `${number}`, `é ${number} "`]);
  }

  /** What stands in the audit log instead of arguments, where the policy wants it so. */
  #known(entry) {
    const digest = createHash('sha256').update(entry.argumentsText).digest('hex');
    this.byArguments.set(digest, entry.n);
  }

  /** @param forwarded the params as the server is to see them */
  #send(entry, id, method, params, forwarded = params) {
    entry.id = id;
    const idText = JSON.stringify(id);
    const line = (text) => `{"jsonrpc":"2.0","id":${idText},"method":"${method}","params":${text}}`;
    this.book.sent(entry, idText, digestOf(line(forwarded)));
    this.peer.write(line(params));
  }

  #write(line, facts) {
    this.book.line(digestOf(line), facts);
    this.peer.write(line);
  }
}

function paramsText({ name, argumentsText, modern, wide }, more) {
  const given = [
    `"name":${JSON.stringify(name)}`,
    `"arguments":${argumentsText}`,
    ...Object.entries(more).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`),
    ...(modern ? [`"_meta":${written(MODERN, wide)}`] : []),
  ];
  return `{${(wide ? given.reverse() : given).join(wide ? ' , ' : ',')}}`;
}

/** JSON, with white space that no writer of JSON would make when it is to be `wide`. */
function written(value, wide) {
  return wide ? JSON.stringify(value, null, 1).replace(/\n */g, ' ') : JSON.stringify(value);
}
