import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CAPABILITIES } from './client.mjs';
import { FAULTS } from './faults.mjs';
import { Peer } from './peer.mjs';
import { Place, processesOf } from './place.mjs';

const POLICY =
  '{"version":1,"default":"allow","tools":{"ask_note":"require_approval"},"approvals":{"timeout":30}}';
/** How long a wrapper may live on after what ends it, twice as long as the most patient client waits and a margin, and its processes after it. Milliseconds. */
const LONGEST_END = 30_000;
const LONGEST_AFTER = 3_000;

/**
 * One short session that ends by a fault. Returns what it was and what was wrong: the exit code, an open request with no
 * answer or two, a process that is left.
 */
export async function lethalSession(wrap, random) {
  const place = new Place();
  writeFileSync(place.policy, POLICY);
  const server = random.weighted([
    [5, []],
    [1, ['stubborn']],
    [1, ['parent']],
    [1, ['stubborn', 'parent']],
  ]);
  const session = { random, server, wrap, place, open: new Map(), wrong: [] };
  session.protocol = random.chance(0.3) ? '2025-03-26' : '2025-11-25';
  session.fault = random.pick(Object.keys(FAULTS));
  session.early = random.chance(0.25);
  const peer = new Peer({ wrap, place, server, onLine: (line) => read(session, line) });
  session.peer = peer;
  try {
    if (session.early) await sleep(random.between(0, 200));
    else await busy(session);
    FAULTS[session.fault].strike(session);
    await ended(session);
  } catch (error) {
    // Such as a wrapper that ends before anything ends it: a finding, and no reason to end the soak.
    session.wrong.push(error.message);
  } finally {
    for (const pid of processesOf(place.folder)) process.kill(pid, 'SIGKILL');
    place.remove();
  }
  const { fault, early, protocol, open, wrong } = session;
  const state = early ? 'starting' : `${open.size} open`;
  return { fault, title: `${fault}, ${state}, ${protocol}, ${server.join(' ') || 'plain'} server`, wrong };
}

/** Requests of many kinds are open, and have all been read, since a last one is answered. */
async function busy(session) {
  const { random, peer, protocol, open } = session;
  const params = {
    protocolVersion: protocol,
    capabilities: CAPABILITIES,
    clientInfo: { name: 'soak', version: '1' },
  };
  await request(session, 'start', 'initialize', params);
  const calls = Array.from({ length: random.between(0, 30) }, (_, index) => openCall(session, index));
  if (protocol === '2025-03-26' && calls.length > 0 && random.chance(0.7)) peer.write(`[${calls.join(',')}]`);
  else if (calls.length > 0) peer.write(calls.join('\n'));
  await request(session, 'last', 'ping', {});
  open.delete('start');
  open.delete('last');
  await sleep(random.between(0, 300));
}

function openCall({ random, open, fault }, index) {
  const id = random.pick([index, `call ${index}`]);
  open.set(id, 0);
  // Where only the input ends, what is under way is waited for, for longer than a short session lasts.
  const never = FAULTS[fault].waits ? [] : ['never answers'];
  const does = random.pick([...never, 'answers late', 'answers much', 'answers']);
  const name = random.chance(0.2) ? 'ask_note' : 'read_note';
  const params = { name, arguments: { does, ms: random.between(0, 500), n: index } };
  return JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params });
}

async function request(session, id, method, params) {
  session.open.set(id, 0);
  session.peer.write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  const gone = session.peer.exited.then(() => true);
  while (session.open.get(id) === 0)
    if (await Promise.race([gone, sleep(5)]))
      throw new Error(`the wrapper ended before it answered ${method}`);
}

function read(session, line) {
  let message;
  try {
    message = JSON.parse(line.toString('utf8'));
  } catch {
    return void session.wrong.push(`no JSON on stdout: ${line.subarray(0, 200)}`);
  }
  for (const { id, method } of [message].flat()) {
    if (method !== undefined) continue;
    if (session.open.has(id)) session.open.set(id, session.open.get(id) + 1);
    else session.wrong.push(`an answer to nothing: ${id}`);
  }
}

async function ended(session) {
  const { peer, place, fault, early, wrong } = session;
  const end = await Promise.race([peer.exited, sleep(LONGEST_END)]);
  if (end === undefined) return void wrong.push(`the wrapper still runs after ${LONGEST_END} ms`);
  const code = end.code ?? 128 + constants.signals[end.signal];
  const codes = FAULTS[fault].codes(session);
  if (!codes.includes(code)) wrong.push(`exit code ${code} instead of ${codes.join(' or ')}`);
  // A signal that comes before anything else is handled ends the wrapper at once.
  if (end.code === null && !early) wrong.push(`the wrapper was ended by ${end.signal}`);
  if (peer.rest !== '' && !FAULTS[fault].deaf)
    wrong.push(`half a line on stdout: ${peer.rest.slice(0, 200)}`);
  wrong.push(...miscounted(session));
  await nothingLeft(place, wrong);
}

/** Exactly one answer to each, unless the client does not read. */
function* miscounted({ open, fault }) {
  const { deaf } = FAULTS[fault];
  for (const [id, answers] of open)
    if (answers > 1 || (answers === 0 && !deaf)) yield `${answers} answers to the request ${id}`;
}

async function nothingLeft({ folder }, wrong) {
  const until = performance.now() + LONGEST_AFTER;
  while (processesOf(folder).length > 0 && performance.now() < until) await sleep(20);
  for (const pid of processesOf(folder)) wrong.push(`the process ${pid} is left`);
}
