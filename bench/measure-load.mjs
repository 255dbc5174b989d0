import { toolCall } from './request.mjs';
import { allVariants, withConnections, withoutBroken } from './sampling.mjs';
import { interleave, median, percentile } from './statistics.mjs';
import { server } from './variants.mjs';

const LIMIT = 6_000; // ms that the runs in one set of processes may take, before no more are begun

/** Calls with many under way at once: how many are answered, or how many bytes come back, in a second. */
export async function measureThroughput(bench) {
  const small = { request: toolCall('read_small'), inFlight: 64, total: 60_000, processes: 3 };
  await bench.attempt('throughput, 200 B', async () => {
    const figures = await rates(bench, small, ({ answered, seconds }) => answered / seconds / 1_000);
    bench.report.add({ title: 'throughput, 200 B, 64 in flight', unit: 'k/s', figures });
  });
  await bench.attempt('200 B, 16 in flight', () => measureInFlight(bench));
  const large = {
    request: toolCall('read_large', { result: 64_000 }),
    inFlight: 16,
    total: 1_500,
    processes: 6,
  };
  await bench.attempt('throughput, 64 kB results', async () => {
    const figures = await rates(bench, large, ({ bytes, seconds }) => bytes / seconds / 1e6);
    bench.report.add({ title: 'throughput, 64 kB results, 16 in flight', unit: 'MB/s', figures });
  });
}

/** What each of so many calls takes while the others are under way. */
async function measureInFlight(bench) {
  const load = { request: toolCall('read_small'), inFlight: 16, total: 20_000, processes: 3 };
  const times = await pumped(bench, load, (done) => done.times);
  for (const [name, share] of Object.entries({ p50: 0.5, p99: 0.99 })) {
    const figures = mapped(times, (samples) => percentile(samples, share));
    bench.report.add({ title: `${name}, 200 B, 16 in flight`, unit: 'µs', figures });
  }
}

/** Medians by variant. */
async function rates(bench, load, rate) {
  return mapped(await pumped(bench, load, rate), median);
}

/** What `look` sees by variant, of some runs in each of some processes started afresh (see measure-calls.mjs). */
function pumped(bench, { request, inFlight, ...load }, look) {
  const { total, rounds, processes } = bench.scale({ ...load, rounds: 3 });
  return withoutBroken(bench, allVariants(bench, 'ten'), async (variants) => {
    const seen = Object.fromEntries(variants.map(({ name }) => [name, []]));
    for (let round = 0; round < processes; round++)
      await withConnections(bench, variants, server(), 2 * LIMIT, (streams) => {
        for (const stream of streams)
          pumpChecked(stream, { request, inFlight, total: Math.ceil(total / 20) });
        return interleave(streams, { rounds, milliseconds: LIMIT }, (stream) => {
          seen[stream.name].push(look(pumpChecked(stream, { request, inFlight, total })));
        });
      });
    return mapped(seen, (values) => values.flat());
  });
}

const mapped = (values, change) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** All answers are as long as the first: a refusal among them would show. */
export function pumpChecked({ connection }, { request, ...load }) {
  const length = connection.call(request);
  const done = connection.pump(request, { ...load, milliseconds: LIMIT });
  if (done.bytes !== done.answered * length) throw connection.fault('answers of more than one length');
  return done;
}
