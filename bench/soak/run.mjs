import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_WRAP } from '../variants.mjs';
import { checkEverything, countsOf, gather } from './checks.mjs';
import { printChecks, printCounts } from './report.mjs';
import { soak } from './soak.mjs';

const USAGE = `node bench/soak/run.mjs    mixed traffic and faults for 10 minutes, then the promises are checked

--minutes N   how long, also parts of a minute; memory is judged from 2 minutes on
--seed N      repeats what was done in another run
--rate N      moves per second, 500 by default
--wrap FILE   another entry point than bin/policy-wrap.js
--keep        leave the folder with the record of the server and the audit log`;

try {
  process.exitCode = await main(options());
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
}

function options() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      rate: { type: 'string', default: '500' },
      wrap: { type: 'string', default: DEFAULT_WRAP },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [minutes, seed, rate] = [values.minutes, values.seed, values.rate].map(Number);
  if (!(minutes > 0 && rate > 0 && Number.isSafeInteger(seed))) throw new Error(USAGE);
  return { ...values, minutes, seed, rate, wrap: path.resolve(values.wrap) };
}

/** Exit code: 0 every check has passed, 1 one has not. */
async function main({ help, keep, ...how }) {
  const print = console.log;
  if (help) return void print(USAGE);
  if (process.platform !== 'linux') throw new Error('The soak reads /proc, which only Linux has.');
  const load = loadavg()[0].toFixed(2);
  print(`Node ${process.versions.node}, ${availableParallelism()} cores, load ${load}.`);
  print(`${how.minutes} minutes, ${how.rate} moves per second, seed ${how.seed}.`);
  const ran = await soak(how);
  try {
    return report(ran, how, print);
  } finally {
    if (keep) print(`\nLeft in ${ran.place.folder}`);
    else ran.place.remove();
  }
}

function report(ran, { seed, minutes }, print) {
  const facts = gather(ran);
  printCounts(countsOf(facts), print);
  print('');
  const passed = printChecks(checkEverything(facts), print);
  print(passed ? '\nEverything has passed.' : `\nFAILED. Again: --minutes ${minutes} --seed ${seed}`);
  return passed ? 0 : 1;
}
