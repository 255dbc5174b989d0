import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The ways to say what a process has cost, best first. `wrap`: the command that is run in place of another; `read`: the
 * figure, once it has ended; `trial`: a command that ends with 0 where the way works.
 */
const METERS = [
  {
    name: 'perf',
    unit: 'millions of instructions in user mode',
    wrap: (command, file) => [
      'perf',
      'stat',
      '-i',
      '-x',
      ',',
      '-e',
      'instructions:u',
      '-o',
      file,
      '--',
      ...command,
    ],
    read: (text) => Number(/^(\d+),/m.exec(text)?.[1]),
  },
  {
    name: 'valgrind',
    unit: 'millions of instructions in user mode',
    wrap: (command, file) => [
      'valgrind',
      '--tool=cachegrind',
      '--cache-sim=no',
      '--cachegrind-out-file=/dev/null',
      '--smc-check=all-non-file', // V8 writes code while it runs
      '--trace-children=no',
      `--log-file=${file}`,
      ...command,
    ],
    read: (text) => Number(/I\s+refs:\s+([\d,]+)/.exec(text)?.[1].replaceAll(',', '')),
  },
  {
    name: 'time',
    unit: 'milliseconds of processor time',
    wrap: (command) => command,
    beforeEnd: (pid) => {
      timeOfLast = processorTime(pid);
    },
    read: () => timeOfLast,
  },
];
let timeOfLast = Number.NaN;

/** The meter of that name, or the first that works. `refused`: why the better ones do not. Throws when none works. */
export function chosenMeter(name, folder) {
  const refused = [];
  const file = path.join(folder, 'count');
  for (const meter of METERS.filter((each) => name === undefined || each.name === name)) {
    const able = {
      ...meter,
      refused,
      wrap: (command) => meter.wrap(command, file),
      read: () => meter.read(meter.beforeEnd ? '' : readFileSync(file, 'utf8')),
    };
    const why = meter.beforeEnd ? withoutProc() : failure(able);
    if (why === undefined) return able;
    refused.push(`Not by ${meter.name}: ${why}.`);
  }
  throw new Error(refused.join('\n') || `There is no way to count that is called ${name}.`);
}

/** Why the command cannot count what `node -e 0` costs. */
function failure(meter) {
  const [command, ...args] = meter.wrap([process.execPath, '-e', '0']);
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.error) return done.error.code === 'ENOENT' ? 'it is not installed' : done.error.message;
  if (done.status !== 0) return done.stderr.trim().split('\n')[0] || `it ended with ${done.status}`;
  return meter.read() > 0 ? undefined : 'this machine has no counter for it';
}

const withoutProc = () => (process.platform === 'linux' ? undefined : 'it is read from /proc');

/** Nanoseconds that all threads of a process have run, see proc(5). */
function processorTime(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce(
    (sum, thread) =>
      sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    0,
  );
}
