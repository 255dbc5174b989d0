import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Book } from './book.mjs';
import { CAPABILITIES, Client } from './client.mjs';
import { Edits } from './edits.mjs';
import { hostileLines } from './hostile.mjs';
import { Inbox } from './inbox.mjs';
import { lethalSession } from './lethal.mjs';
import { Memory } from './memory.mjs';
import { Peer, processorTime } from './peer.mjs';
import { People } from './people.mjs';
import { Place, processesOf } from './place.mjs';
import { BASE_FILE } from './policies.mjs';
import { Random } from './random.mjs';
import { nowAndThen, traffic } from './traffic.mjs';

/** How long after the last request the last answer may come: longer than every time-out. Milliseconds. */
const LONGEST_WAIT = 15_000;
const BETWEEN_EDITS = [2_000, 4_000];
const BETWEEN_SESSIONS = [1_000, 2_500];

/** One long session under traffic and, beside it, short ones that end by faults. Returns all that the checks need. */
export async function soak({ wrap, minutes, seed, rate }) {
  const random = new Random(seed);
  const place = new Place();
  const book = new Book();
  writeFileSync(path.join(place.work, BASE_FILE.name), BASE_FILE.text);
  const edits = new Edits(place, book, random.fork());
  const long = begin({ wrap, place, book, random });
  const end = new AbortController();
  const exited = long.peer.exited.then((exit) => {
    long.exit = exit;
    end.abort();
  });
  try {
    await initialize(long, end.signal);
    setTimeout(() => end.abort(), minutes * 60_000).unref();
    const busy = await everything({ wrap, long, edits, rate, signal: end.signal });
    await settled(book);
    const early = long.exit;
    const seconds = usedTime(long.peer, place);
    long.peer.process.stdin.end();
    await exited;
    await sleep(200);
    return { ...long, ...busy, place, edits, early, seconds, left: processesOf(place.folder) };
  } finally {
    // Whatever fails here must not keep the long session, and with it the soak, alive.
    end.abort();
    long.peer.process.stdin.end();
  }
}

/** All that goes on side by side until the signal. */
async function everything({ wrap, long, edits, rate, signal }) {
  const memory = new Memory(long.peer);
  const lethal = [];
  const session = async ({ random }) => {
    const done = await lethalSession(wrap, random);
    long.book.count(`short sessions: ${done.fault}`);
    lethal.push(done);
  };
  await Promise.all([
    traffic(long, rate, signal),
    nowAndThen(long, BETWEEN_EDITS, () => edits.edit(), signal),
    nowAndThen(long, BETWEEN_SESSIONS, session, signal),
    untilAborted(signal).then(() => memory.stop()),
  ]);
  return { memory, lethal };
}

function begin({ wrap, place, book, random }) {
  const notes = [];
  const onLine = (line) => inbox.receive(line);
  const peer = new Peer({ wrap, place, onLine, onNote: (note) => notes.push(note) });
  const client = new Client(peer, book, random.fork());
  const context = { peer, book, client, notes, random: random.fork(), hostile: hostileLines() };
  const inbox = new Inbox(context, new People(client, book, random.fork()));
  return context;
}

async function initialize({ client, book }, signal) {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: CAPABILITIES,
    clientInfo: { name: 'soak', version: '1' },
  };
  const entry = client.ask('initialize', params);
  while (entry.outcomes.length === 0 && !signal.aborted) await sleep(5);
  client.notify('notifications/initialized', {});
  if (book.owed > 0) throw new Error('the wrapper has not answered initialize');
}

const untilAborted = (signal) => new Promise((resolve) => signal.addEventListener('abort', resolve));

/** Waits for what is still owed, and then for what may come twice. */
async function settled(book) {
  const until = performance.now() + LONGEST_WAIT;
  while ((book.owed > 0 || book.thinking > 0) && performance.now() < until) await sleep(50);
  await sleep(1_000);
}

/** Processor time of the three processes, in seconds. */
function usedTime({ process: { pid } }, { folder }) {
  const server = processesOf(folder).find((other) => other !== pid);
  const { user, system } = process.cpuUsage();
  return { wrapper: processorTime(pid), server: processorTime(server), soak: (user + system) / 1e6 };
}
