import { execFileSync } from 'node:child_process';
import { Packages } from '../test/conformance/runner/packages.mjs';
import { measureStartBefore } from './measure-start.mjs';
import { direct, INSTANT_SERVER, nodeRaw, wrapped } from './variants.mjs';

const MAJORS = [20, 22, 24, 26];
const LOAD = { rounds: 25, milliseconds: 15_000 };

/** Installs what is missing; what npm cannot bring is skipped when it is measured. */
export async function installNodes() {
  for (const major of MAJORS)
    await new Packages({ offline: false }).nodeOf(major).catch(({ message }) => console.error(message));
}

/** Start on each Node, which differ in what they load and keep compiled. */
export async function measureNodes(bench) {
  for (const major of MAJORS) {
    const title = `start, no policy file, Node ${major}`;
    await bench.attempt(title, async () => {
      const node = await installed(major);
      if (node === undefined)
        return bench.report.skip(title, `it is not installed, see node bench/run.mjs --install`);
      bench.report.print(`  Node ${execFileSync(node, ['-p', 'process.versions.node']).toString().trim()}`);
      const by = (wrapper) => (command) => wrapper(command, node);
      await measureStartBefore(bench, title, INSTANT_SERVER, LOAD, [
        { name: 'direct', wrapper: direct },
        { name: 'node-raw', wrapper: by(nodeRaw) },
        ...(bench.wrap ? [{ name: 'policy-wrap', wrapper: by(wrapped(bench.wrap)) }] : []),
      ]);
    });
  }
}

function installed(major) {
  if (Number.parseInt(process.versions.node, 10) === major) return process.execPath;
  return new Packages({ offline: true }).nodeOf(major).catch(() => undefined);
}
