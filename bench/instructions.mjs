import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Connection } from './connection.mjs';
import { chosenMeter } from './meters.mjs';
import { policyFiles } from './policies.mjs';
import { toolCall } from './request.mjs';
import { cleanEnvironment, DEFAULT_WRAP, INSTANT_SERVER, nodeRaw, server, wrapped } from './variants.mjs';

const USAGE = `node bench/instructions.mjs     what a start and 10,000 calls cost in instructions, which a busy machine does not change

--runs N      each is counted so often, by default 3; the least counts
--calls N     fewer than 10,000
--only TEXT   rows whose name contains this
--meter NAME  perf, valgrind or time, instead of the first that works here
--node FILE   another Node
--wrap FILE   another entry point than bin/policy-wrap.js`;

/**
 * What makes V8 do the same each time: no compiling or collecting on other threads, and the same order in hash tables.
 * This costs more than a usual start, so counts are compared with counts alone.
 */
const REPEATABLE = ['--single-threaded', '--hash-seed=1', '--random-seed=1'];
const PATIENCE = 60_000; // ms a counted process may take to leave

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    calls: { type: 'string', default: '10000' },
    only: { type: 'string', default: '' },
    meter: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    wrap: { type: 'string', default: DEFAULT_WRAP },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(USAGE);
else await main({ ...values, runs: Number(values.runs), calls: Number(values.calls) });

async function main({ runs, calls, only, meter: wanted, node, wrap }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-instructions-'));
  try {
    const meter = chosenMeter(wanted, folder);
    console.log(`Counted by ${meter.name} (${meter.unit}), the least of ${runs}.`);
    for (const reason of meter.refused) console.log(`  ${reason}`);
    console.log(`\n| | node-raw | policy-wrap | ratio | spread |\n|---|--:|--:|--:|--:|`);
    const place = { folder, env: cleanEnvironment(folder) };
    for (const row of rows(path.resolve(wrap), policyFiles(folder), calls).filter(({ title }) =>
      title.includes(only),
    ))
      console.log(await counted(row, { meter, node, place, runs }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(wrap, policies, calls) {
  const start = (title, policy) => ({
    title: `start, ${title}`,
    raw: nodeRaw(INSTANT_SERVER),
    own: wrapped(wrap, policies[policy])(INSTANT_SERVER),
    calls: 0,
  });
  const many = (title, policy) => ({
    title: `${calls.toLocaleString('en')} calls, ${title}`,
    raw: nodeRaw(server()),
    own: wrapped(wrap, policies[policy])(server()),
    calls,
  });
  return [
    start('no policy file', 'none'),
    start('10 rules YAML', 'ten'),
    start('CEL', 'cel'),
    many('10 rules', 'ten'),
    many('CEL', 'cel'),
  ];
}

/** A line of the table: the least of each, in millions, and how far the runs of policy-wrap were from each other. */
async function counted({ title, raw, own, calls }, { runs, ...setting }) {
  const seen = { raw: [], own: [] };
  await count(own, calls && 1, setting); // what a first run keeps for later ones
  for (let run = 0; run < runs; run++) {
    seen.raw.push(await ofCalls(raw, calls, setting));
    seen.own.push(await ofCalls(own, calls, setting));
  }
  const least = { raw: Math.min(...seen.raw), own: Math.min(...seen.own) };
  const spread = ((Math.max(...seen.own) / least.own - 1) * 100).toFixed(2);
  const cells = [shown(least.raw), shown(least.own), (least.own / least.raw).toFixed(2), `${spread} %`];
  return `| ${title} | ${cells.join(' | ')} |`;
}

/** A whole run from start to exit, or what the calls add to one without them. */
async function ofCalls(command, calls, setting) {
  if (calls === 0) return count(command, 0, setting);
  const without = await count(command, 1, setting);
  return (await count(command, calls + 1, setting)) - without;
}

async function count(command, calls, { meter, node, place }) {
  const connection = new Connection(meter.wrap([node, ...REPEATABLE, ...command.slice(1)]), place);
  try {
    connection.initialize();
    const request = toolCall('read_small');
    for (let call = 0; call < calls; call++) connection.call(request);
    meter.beforeEnd?.(connection.pid);
  } finally {
    await connection.close(PATIENCE);
  }
  return meter.read();
}

function shown(value) {
  return (value / 1e6).toFixed(1);
}
