import { setTimeout as sleep } from 'node:timers/promises';
import { pumpChecked } from './measure-load.mjs';
import { memory } from './measure-memory.mjs';
import { toolCall } from './request.mjs';
import { allVariants, withConnections } from './sampling.mjs';
import { median } from './statistics.mjs';
import { server } from './variants.mjs';

/** A second of a busy session; its RSS is read after each. */
const BURST = { total: 200, inFlight: 16 };
const PAUSE = 1_000; // ms

/**
 * What RSS has gained in so many minutes of calls: the median of the last tenth over that of the second tenth, since a
 * process finds its size in the first.
 */
export async function measureGrowth(bench) {
  if (process.platform !== 'linux')
    return bench.report.skip('growth', `it is read from /proc, which ${process.platform} does not have`);
  const milliseconds = bench.minutes * 60_000;
  const variants = allVariants(bench, 'ten').filter(({ name }) => name !== 'direct');
  const seen = Object.fromEntries(variants.map(({ name }) => [name, []]));
  await withConnections(bench, variants, server(), milliseconds + 30_000, async (streams) => {
    const request = toolCall('read_small');
    for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(PAUSE))
      for (const stream of streams) {
        pumpChecked(stream, { request, ...BURST });
        seen[stream.name].push(memory(stream.connection.pid).rss);
      }
  });
  const figures = Object.fromEntries(Object.entries(seen).map(([name, values]) => [name, grown(values)]));
  const calls = (seen['node-raw'].length * BURST.total).toLocaleString('en');
  bench.report.add({
    title: 'growth of RSS',
    unit: 'MB',
    figures,
    value: figures['policy-wrap'],
    note: `${calls} calls in ${bench.minutes} minutes`,
  });
}

function grown(values) {
  const tenth = Math.max(1, Math.floor(values.length / 10));
  return median(values.slice(-tenth)) - median(values.slice(tenth, 2 * tenth));
}
