import { Board } from './board.js';
import { watchPointer } from './guard.js';
import { listenToKeys } from './keyboard.js';
import { enter, hasSession, KEPT_AS, NotAdmitted } from './lib/api.js';
import { find, setText } from './lib/elements.js';
import { followEvents } from './lib/event-stream.js';
import { setClock } from './lib/times.js';
import { updateLists, updateTimes } from './lists.js';

/** How often an unanswered exchange of the link is tried again. Milliseconds. */
const PAUSE = 1_000;

async function start(): Promise<void> {
  const hadToken = location.hash.length > 1;
  const admitted = await enter().then(hasSession, (error) => {
    if (!(error instanceof NotAdmitted)) throw error;
    return false;
  });
  if (!admitted) return showGate(hadToken ? 'used' : 'missing');
  find('board').hidden = false;
  const board = new Board();
  watchPointer();
  listenToKeys(board);
  setInterval(updateTimes, 10_000);
  await followEvents({
    onConnection: showConnection,
    onState: (state) => {
      setClock(state.now);
      board.update(state);
      updateLists(state);
    },
  });
  showGate('ended');
}

const GATES = {
  used: 'This link has been used or is too old',
  missing: 'This page needs a fresh link',
  ended: 'This page is no longer connected',
};

/** Says how to get in. */
function showGate(why: keyof typeof GATES): void {
  find('board').hidden = true;
  find('connection').hidden = true;
  find('gate').hidden = false;
  setText(find('gate-title'), GATES[why]);
  document.title = 'policy-wrap';
  // A link that is opened in another tab lets this one in, too.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEPT_AS && newValue !== null) location.reload();
  });
}

function showConnection(connected: boolean): void {
  const sign = find('connection');
  sign.hidden = false;
  sign.classList.toggle('lost', !connected);
  setText(find('connection-text'), connected ? 'Live' : 'Not connected, trying again…');
  document.body.classList.toggle('offline', !connected);
}

/** A link opened in a tab that shows the page already changes the fragment only. */
addEventListener('hashchange', () => {
  if (location.hash.length > 1) location.reload();
});

start().catch(() => setTimeout(() => location.reload(), PAUSE));
