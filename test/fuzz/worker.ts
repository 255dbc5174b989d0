import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { evolve, type Progress } from './evolve.js';
import { TARGETS } from './targets/index.js';

/** What `run.mjs` wants of a worker. */
interface Order {
  target: string;
  seconds: number;
  seed: number;
  /** A folder where inputs that were worth keeping are kept. */
  corpus: string;
  /** The number of the input and its bytes are put here, so that one that never ends can be shown. */
  current: SharedArrayBuffer;
}

const { target: name, seconds, seed, corpus, current } = workerData as Order;
const target = TARGETS[name];
if (target === undefined) throw new Error(`there is no target ${name}`);

const [counter, length] = [new Int32Array(current, 0, 1), new Int32Array(current, 4, 1)];
const bytes = new Uint8Array(current, 8);
const end = Date.now() + seconds * 1_000;
let asked = 0;

mkdirSync(corpus, { recursive: true });
const known = readdirSync(corpus).map((file) => Uint8Array.from(readFileSync(path.join(corpus, file))));

const done = evolve(target, {
  seed,
  known,
  goOn: (progress) => {
    if (++asked % 200 !== 0) return true;
    if (asked % 20_000 === 0) tell(progress);
    return Date.now() < end;
  },
  starting: (input) => {
    bytes.set(input.subarray(0, bytes.length));
    length[0] = input.length;
    Atomics.add(counter, 0, 1);
  },
  learned: (input) => {
    const file = createHash('sha256').update(input).digest('hex').slice(0, 16);
    writeFileSync(path.join(corpus, file), input);
  },
});
tell(done);

function tell({ executions, corpus: kept, branches, findings }: Progress): void {
  parentPort?.postMessage({ executions, corpus: kept, branches, findings });
}
