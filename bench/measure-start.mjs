import { Connection } from './connection.mjs';
import { interleave, percentile } from './statistics.mjs';
import { direct, everythingServer, INSTANT_SERVER, nodeRaw, wrapped } from './variants.mjs';

const LIMIT = 20_000; // ms one start may take

/** Milliseconds from spawn to the answer of initialize. */
export async function measureStart(bench) {
  const { wrap, policies } = bench;
  const rows = { none: 'no policy file', ten: '10 rules YAML', thousand: '1,000 rules YAML', cel: 'CEL' };
  const wrappers = wrap
    ? Object.keys(rows).map((name) => ({ name, wrapper: wrapped(wrap, policies[name]) }))
    : [];
  const starts = await startTimes(bench, INSTANT_SERVER, [
    { name: 'direct', wrapper: direct },
    { name: 'node-raw', wrapper: nodeRaw },
    ...wrappers,
  ]);
  for (const [name, title] of Object.entries(rows))
    addRow(bench, `start, ${title}`, { ...starts, 'policy-wrap': starts[name] });
}

/** The same before a real server, which starts slowly: what the wrapper does meanwhile is free. */
export async function measureStartOfEverything(bench) {
  const command = everythingServer();
  if (!command) return bench.report.skip('start before server-everything', 'it is not installed');
  const wrappers = bench.wrap
    ? [{ name: 'policy-wrap', wrapper: wrapped(bench.wrap, bench.policies.none) }]
    : [];
  const starts = await startTimes(bench, command, [
    { name: 'direct', wrapper: direct },
    { name: 'node-raw', wrapper: nodeRaw },
    ...wrappers,
  ]);
  addRow(bench, 'start before server-everything', starts);
}

function addRow({ report }, title, starts) {
  const figures = (share) =>
    Object.fromEntries(
      ['direct', 'node-raw', 'policy-wrap']
        .filter((name) => starts[name])
        .map((name) => [name, percentile(starts[name], share)]),
    );
  report.add({ title, unit: 'ms', figures: figures(0.5), p99: figures(0.99) });
}

/** The times of each variant by its name; each is started once before, so that files lie in the page cache, and left out if it cannot. */
async function startTimes(bench, command, variants) {
  const slow = command !== INSTANT_SERVER;
  const limits = bench.scale(
    slow ? { rounds: 15, milliseconds: 25_000 } : { rounds: 60, milliseconds: 45_000 },
  );
  const able = [];
  for (const variant of variants)
    await bench.attempt(`start (${variant.name})`, async () => {
      await startOnce(bench, variant.wrapper(command));
      able.push(variant);
    });
  const times = Object.fromEntries(able.map(({ name }) => [name, []]));
  await interleave(able, limits, async ({ name, wrapper }) => {
    times[name].push(await startOnce(bench, wrapper(command)));
  });
  return times;
}

async function startOnce(bench, command) {
  const connection = new Connection(command, bench.place);
  return bench.guard([connection], LIMIT, () => connection.initialize());
}
