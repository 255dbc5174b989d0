import { flawOf, isOwn, outcomeOf } from './answers.mjs';
import { digestOf } from './lines.mjs';
import { TOOLS } from './policies.mjs';
import { nextRound } from './rounds.mjs';

const OUTCOMES = {
  server: 'of the server',
  asked: 'questions to a person',
  deny: 'denied',
  hide: 'unknown tool',
  limited: 'over a limit',
  require_approval: 'not allowed by a person',
  'timed out': 'timed out',
  malformed: 'malformed',
  ended: 'the server ended',
};
const HIDDEN = Object.keys(TOOLS).filter((name) => TOOLS[name] === 'hide');

/** The side of the client that reads: books each line of stdout, and gives on what has to be answered. */
export class Inbox {
  constructor(context, people) {
    this.context = context;
    this.book = context.book;
    this.people = people;
  }

  receive(line) {
    const message = parsed(line);
    const flaw = flawOf(message);
    if (flaw) return void this.book.unreadable.push(`${flaw}: ${line.subarray(0, 200)}`);
    this.book.received.push({ digest: digestOf(line), own: isOwn(message) });
    if (message.method === undefined) this.#answer(message, line);
    else if (message.id !== undefined) this.people.receive(message);
    else this.book.count('client: notifications of the server');
  }

  #answer(message, line) {
    if (message.id === undefined) return this.#anonymous(message.error.message);
    const known = this.book.ids.get(idTextOf(message, line));
    if (known === undefined) return void this.book.unreadable.push(`an answer to nothing: ${message.id}`);
    known.came++;
    this.book.count('all: answers');
    const { entry } = known;
    if (entry) this.#outcome(entry, message);
  }

  #outcome(entry, message) {
    const outcome = outcomeOf(message);
    entry.outcomes.push(outcome);
    this.book.count(`answers: ${OUTCOMES[outcome]}`);
    const { tools, resultType } = message.result ?? {};
    const leaked = tools?.find(({ name }) => HIDDEN.includes(name));
    if (leaked) this.book.leaks.push(`${leaked.name} in the list of request ${entry.n}`);
    if (outcome === 'asked') this.people.askedInAnswer(entry, message.result);
    else if (resultType === 'input_required') nextRound(this.context, entry, message.result);
    if (outcome === 'deny' && entry.name === 'deny_note') this.#version(entry, message);
  }

  #version({ sentAt }, { result }) {
    const version = Number(/This is version (\d+)/.exec(result.content[0].text)?.[1]);
    this.book.versions.push({ sentAt, answeredAt: Date.now(), version });
  }

  /** An error without an id: of a line whose id cannot be told, or is taken. */
  #anonymous(text) {
    const taken = /a request with the id (.*) is still being answered$/.exec(text)?.[1];
    if (taken === undefined) return void this.book.anonymous.came++;
    this.book.dropped.duplicates++;
    const known = this.book.ids.get(taken);
    if (known) known.refused++;
    else this.book.unreadable.push(`a duplicate of nothing: ${text}`);
  }
}

function parsed(line) {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Numbers that are no id of a request come back as they were written, such as -0 and 1e400. */
function idTextOf({ id }, line) {
  const [, written] = /^\{"jsonrpc":"2\.0","id":(-?[\d.eE+-]+),/.exec(line.toString('latin1')) ?? [];
  return written ?? JSON.stringify(id);
}
