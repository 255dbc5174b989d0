// Runs the official conformance suite against a stdio server, directly and through policy-wrap, and compares every check.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Packages, Unavailable } from './runner/packages.mjs';
import { ROWS } from './runner/plan.mjs';
import { JsonReport, Table } from './runner/report.mjs';
import { Rows } from './runner/rows.mjs';

const USAGE = `node test/conformance/run.mjs                        everything
node test/conformance/run.mjs --revision 2026-07-28  one revision of the protocol; repeatable

--policy FILE  a policy to compare with, instead of those that refuse nothing; repeatable
--at-once N    how many runs there are at a time, by default one for each core
--keep         leave what the suite and the servers have written, and say where
--json         one JSON object at the end instead of the table
--offline      install nothing: end with 2 when something is missing
--install      install what is missing, and no more`;

try {
  process.exitCode = await main(options());
} catch (error) {
  console.error(error.message);
  if (error instanceof Unavailable) console.error(`help: ${error.help}`);
  process.exitCode = error instanceof Unavailable ? 2 : 1;
}

function options() {
  const { values } = parseArgs({
    options: {
      revision: { type: 'string', multiple: true },
      policy: { type: 'string', multiple: true },
      'at-once': { type: 'string', default: `${availableParallelism()}` },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
      install: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

/** Exit code: 0 no check differs, 1 one does or could not be made, 2 the suite cannot be had. */
async function main({ help, install, offline, keep, json, 'at-once': atOnce, ...choice }) {
  if (help) return void console.log(USAGE);
  const rows = chosenRows(choice);
  const packages = new Packages({ offline });
  const node = await packages.node();
  const suites = new Map();
  for (const { version } of rows) suites.set(version, await packages.suite(version));
  if (install) return 0;
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-conformance-'));
  try {
    const measurer = new Rows({ node, suites, folder, atOnce: Number(atOnce) });
    return await compareAll(rows, measurer, json ? new JsonReport() : new Table());
  } finally {
    if (keep) console.error(`What was written is in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

function chosenRows({ revision, policy }) {
  const rows = ROWS.filter((row) => revision === undefined || revision.includes(row.revision));
  if (rows.length === 0) throw new Error(`There is no such revision.\n\n${USAGE}`);
  if (policy === undefined) return rows;
  return rows.map((row) => ({ ...row, policies: policy.map((file) => path.resolve(file)) }));
}

async function compareAll(rows, measurer, report) {
  for (const row of rows) report.add(row, await measurer.measure(row));
  report.end();
  return report.differing === 0 ? 0 : 1;
}
