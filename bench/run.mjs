import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseCommandString } from 'execa';
import { Connection } from './connection.mjs';
import { Cores } from './cores.mjs';
import { measureCalls, measureDecisions, measureLists } from './measure-calls.mjs';
import { measureGrowth } from './measure-growth.mjs';
import { measureThroughput } from './measure-load.mjs';
import { measureMemory } from './measure-memory.mjs';
import { installNodes, measureNodes } from './measure-nodes.mjs';
import { measureNpx } from './measure-npx.mjs';
import { measureStart, measureStartOfEverything } from './measure-start.mjs';
import { policyFiles } from './policies.mjs';
import { Report } from './report.mjs';
import { cleanEnvironment, DEFAULT_WRAP, INSTANT_SERVER, wrapped } from './variants.mjs';
import { unwatch, watch } from './watchdog.mjs';

const USAGE = `node bench/run.mjs                  everything, under 8 minutes
node bench/run.mjs --quick          a part of it, under 1 minute: for a first impression
node bench/run.mjs --only calls     start, everything, calls, lists, decisions, throughput, memory, npx, nodes;
                                    repeatable; growth only when it is named
node bench/run.mjs --install        install the versions of Node that the rows of "nodes" need, and no more

--wrap FILE   another entry point than bin/policy-wrap.js, such as that of an unpacked tarball
--against NAME=COMMAND   another wrapper in the same run, the server's command goes after its own; repeatable.
              Words are set apart by spaces; a space within a word is written \\ (a backslash before it)
--minutes N   how long growth takes, by default 60
--check       exit code 1 also when a goal is missed or its row was not measured
--spread      do not put client, wrapper and server of a call on one core
--json        one JSON object at the end instead of the table`;

/** Title, measurement, and whether it runs on one core (see cores.mjs) or on all. */
const SECTIONS = {
  start: ['Start: spawn to the answer of initialize', measureStart, 'all'],
  everything: ['Start before a real server', measureStartOfEverything, 'all'],
  calls: ['Sequential tools/call', measureCalls, 'one'],
  lists: ['tools/list', measureLists, 'one'],
  decisions: ['Decisions', measureDecisions, 'one'],
  throughput: ['Throughput', measureThroughput, 'one'],
  memory: ['Memory of the wrapper', measureMemory, 'all'],
  npx: ['Start by npx', measureNpx, 'all'],
  nodes: ['Start on other versions of Node', measureNodes, 'all'],
  growth: ['Growth', measureGrowth, 'all'],
};
const USUAL = Object.keys(SECTIONS).filter((name) => name !== 'growth');
const TOTAL = { full: 465_000, quick: 55_000 }; // ms after which no further row is begun; what runs then has 4 s more

try {
  process.exitCode = await main(options());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function options() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      spread: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      wrap: { type: 'string', default: DEFAULT_WRAP },
      only: { type: 'string', multiple: true, default: USUAL },
      against: { type: 'string', multiple: true, default: [] },
      minutes: { type: 'string', default: '60' },
      install: { type: 'boolean', default: false },
    },
  });
  const unknown = values.only.find((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown) throw new Error(`There is no section ${unknown}.\n\n${USAGE}`);
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes} is not a number of minutes.`);
  return { ...values, minutes, wrap: path.resolve(values.wrap), against: values.against.map(otherWrapper) };
}

/** A wrapper of --against; what goes wrong with it stops no row. */
function otherWrapper(text) {
  const at = text.indexOf('=');
  const own = parseCommandString(text.slice(at + 1));
  if (at < 1 || own.length === 0) throw new Error(`--against ${text} is not NAME=COMMAND.`);
  return { name: text.slice(0, at), wrapper: (command) => [...own, ...command], foreign: true };
}

/** Exit code: 0 measured (goals may be missed, unless they are checked), 1 something could not be measured. */
async function main({ json, check, help, install, only, ...settings }) {
  if (help) return void console.log(USAGE);
  if (install) return void (await installNodes());
  if (process.platform === 'win32') {
    console.error('The bench needs named pipes as Linux and macOS have them.');
    return 1;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-bench-'));
  const report = new Report({ quiet: json, against: settings.against.map(({ name }) => name) });
  const host = machine();
  report.print(`Node ${host.node}, ${host.cores} cores (${host.model}), load ${host.load}. Medians.`);
  if (host.load > host.cores / 2) report.print('Other programs are busy on this machine: expect wide p99s.');
  try {
    const { minutes } = settings;
    const extra = only.includes('growth') ? minutes * 60_000 : 0;
    const bench = await prepare({ ...settings, folder, report, extra });
    for (const name of only) await runSection(bench, ...SECTIONS[name]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const open = report.summary(only);
  if (json)
    console.log(JSON.stringify({ machine: host, quick: settings.quick, rows: report.rows, open }, null, 2));
  return report.rows.some((row) => row.failed) || (check && open.length > 0) ? 1 : 0;
}

/** What the measurements need: where things are, how much to do, and how to end what hangs. */
async function prepare({ quick, spread, wrap, against, minutes, folder, report, extra }) {
  const cores = new Cores({ pinning: !spread });
  if (!cores.all) report.print('Calls run on all cores: expect ratios to differ between runs.');
  const deadline = performance.now() + (quick ? TOTAL.quick : TOTAL.full) + extra;
  const place = { folder, env: cleanEnvironment(folder) };
  return {
    wrap: await usable(wrap, place, report),
    policies: policyFiles(folder),
    against,
    minutes,
    place,
    report,
    cores,
    scale: quick ? scaledDown : (limits) => limits,
    guard: (connections, milliseconds, measure) => {
      const left = Math.max(1_000, deadline + 4_000 - performance.now());
      return guard(connections, Math.min(milliseconds, left), measure);
    },
    attempt: (title, measure) => attempt(report, deadline, title, measure),
  };
}

/** The wrapper when it starts at all; without it the references are measured alone. */
async function usable(wrap, place, report) {
  try {
    if (!existsSync(wrap)) throw new Error(`there is no ${wrap}`);
    const connection = new Connection(wrapped(wrap)(INSTANT_SERVER), place);
    await guard([connection], 20_000, () => connection.initialize());
    return wrap;
  } catch (error) {
    report.failed('policy-wrap, so direct and node-raw alone', error);
    return undefined;
  }
}

async function runSection(bench, title, measure, cores) {
  bench.cores.use(cores);
  bench.report.section(title);
  await bench.attempt(title, () => measure(bench));
}

async function attempt(report, deadline, title, measure) {
  if (performance.now() > deadline) return report.skip(title, 'the time is over');
  try {
    await measure();
  } catch (error) {
    report.failed(title, error);
  }
}

/** Fewer calls, rounds and processes, but never too few for a median. */
function scaledDown({ count, warm, total, rounds, processes, milliseconds }) {
  const part = (value, share, least) => value && Math.min(value, Math.max(least, Math.round(value * share)));
  return {
    count: part(count, 0.2, 8),
    warm: part(warm, 0.5, 1),
    total: part(total, 0.2, 500),
    rounds: part(rounds, 0.2, 3),
    processes: part(processes, 0.4, 1),
    milliseconds: part(milliseconds, 0.2, 1),
  };
}

/** Runs `measure`, ends the connections' processes by force when it takes longer, and closes them in any case. */
async function guard(connections, milliseconds, measure) {
  watch(connections.map(({ pid }) => pid).filter(Boolean), milliseconds);
  try {
    return await measure();
  } finally {
    unwatch();
    await Promise.all(connections.map((connection) => connection.close()));
  }
}

function machine() {
  return {
    node: process.versions.node,
    cores: availableParallelism(),
    model: cpus()[0]?.model,
    load: Number(loadavg()[0].toFixed(2)),
  };
}
