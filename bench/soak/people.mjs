import { OWN_KEY } from './answers.mjs';
import { PERSON_TIME_OUT } from './policies.mjs';

/** Longer than it takes to decline without a person (approvals/client/elicitation.ts). Milliseconds. */
const PERSON = [400, 1_200];
const TOO_LATE = PERSON_TIME_OUT * 1_000 + 500;

const YES = { result: { action: 'accept', content: { decision: 'allow_once' } } };
const FAILURE = { error: { code: -32603, message: 'The user interface has crashed.' } };

/** A call is not repeated more often, whatever comes of it. */
const MOST_REQUESTS = 4;

/** What a person does who is asked to allow a call: how often, after how long, and what is answered. */
const PEOPLE = {
  allows: { weight: 8, after: PERSON, answer: YES },
  'says no': {
    weight: 2,
    after: PERSON,
    answer: { result: { action: 'accept', content: { decision: 'deny' } } },
  },
  declines: { weight: 2, after: PERSON, answer: { result: { action: 'decline' } } },
  'declines at once': { weight: 2, after: [0, 0], answer: { result: { action: 'decline' } } },
  'closes the form': { weight: 1, after: PERSON, answer: { result: { action: 'cancel' } } },
  'cannot be asked': { weight: 1, after: [0, 300], answer: FAILURE },
  'allows too late': { weight: 1, after: [TOO_LATE, TOO_LATE + 500], answer: YES },
  'says nothing': { weight: 1 },
};

/** One of the keys of PEOPLE. */
export function somebody(random) {
  return random.weighted(Object.entries(PEOPLE).map(([name, { weight }]) => [weight, name]));
}

/** What a client answers to requests of the server. */
const RESULTS = {
  'roots/list': { roots: [{ uri: 'file:///home/soak' }] },
  'sampling/createMessage': { role: 'assistant', content: { type: 'text', text: 'Hm.' }, model: 'none' },
  'elicitation/create': { action: 'accept', content: {} },
};

/** The side of the client that answers: the server's requests, and policy-wrap's for the person at the client. */
export class People {
  constructor(client, book, random) {
    this.client = client;
    this.book = book;
    this.random = random;
  }

  receive({ id, method, params }) {
    if (String(id).startsWith('pw:')) this.#asked(id, params.message);
    else this.#served(id, method);
  }

  /** A person is asked to allow a call. */
  #asked(id, message) {
    const entry = this.book.entries[Number(/"n"\s*:\s*(\d+)/.exec(message)?.[1])];
    this.book.count('client: questions to a person');
    const { after, answer } = PEOPLE[entry?.person] ?? PEOPLE['says nothing'];
    if (answer === undefined) return;
    setTimeout(
      () => {
        // A yes that comes when nobody waits any more allows nothing.
        if (answer === YES && !entry.cancelled && entry.outcomes.length === 0) entry.allowed = 1;
        this.client.respond(id, answer, false);
        // Each answer counts once, and never for the server.
        if (this.random.chance(0.2)) this.client.respond(id, answer, false);
      },
      this.random.between(...after),
    );
  }

  /** The answer to a call asks a person to allow it; what that one says comes with a retry (2026-07-28). */
  askedInAnswer(entry, { requestState }) {
    this.book.count('client: questions to a person');
    const { after, answer } = PEOPLE[entry.person];
    // A client whose user cannot be asked gives the call up.
    if (answer?.result === undefined || entry.requests >= MOST_REQUESTS) return;
    this.book.thinking++;
    setTimeout(
      () => {
        this.book.thinking--;
        if (!entry.cancelled) this.#retry(entry, answer, requestState);
      },
      this.random.between(...after),
    );
  }

  /** Mostly as it should be; a state that was changed allows nothing, nor does one that comes twice. */
  #retry(entry, answer, state) {
    const forged = this.random.chance(0.1);
    const requestState = forged ? `${state.slice(0, -1)}!` : state;
    const inputResponses = { [OWN_KEY]: answer.result };
    const counts = answer === YES && !forged && entry.person !== 'allows too late';
    if (counts) entry.allowed = (entry.allowed ?? 0) + 1;
    const times = this.random.chance(0.5) ? 2 : 1;
    for (let time = 0; time < times; time++)
      this.client.repeat(entry, {}, undefined, { inputResponses, requestState });
  }

  #served(id, method) {
    this.book.count('client: requests of the server');
    const how = this.random.weighted([
      [6, 'answer'],
      [2, 'answer late'],
      [1, 'error'],
      [1, 'twice'],
      [1, 'never'],
    ]);
    if (how === 'never') return;
    const answer = how === 'error' ? FAILURE : { result: RESULTS[method] };
    const respond = () => {
      this.client.respond(id, answer, true);
      if (how !== 'twice') return;
      this.book.dropped.responses++;
      this.client.respond(id, { result: { again: true } }, false);
    };
    setTimeout(respond, how === 'answer late' ? this.random.between(100, 2_500) : 0);
  }
}
