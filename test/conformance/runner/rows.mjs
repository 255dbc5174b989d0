import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { compare } from './compare.mjs';
import { measure } from './measure.mjs';
import { directly, wrapped } from './plan.mjs';

/** Measures rows of the plan, several runs at a time. */
export class Rows {
  #node;
  #suites;
  #folder;
  #take;

  /** `suites`: the path of the suite's program, by version; all that the runs leave is below `folder`. */
  constructor({ node, suites, folder, atOnce }) {
    this.#node = node;
    this.#suites = suites;
    this.#folder = folder;
    this.#take = turns(atOnce);
  }

  /** One row: { direct, runs: [{ policy, checks, differences, once }] }. */
  async measure(row) {
    const [direct, ...others] = await this.#runs(row, row.policies);
    const runs = row.policies.map((policy, index) => {
      const checks = others[index];
      return { policy, checks, differences: compare(direct, checks), once: [] };
    });
    const differing = runs.filter(({ differences }) => differences.length > 0);
    if (differing.length > 0) await this.#again(row, differing);
    return { direct, runs };
  }

  /** Some checks wait for a fixed time. What differs once and not again was the machine's doing. */
  async #again(row, runs) {
    const policies = runs.map(({ policy }) => policy);
    const [direct, ...others] = await this.#runs(row, policies);
    for (const [index, run] of runs.entries()) {
      const again = new Set(compare(direct, others[index]).map(({ key }) => key));
      run.once = run.differences.filter(({ key }) => !again.has(key));
      run.differences = run.differences.filter(({ key }) => again.has(key));
    }
  }

  #runs({ version, args }, policies) {
    const suite = this.#suites.get(version);
    const commands = [directly(), ...policies.map(wrapped)];
    return Promise.all(
      commands.map((command) =>
        this.#take(() => measure({ node: this.#node, suite, args, command, folder: this.#place() })),
      ),
    );
  }

  #place() {
    mkdirSync(this.#folder, { recursive: true });
    return mkdtempSync(path.join(this.#folder, 'run-'));
  }
}

/** Runs what it is given, `most` at a time, in the order of the calls. */
function turns(most) {
  let running = 0;
  const waiting = [];
  return async (work) => {
    if (running >= most) await new Promise((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
