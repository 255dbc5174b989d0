import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolCall } from './request.mjs';
import { threeVariants, withConnections } from './sampling.mjs';
import { interleave, median } from './statistics.mjs';
import { server } from './variants.mjs';

const LIMIT = 6_000; // ms that the runs in one set of processes may take, before no more are begun

/** Calls with many under way at once: how many are answered, or how many bytes come back, in a second. */
export async function measureThroughput(bench) {
  const small = { request: toolCall('read_small'), inFlight: 64, total: 60_000, processes: 3 };
  await bench.attempt('throughput, 200 B', async () => {
    const rates = await pumped(bench, small, ({ answered, seconds }) => answered / seconds / 1_000);
    bench.report.add({ title: 'throughput, 200 B, 64 in flight', unit: 'k/s', figures: rates });
  });
  const large = {
    request: toolCall('read_large', { result: 64_000 }),
    inFlight: 16,
    total: 1_500,
    processes: 6,
  };
  await bench.attempt('throughput, 64 kB results', async () => {
    const rates = await pumped(bench, large, ({ bytes, seconds }) => bytes / seconds / 1e6);
    bench.report.add({ title: 'throughput, 64 kB results, 16 in flight', unit: 'MB/s', figures: rates });
  });
}

/** Medians by variant, of some runs in each of some processes started afresh (see measure-calls.mjs). */
async function pumped(bench, { request, inFlight, ...load }, rate) {
  const { total, rounds, processes } = bench.scale({ ...load, rounds: 3 });
  const rates = {};
  for (let round = 0; round < processes; round++)
    await withConnections(bench, threeVariants(bench, 'ten'), server(), 2 * LIMIT, (streams) => {
      for (const stream of streams) pumpChecked(stream, { request, inFlight, total: Math.ceil(total / 20) });
      return interleave(streams, { rounds, milliseconds: LIMIT }, (stream) => {
        const value = rate(pumpChecked(stream, { request, inFlight, total }));
        rates[stream.name] = [...(rates[stream.name] ?? []), value];
      });
    });
  return Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)]));
}

/** All answers are as long as the first: a refusal among them would show. */
function pumpChecked({ name, connection }, { request, ...load }) {
  const length = connection.call(request);
  const done = connection.pump(request, { ...load, milliseconds: LIMIT });
  if (done.bytes !== done.answered * length) throw new Error(`${name}: answers of more than one length`);
  return done;
}

/** Memory of the wrapper's process, in MB of 1,024 kB. */
export async function measureMemory(bench) {
  if (process.platform !== 'linux')
    return bench.report.skip('memory', `it is read from /proc, which ${process.platform} does not have`);
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

function memoryOf(bench, load) {
  const variants = threeVariants(bench, 'ten').filter(({ name }) => name !== 'direct');
  return withConnections(bench, variants, server(), 2 * LIMIT, async (streams) => {
    await sleep(100); // what a wrapper puts off until after its start belongs to its start
    const before = readings(streams);
    for (const stream of streams) pumpChecked(stream, load);
    return { before, after: readings(streams) };
  });
}

const readings = (streams) =>
  Object.fromEntries(streams.map(({ name, connection }) => [name, memory(connection.pid)]));

/** RSS, and USS (what the process shares with no other), see proc(5). */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const sum = (text, field) =>
    [...text.matchAll(field)].reduce((total, [, kilobytes]) => total + Number(kilobytes), 0) / 1024;
  return { rss: sum(status, /^VmRSS:\s+(\d+)/gm), uss: sum(rollup, /^Private_(?:Clean|Dirty):\s+(\d+)/gm) };
}

function medians(readingsOfRounds, kind) {
  const names = Object.keys(readingsOfRounds[0]);
  return Object.fromEntries(
    names.map((name) => [name, median(readingsOfRounds.map((seen) => seen[name][kind]))]),
  );
}

function addRow({ report }, title, figures, base, note) {
  const value = figures['policy-wrap'] === undefined ? undefined : figures['policy-wrap'] - base;
  report.add({ title, unit: 'MB', figures, value, note });
}
