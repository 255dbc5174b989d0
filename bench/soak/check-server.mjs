import { PAIR } from './policies.mjs';
import { mostAtOnce } from './windows.mjs';

/** What policy-wrap itself sends to the server when a call takes too long. */
const TIMED_OUT = 'notifications/cancelled';

/** What the server has seen and said, by its own record. */
export function checkServer({ book, recorded, notes, executed, audit: { admitted } }) {
  const seen = recorded.filter(([kind]) => kind === '<');
  const said = recorded.filter(([kind]) => kind === '>').map(([, digest]) => digest);
  return [
    [
      'the server saw nothing but lines that were sent, each once, byte for byte',
      [...foreign(seen, book, recorded)],
    ],
    ['lines reach the server in the order in which they were sent', [...outOfOrder(seen, book)]],
    ['no denied or hidden tool was called', [...forbidden(seen, book)]],
    [
      'every call that was let through was carried out exactly once',
      [...miscounted(book, executed, admitted)],
    ],
    [
      'a call that waits for a person is carried out only after a yes, once for each',
      [...unasked(book, executed)],
    ],
    ['notifications and responses reach the server', [...lost(seen, book)]],
    [`no more than ${PAIR.max} calls of ${PAIR.name} ran at once`, atOnce(recorded, book)],
    [
      'what the server said arrives byte for byte, in order, and nothing else does',
      [...invented(said, book)],
    ],
    ['a person is told of each line of the server that is dropped', untold(recorded, notes)],
  ];
}

function* foreign(seen, { lines, entries }, recorded) {
  const known = new Set();
  const own = { [TIMED_OUT]: 0, response: 0 };
  for (const [, digest, method, name, n] of seen) {
    if (known.has(digest)) yield `twice: ${method} ${name} ${n}`;
    known.add(digest);
    if (lines.has(digest)) continue;
    if (method in own) own[method]++;
    else yield `unknown: ${method} ${name} ${n}`;
  }
  const timedOut = entries
    .flatMap(({ outcomes }) => outcomes)
    .filter((outcome) => outcome === 'timed out').length;
  if (own[TIMED_OUT] !== timedOut)
    yield `${own[TIMED_OUT]} calls withdrawn by policy-wrap, of ${timedOut} timed out`;
  const refused = refusedAsks(recorded);
  if (own.response !== refused) yield `${own.response} responses of policy-wrap instead of ${refused}`;
}

/** Requests of the server that policy-wrap has answered in the place of the client. */
export function refusedAsks(recorded) {
  return recorded.filter(([kind, what]) => kind === '!' && what === 'refused ask').length;
}

function* outOfOrder(seen, { lines }) {
  let last = -1;
  for (const [, digest, method, name, n] of seen) {
    const { order, entry } = lines.get(digest) ?? {};
    // What waits for a person waits alone.
    if (order === undefined || entry?.verdict === 'ask') continue;
    if (order < last) yield `${method} ${name} ${n} came late`;
    last = order;
  }
}

function* forbidden(seen, { lines }) {
  for (const [, digest, , name, n] of seen) {
    const verdict = lines.get(digest)?.entry?.verdict;
    if (verdict === 'deny' || verdict === 'hide') yield `${name} ${n}`;
  }
}

/** The answers, the record of the server and the audit log must say the same of each call. */
function* miscounted({ entries }, executed, admitted) {
  for (const { n, name, kind, outcomes: answered, cancelled, does, twin } of entries) {
    const ran = executed.get(n) ?? 0;
    if (kind === 'tool' && ran !== (admitted.get(n) ?? 0))
      yield `${name} ${n} ran ${ran} times, ${admitted.get(n) ?? 0} times by the log`;
    const passed = answered.filter((outcome) => outcome === 'server' || outcome === 'timed out').length;
    const refusedLater =
      does === 'asks in rounds' ? answered.filter((outcome) => outcome === 'deny').length : 0;
    if (!cancelled && !twin && ran !== passed + refusedLater)
      yield `${name} ${n} ran ${ran} times, and was answered: ${answered.join(', ')}`;
  }
}

function* unasked({ entries }, executed) {
  for (const { n, verdict, allowed = 0 } of entries) {
    const ran = executed.get(n) ?? 0;
    if (verdict === 'ask' && ran > allowed)
      yield `call ${n} ran ${ran} times, and was allowed ${allowed} times`;
  }
}

function* lost(seen, { lines }) {
  const came = new Set(seen.map(([, digest]) => digest));
  for (const [digest, { needed, order }] of lines) if (needed && !came.has(digest)) yield `line ${order}`;
}

/** A call that was timed out has given its place back, so it is left out. */
function atOnce(recorded, { entries }) {
  const counts = (n) => entries[n]?.name === PAIR.name && !entries[n].outcomes.includes('timed out');
  const events = recorded.flatMap(([kind, , ...rest]) => {
    if (kind === '<') return counts(rest[2]) ? [1] : [];
    return kind === '>' && counts(rest[0]) ? [-1] : [];
  });
  const most = mostAtOnce(events);
  return most > PAIR.max ? [`${most} at once`] : [];
}

/** Late answers and those that nobody waits for are left out on the way, and nothing is added but what is our own. */
function* invented(said, { received }) {
  const order = new Map(said.map((digest, index) => [digest, index]));
  let last = -1;
  for (const [index, { digest, own }] of received.entries()) {
    const at = order.get(digest);
    if (at === undefined && !own) yield `line ${index} of stdout`;
    if (at !== undefined && at <= last) yield `line ${index} of stdout is out of order or came twice`;
    if (at !== undefined) last = at;
  }
}

const DROPPED = /^policy-wrap: the server (?:wrote|answered a request)/;
/** Lines of a kind that was told before, and notes that came faster than they were read on a busy machine, are counted. */
const COUNTED = /: (\d+) (?:messages? dropped|more lines? of the server)/;

function untold(recorded, notes) {
  const dropped = recorded.filter(([kind]) => kind === '!').length - refusedAsks(recorded);
  const told = notes.filter((note) => DROPPED.test(note)).length;
  const counted = notes.map((note) => Number(COUNTED.exec(note)?.[1] ?? 0));
  const missing = dropped - told;
  const most = counted.reduce((sum, number) => sum + number, 0);
  return missing >= 0 && missing <= most ? [] : [`${told} notes about ${dropped} lines`];
}
