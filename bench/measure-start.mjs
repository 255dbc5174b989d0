import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Connection } from './connection.mjs';
import { withoutBroken } from './sampling.mjs';
import { interleave, percentile } from './statistics.mjs';
import { cleanEnvironment, direct, everythingServer, INSTANT_SERVER, nodeRaw, wrapped } from './variants.mjs';

const LIMIT = 20_000; // ms one start may take
const QUICK_SERVER = { rounds: 60, milliseconds: 55_000 };
const SLOW_SERVER = { rounds: 15, milliseconds: 25_000 };
/** Policies whose start is measured, by their name in policies.mjs. */
const ROWS = { none: 'no policy file', ten: '10 rules YAML', thousand: '1,000 rules YAML', cel: 'CEL' };
/** Those that are also started by a user for whom it never ran: nothing lies in any cache of ours. */
const FIRST_RUNS = ['none', 'ten', 'thousand'];

/** Milliseconds from spawn to the answer of initialize. */
export async function measureStart(bench) {
  const { wrap, policies, against } = bench;
  const variant = (name) => ({ name, wrapper: wrapped(wrap, policies[name]) });
  const first = (name) => ({ ...variant(name), name: `first ${name}`, fresh: true });
  const own = wrap ? [...Object.keys(ROWS).map(variant), ...FIRST_RUNS.map(first)] : [];
  const starts = await startTimes(
    bench,
    INSTANT_SERVER,
    [{ name: 'direct', wrapper: direct }, { name: 'node-raw', wrapper: nodeRaw }, ...own, ...against],
    QUICK_SERVER,
  );
  const names = ['direct', 'node-raw', ...against.map(({ name }) => name)];
  for (const [name, title] of Object.entries(ROWS)) addRow(bench, `start, ${title}`, starts, names, name);
  for (const name of FIRST_RUNS)
    addRow(bench, `start, first run ever, ${ROWS[name]}`, starts, names, `first ${name}`);
}

/** The same before a real server, which starts slowly: what the wrapper does meanwhile is free. */
export async function measureStartOfEverything(bench) {
  const command = everythingServer();
  if (!command) return bench.report.skip('start before server-everything', 'it is not installed');
  await measureStartBefore(bench, 'start before server-everything', command, SLOW_SERVER, [
    { name: 'direct', wrapper: direct },
    { name: 'node-raw', wrapper: nodeRaw },
    ...(bench.wrap ? [{ name: 'policy-wrap', wrapper: wrapped(bench.wrap) }] : []),
    ...bench.against,
  ]);
}

/** One row of how long `variants` take to start `command`. */
export async function measureStartBefore(bench, title, command, load, variants) {
  const starts = await startTimes(bench, command, variants, load);
  const names = variants.map(({ name }) => name).filter((name) => name !== 'policy-wrap');
  addRow(bench, title, starts, names, 'policy-wrap');
}

/** `own`: which of the variants is policy-wrap's in this row. */
function addRow({ report }, title, starts, names, own) {
  const samples = {
    ...Object.fromEntries(names.map((name) => [name, starts[name]])),
    'policy-wrap': starts[own],
  };
  const figures = (share) =>
    Object.fromEntries(
      Object.entries(samples)
        .filter(([, times]) => times)
        .map(([name, times]) => [name, percentile(times, share)]),
    );
  report.add({ title, unit: 'ms', figures: figures(0.5), p99: figures(0.99) });
}

/** The times of each variant by its name; each is started once before, so that files lie in the page cache, and left out if it cannot. */
async function startTimes(bench, command, variants, load) {
  const able = [];
  for (const variant of variants)
    await bench.attempt(`start (${variant.name})`, () =>
      withoutBroken(bench, [variant], async ([each]) => {
        if (each === undefined) return;
        await startOnce(bench, command, each);
        able.push(each);
      }),
    );
  const times = Object.fromEntries(able.map(({ name }) => [name, []]));
  await interleave(able, bench.scale(load), async (variant) => {
    times[variant.name].push(await startOnce(bench, command, variant));
  });
  return times;
}

let users = 0;

/** `fresh`: as a user who has never run anything. `env`: what the variant needs in the environment. */
async function startOnce(bench, command, { name, wrapper, fresh, env = {} }) {
  const place = fresh ? newPlace(bench.place) : bench.place;
  const connection = new Connection(wrapper(command), { ...place, env: { ...place.env, ...env } }, name);
  return bench.guard([connection], LIMIT, () => connection.initialize());
}

function newPlace({ folder }) {
  const home = path.join(folder, `user-${users++}`);
  mkdirSync(home);
  return { folder: home, env: cleanEnvironment(home) };
}
