import { filler } from '../filler.cjs';
import { slowly } from './moves.mjs';

const LARGE = filler(1024 * 1024);

/** What happens beside the steady traffic, and how long after the last time it does. Milliseconds. */
export const DISTURBANCES = [
  [[1_000, 3_000], large],
  [[8_000, 12_000], burst],
  [[15_000, 25_000], stopsReading],
];

/** A megabyte there or back. */
function large({ client, random, book }) {
  const there = random.chance(0.5);
  book.count(there ? 'client: arguments of 1 MB' : 'client: answers of 1 MB');
  const does = there && random.chance(0.2) ? 'never answers' : there ? 'answers' : 'answers much';
  client.call('read_note', { does, args: there ? { text: LARGE } : {} });
}

/** Calls that leave in one piece. */
function burst({ client, random, peer, book }, size = 200) {
  book.count('client: bursts of 200');
  peer.together(() => {
    for (let index = 0; index < size; index++) slowly(client, random, 'read_note', [0, 200]);
  });
}

function stopsReading({ peer, book }) {
  book.count('client: does not read for 1 s');
  peer.stopReading(1_000);
}
