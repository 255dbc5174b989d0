import { strike } from './hostile.mjs';
import { somebody } from './people.mjs';
import { PAIR } from './policies.mjs';
import { rounds } from './rounds.mjs';

const PLAIN = { path: '/home/soak', deep: [{ a: [1, 'ä€😀'] }] };
const TEAMS = ['red', 'blue', 7];
const SERVER_ASKS = ['roots/list', 'sampling/createMessage', 'elicitation/create'];

/** Everything that the client does, with how often. Each is given { client, random, book, hostile }. */
export const MOVES = [
  [300, ({ client }) => client.call('read_note', { args: PLAIN })],
  [30, ({ client }) => client.call('write_note', { args: { api_key: SECRET, text: 'x'.repeat(500) } })],
  [60, ({ client }) => client.call('deny_note')],
  [30, ({ client }) => client.call('hide_note')],
  [30, ({ client }) => client.call('switch_note')],
  [60, charge],
  [60, ({ client }) => client.call('meter_notes')],
  [30, ({ client, random }) => client.call('meter_team', { args: { team: random.pick(TEAMS) } })],
  [40, ({ client, random }) => client.call('spend_credit', { args: { amount: random.between(0, 30) } })],
  [20, repeated],
  [20, ({ client, random }) => slowly(client, random, PAIR.name, [20, 300])],
  [20, ask],
  [40, ({ client, random }) => slowly(client, random, 'read_note', [10, 1_500])],
  [10, ({ client, random }) => slowly(client, random, 'read_note', [1_900, 2_600])],
  [6, ({ client }) => client.call('read_note', { does: 'never answers' })],
  ...[
    'answers twice',
    'answers somebody else',
    'answers in pieces',
    'fails',
    'fails in words',
    'is noisy',
    'tells much',
  ].map((does) => [8, ({ client }) => client.call('read_note', { does })]),
  [20, asked],
  [20, rounds],
  [40, notification],
  [60, otherRequest],
  [20, cancelled],
  [10, duplicate],
  [60, ({ client, random, hostile }) => strike(client, random.pick(hostile))],
  [8, unasked],
];

/** Must never be found in the audit log. */
export const SECRET = 'sk-soak-4f9a1c7be2d84c0fa1b2';

function charge({ client, random }) {
  const amount = random.between(0, 200);
  client.call('create_charge', { args: { amount }, verdict: amount > 100 ? 'deny' : 'allow' });
}

/** The same arguments several times. */
function repeated(context) {
  const { client, random } = context;
  if (context.again?.requests < 20 && random.chance(0.8)) return client.repeat(context.again);
  context.again = client.call('repeat_note');
}

export function slowly(client, random, name, range) {
  return client.call(name, { does: 'answers late', args: { ms: random.between(...range) } });
}

function ask({ client, random }) {
  const entry = client.call('ask_note', { person: somebody(random), args: { path: '/home/soak/\u202e' } });
  if (random.chance(0.15)) setTimeout(() => client.cancel(entry), random.between(0, 600));
}

/** The server asks the client before it answers: legacy, so by a request of its own. */
function asked({ client, random }) {
  const args = { method: random.pick(SERVER_ASKS), numeric: random.chance(0.5), ms: 1_500 };
  client.call('read_note', { does: 'asks the client', modern: false, args });
}

let notifications = 0;

function notification({ client, random }) {
  const progressToken = notifications++;
  const method = random.pick(['notifications/progress', 'notifications/roots/list_changed', 'x/y']);
  client.notify(method, { progressToken, progress: 1 });
}

function otherRequest({ client, random }) {
  const uri = `note://soak/${random.between(1, 9)}`;
  const [method, params, verdict] = random.pick([
    ['ping', {}],
    ['tools/list', {}],
    ['prompts/list', {}],
    ['resources/read', { uri }],
    ['resources/read', { uri: 'file:///etc/passwd' }, 'deny'],
    ['prompts/get', { name: 'plan' }],
    ['prompts/get', { name: 'secret_plan' }, 'deny'],
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'plan' } }],
    ['logging/setLevel', { level: 'info' }, 'any'],
    ['server/discover', {}],
  ]);
  client.ask(method, params, verdict && { verdict });
}

/** Withdraws a call in flight, one that has been answered, or one that never was. */
function cancelled({ client, random }) {
  if (random.chance(0.2))
    return client.notify('notifications/cancelled', { requestId: `none ${notifications++}` });
  const entry = slowly(client, random, 'read_note', [50, 400]);
  setTimeout(() => client.cancel(entry), random.between(0, 300));
}

/** A request with the id of one that the server works on. */
function duplicate({ client, random, peer }) {
  peer.together(() => {
    const { id } = slowly(client, random, 'read_note', [500, 1_000]);
    const twin = client.book.open({
      kind: 'tool',
      name: 'read_note',
      verdict: 'any',
      modern: false,
      twin: true,
    });
    twin.argumentsText = JSON.stringify({ does: 'answers', n: twin.n });
    client.book.count('client: duplicate ids');
    client.repeat(twin, {}, id);
  });
}

/** A response to a request that the server has never made. */
function unasked({ client, book }) {
  book.count('client: unasked responses');
  book.dropped.responses++;
  client.respond(`unasked ${notifications++}`, { result: { action: 'accept', content: {} } }, false);
}
