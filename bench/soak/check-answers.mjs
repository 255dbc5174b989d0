/** A call that comes so long after an edit is judged by it: files are looked at every 10 ms while there are calls. Milliseconds. */
const LATEST_RELOAD = 100;

/** What may come of a request that the policy says this of. */
const OUTCOMES = {
  allow: ['server', 'timed out'],
  deny: ['deny'],
  hide: ['hide'],
  limited: ['server', 'timed out', 'limited'],
  any: ['server', 'timed out', 'deny', 'hide'],
};

/** What the client has seen. Each check is a title with what is wrong. */
export function checkAnswers({ book, edits }) {
  return [
    ['every line on stdout is JSON-RPC', book.unreadable],
    ['every request has exactly one answer, at most one where it was withdrawn', [...uneven(book)]],
    ['errors without an id answer exactly the lines that have none', anonymous(book)],
    ['every answer is one that the policy allows', [...unexpected(book)]],
    ['no list names a hidden tool', book.leaks],
    [
      'a new version of the policy counts from the next call on, an unusable one never',
      [...stale(book, edits)],
    ],
  ];
}

function* uneven({ ids }) {
  for (const [id, { sent, came, refused, cancelled }] of ids) {
    const answered = came + refused;
    if (answered > sent || (answered < sent && !cancelled))
      yield `id ${id}: ${sent} sent, ${answered} answered`;
  }
}

function anonymous({ anonymous: { expected, came } }) {
  return expected === came ? [] : [`${came} came instead of ${expected}`];
}

function* unexpected({ entries }) {
  for (const { n, name, verdict, outcomes, allowed, does, args, modern } of entries) {
    const asked = ['require_approval', ...(modern ? ['asked'] : []), ...(allowed ? OUTCOMES.allow : [])];
    const right = verdict === 'ask' ? asked : OUTCOMES[verdict];
    // A result that asks for what the policy forbids is refused after the call.
    const refusable = does === 'asks in rounds' && args.method === 'sampling/createMessage';
    const wrong = outcomes.find((outcome) => !right.includes(outcome) && !(refusable && outcome === 'deny'));
    if (wrong) yield `request ${n} (${name}, ${verdict}): ${wrong}`;
  }
}

function* stale({ versions }, edits) {
  for (const { sentAt, answeredAt, version } of versions) {
    const oldest = edits.versions.findLast(({ at }) => at < sentAt - LATEST_RELOAD)?.version ?? 0;
    const newest = edits.versions.findLast(({ begun }) => begun <= answeredAt)?.version ?? 0;
    if (version < oldest || version > newest)
      yield `a call of ${new Date(sentAt).toISOString()} was judged by version ${version}, not ${oldest} to ${newest}`;
  }
}
