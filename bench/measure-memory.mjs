import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pumpChecked } from './measure-load.mjs';
import { toolCall } from './request.mjs';
import { allVariants, withConnections, withoutBroken } from './sampling.mjs';
import { median } from './statistics.mjs';
import { server } from './variants.mjs';

const LIMIT = 12_000; // ms that one set of processes may take
const CROWD = 10;

/** Memory of the wrapper's process, in MB of 1,024 kB. */
export async function measureMemory(bench) {
  if (process.platform !== 'linux')
    return bench.report.skip('memory', `it is read from /proc, which ${process.platform} does not have`);
  await measureAlone(bench);
  await bench.attempt('PSS of ten at once', () => measureCrowd(bench));
}

async function measureAlone(bench) {
  const { rounds, total } = bench.scale({ rounds: 3, total: 100_000 });
  const seen = { start: [], calls: [], result: [] };
  for (let round = 0; round < rounds; round++)
    await bench.attempt('memory', async () => {
      const calls = await memoryOf(bench, { request: toolCall('read_small'), total, inFlight: 64 });
      const results = await memoryOf(bench, {
        request: toolCall('read_large', { result: 10_000_000 }),
        total: 3,
        inFlight: 1,
      });
      seen.start.push(calls.before, results.before);
      seen.calls.push(calls.after);
      seen.result.push(results.after);
    });
  if (seen.start.length === 0) return;
  const start = medians(seen.start, 'rss')['node-raw'];
  const thousands = Math.round(total / 1_000);
  addRow(bench, 'RSS after start', medians(seen.start, 'rss'), start);
  addRow(bench, 'RSS after the calls', medians(seen.calls, 'rss'), start, `${thousands},000 calls`);
  addRow(bench, 'RSS after a 10 MB result', medians(seen.result, 'rss'), start);
  addRow(bench, 'USS after start', medians(seen.start, 'uss'), 0);
  addRow(bench, 'USS after the calls', medians(seen.calls, 'uss'), 0);
}

/** What ten wrappers of one machine take together: pages that they share count once (PSS). After a few calls each. */
async function measureCrowd(bench) {
  const figures = {};
  for (const variant of relays(bench)) {
    const crowd = Array.from({ length: CROWD }, () => variant);
    const sum = await withoutBroken(bench, [variant], ([able]) =>
      able === undefined
        ? undefined
        : withConnections(bench, crowd, server(), LIMIT, async (streams) => {
            for (const stream of streams)
              pumpChecked(stream, { request: toolCall('read_small'), total: 100, inFlight: 1 });
            await sleep(100);
            return streams.reduce((total, { connection }) => total + memory(connection.pid).pss, 0);
          }),
    );
    if (sum !== undefined) figures[variant.name] = sum;
  }
  bench.report.add({ title: 'PSS of ten at once', unit: 'MB', figures });
}

const relays = (bench) => allVariants(bench, 'ten').filter(({ name }) => name !== 'direct');

function memoryOf(bench, load) {
  return withoutBroken(bench, relays(bench), (variants) =>
    withConnections(bench, variants, server(), LIMIT, async (streams) => {
      await sleep(100); // what a wrapper puts off until after its start belongs to its start
      const before = readings(streams);
      for (const stream of streams) pumpChecked(stream, load);
      return { before, after: readings(streams) };
    }),
  );
}

const readings = (streams) =>
  Object.fromEntries(streams.map(({ name, connection }) => [name, memory(connection.pid)]));

/** RSS; USS (what the process shares with no other); PSS (its share of what it shares, too). MB, see proc(5). */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const sum = (text, field) =>
    [...text.matchAll(field)].reduce((total, [, kilobytes]) => total + Number(kilobytes), 0) / 1_024;
  return {
    rss: sum(status, /^VmRSS:\s+(\d+)/gm),
    uss: sum(rollup, /^Private_(?:Clean|Dirty):\s+(\d+)/gm),
    pss: sum(rollup, /^Pss:\s+(\d+)/gm),
  };
}

/** By variant, of the rounds in which it took part. */
function medians(readingsOfRounds, kind) {
  const names = new Set(readingsOfRounds.flatMap((seen) => Object.keys(seen)));
  const of = (name) => median(readingsOfRounds.flatMap((seen) => seen[name]?.[kind] ?? []));
  return Object.fromEntries([...names].map((name) => [name, of(name)]));
}

function addRow({ report }, title, figures, base, note) {
  const value = figures['policy-wrap'] === undefined ? undefined : figures['policy-wrap'] - base;
  report.add({ title, unit: 'MB', figures, value, note });
}
