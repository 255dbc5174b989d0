import { checkAnswers } from './check-answers.mjs';
import { checkAudit, sortRecords } from './check-audit.mjs';
import { checkServer } from './check-server.mjs';
import { SHORTEST } from './memory.mjs';

/** Reads what the three sides have written down: client, server, audit log. */
export function gather(ran) {
  const recorded = ran.place.recorded();
  const texts = ran.place.auditTexts();
  const executed = new Map();
  for (const [kind, , , , given] of recorded) {
    if (kind !== '<' || given === null) continue;
    const n = Number(given);
    executed.set(n, (executed.get(n) ?? 0) + 1);
  }
  return { ...ran, recorded, texts, executed, audit: sortRecords(texts, ran.client) };
}

/** All checks: a title, what is wrong, and why it was skipped if it was. */
export function checkEverything(facts) {
  return [
    ...checkAnswers(facts),
    ...checkServer(facts),
    ...checkAudit(facts),
    ...checkProcess(facts),
    ...checkLethal(facts),
  ];
}

function checkProcess({ exit, early, left, peer, memory }) {
  const { rss, files, judged, grown, leaking } = memory.compare();
  const short = judged ? undefined : `only judged from ${SHORTEST / 60} minutes on`;
  const figures = ({ first, last }) =>
    judged ? `: ${first.toFixed(1)} after the first minute, ${last.toFixed(1)} at the end` : '';
  return [
    ['the wrapper lives as long as its client', early ? [`it ended with ${early.code ?? early.signal}`] : []],
    ['it ends with code 0, after whole lines, and leaves no process', ending(exit, peer, left)],
    [
      `memory has not grown (MB)${figures(rss)}, ${rss.most.toFixed(1)} at most`,
      grown ? ['it has'] : [],
      short,
    ],
    [`no files are left open${figures(files)}`, leaking ? ['some are'] : [], short],
  ];
}

function ending({ code, signal }, { rest }, left) {
  return [
    ...(code === 0 ? [] : [`it ended with ${code ?? signal}`]),
    ...(rest === '' ? [] : [`half a line: ${rest.slice(0, 200)}`]),
    ...left.map((pid) => `process ${pid}`),
  ];
}

function checkLethal({ lethal }) {
  const wrong = lethal.flatMap(({ title, wrong }) => wrong.map((flaw) => `${title}: ${flaw}`));
  return [[`${lethal.length} sessions that ended by a fault: exit codes, answers, processes`, wrong]];
}

/** What the summary shows. */
export function countsOf({ book, recorded, audit, edits, notes, seconds, memory }) {
  const told = (words) => notes.filter((note) => note.includes(words)).length;
  const requests = book.entries.reduce((sum, entry) => sum + entry.requests, 0);
  const counts = new Map([
    ['all: requests', requests],
    ['all: lines that the server has seen', recorded.filter(([kind]) => kind === '<').length],
    ['all: calls that it has carried out', recorded.filter(([, , method]) => method === 'tools/call').length],
    ['all: records of the audit log', audit.all.length],
    ['policy: versions', edits.versions.length],
    ['policy: came into force', told('the changed policy is in force')],
    ['policy: could not be used', told('the changed policy cannot be used')],
    ...book.counts,
  ]);
  for (const [name, used] of Object.entries(seconds))
    counts.set(`processor, % of a core: ${name}`, Math.round((used / memory.seconds) * 100));
  return counts;
}
