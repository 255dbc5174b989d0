// Fuzzes for as long as wanted: npm run fuzz -- [target …] [--seconds 60] [--seed 1] [--corpus FOLDER]
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const cache = path.join(root, 'node_modules/.cache/policy-wrap-fuzz');
const ALL = readdirSync(path.join(here, 'targets'))
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name !== 'index');
/** An input that runs for so long never ends. Milliseconds. */
const ENDLESS = 60_000;
const LARGEST = 1 << 16;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    corpus: { type: 'string', default: path.join(cache, 'corpus') },
  },
});
const targets = positionals.length > 0 ? positionals : ALL;
const unknown = targets.filter((target) => !ALL.includes(target));
if (unknown.length > 0) {
  console.error(`no such target: ${unknown.join(', ')}\n  help: the targets are ${ALL.join(', ')}`);
  process.exit(1);
}

process.chdir(root);
const { file, branches } = await bundle(path.join(here, 'worker.ts'), path.join(cache, 'worker.cjs'));
console.log(`seed ${values.seed}, ${branches} branches are counted, ${values.seconds} s for each target`);
let found = 0;
for (const target of targets) found += report(target, await fuzz(target));
process.exitCode = found > 0 ? 1 : 0;

/** Runs one target in a thread of its own, which can be ended whatever it does. */
function fuzz(target) {
  const current = new SharedArrayBuffer(8 + LARGEST);
  const [counter, length] = [new Int32Array(current, 0, 1), new Int32Array(current, 4, 1)];
  const corpus = path.join(values.corpus, target);
  const workerData = {
    target,
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    corpus,
    current,
  };
  const worker = new Worker(file, { workerData });
  const start = Date.now();
  let last = { executions: 0, corpus: 0, branches: 0, findings: [] };
  let seen = -1;
  const watch = setInterval(() => {
    if (seen === Atomics.load(counter, 0)) {
      const input = new Uint8Array(current, 8).slice(0, length[0]);
      last.findings = [...last.findings, { input, message: `did not end within ${ENDLESS} ms` }];
      void worker.terminate();
    }
    seen = Atomics.load(counter, 0);
  }, ENDLESS);
  return new Promise((resolve, reject) => {
    worker.on('message', (progress) => {
      last = { ...progress, seconds: (Date.now() - start) / 1_000 };
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(watch);
      resolve(last);
    });
  });
}

function report(target, { executions, corpus, branches: taken, findings, seconds = 1 }) {
  const rate = Math.round(executions / seconds);
  console.log(
    `${target.padEnd(8)} ${executions} executions, ${rate} a second; ${corpus} inputs kept, ${taken} branches taken`,
  );
  for (const { input, message } of findings) {
    const name = `${target}-${Buffer.from(input).toString('hex').slice(0, 12)}-${input.length}`;
    const folder = path.join(cache, 'findings');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), input);
    console.log(`  FOUND ${message}\n  input ${JSON.stringify(Buffer.from(input).toString('latin1'))}`);
    console.log(`  (byte by byte) kept as ${path.relative(root, path.join(folder, name))}`);
  }
  return findings.length;
}
