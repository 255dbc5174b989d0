import { refusedAsks } from './check-server.mjs';
import { SECRET } from './moves.mjs';
import { LIMITS } from './policies.mjs';
import { overfullWindow } from './windows.mjs';

const REFUSED = ['refused', 'withdrawn', 'failed'];

/** Which entry a record is about; undefined for lines that were dropped. */
function numberOf({ kind, tool, arguments: args = {} }, client) {
  if (kind === 'message') return undefined;
  const n = args.n ?? args._meta?.['soak/n'] ?? client.byArguments.get(args.sha256);
  return n === undefined || tool === 'sampling/createMessage' ? undefined : Number(n);
}

/** A result that asks for what the policy forbids is refused, but its call was carried out. */
function wasAdmitted({ outcome, action, approval }) {
  // Not the server has answered with a question, but policy-wrap.
  if (approval?.how === 'asked') return false;
  return !REFUSED.includes(outcome) || (outcome === 'refused' && action === 'allow');
}

/** Reads the records once: those about entries by number, and the others. */
export function sortRecords(texts, client) {
  const all = texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line));
  const final = all.filter(({ outcome }) => outcome !== 'forwarded');
  const byEntry = new Map();
  const others = [];
  for (const record of final) {
    const n = numberOf(record, client);
    if (n === undefined) others.push(record);
    else byEntry.set(n, [...(byEntry.get(n) ?? []), record]);
  }
  const admitted = new Map([...byEntry].map(([n, records]) => [n, records.filter(wasAdmitted).length]));
  return { all, byEntry, others, admitted };
}

export function checkAudit({ book, audit, recorded, texts }) {
  return [
    ['the audit log has exactly one final record of every judged call', [...miswritten(book, audit)]],
    ['and one of everything that was dropped', dropped(book, audit, recorded)],
    ['no window of a limit holds more than it may', [...overfull(book, audit)]],
    [
      'a retry that the server asked for is linked and counted once, a forged one is not',
      [...rounds(book, audit)],
    ],
    ['no secret is in the audit log', texts.some((text) => text.includes(SECRET)) ? ['it is'] : []],
  ];
}

function* miswritten({ entries }, { byEntry }) {
  for (const { n, kind, name, requests, twin } of entries) {
    const written = byEntry.get(n)?.length ?? 0;
    const judged = kind === 'tool' || ['resources/read', 'prompts/get'].includes(name);
    // Other methods are written down only while the policy has rules for some; a twin is judged only if its id was free.
    const enough = judged && !twin ? written === requests : written <= requests;
    if (!enough) yield `${name} ${n}: ${written} records of ${requests} requests`;
  }
}

function dropped({ dropped: { hostile, duplicates, responses }, entries }, { others }, recorded) {
  const refusedRounds = entries
    .filter(({ does }) => does === 'asks in rounds')
    .reduce((sum, { outcomes }) => sum + outcomes.filter((outcome) => outcome === 'deny').length, 0);
  const expected = hostile + duplicates + responses + refusedAsks(recorded) + refusedRounds;
  return expected === others.length ? [] : [`${others.length} records instead of ${expected}`];
}

function* overfull({ entries }, { byEntry }) {
  for (const [name, limit] of Object.entries(LIMITS)) {
    const counters = new Map();
    for (const { n, args } of entries.filter((entry) => entry.name === name)) {
      const counter = limit.by === 'n' ? n : args[limit.by];
      const amount = limit.amount ? args[limit.amount] : 1;
      const counted = (byEntry.get(n) ?? []).filter(
        (record) => wasAdmitted(record) && typeof record.round !== 'number',
      );
      const times = counted.map(({ time }) => ({ time: Date.parse(time), amount }));
      counters.set(counter, [...(counters.get(counter) ?? []), ...times]);
    }
    for (const admitted of counters.values()) {
      const flaw = overfullWindow(admitted, limit);
      if (flaw) yield `${name}: ${flaw}`;
    }
  }
}

function* rounds({ entries }, { byEntry }) {
  for (const { n, does, honest = 0, forged = 0 } of entries) {
    if (does !== 'asks in rounds') continue;
    const records = byEntry.get(n) ?? [];
    const linked = records.filter(({ round }) => typeof round === 'number').length;
    const unlinked = records.filter(({ round }) => round === 'unlinked').length;
    if (records.some(({ round, action }) => typeof round === 'number' && action === 'limited'))
      yield `call ${n}: a linked retry was counted again`;
    if (linked !== honest || unlinked !== forged)
      yield `call ${n}: ${honest} honest retries, ${linked} linked; ${forged} forged, ${unlinked} not linked`;
  }
}
