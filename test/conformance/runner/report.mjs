import path from 'node:path';

/** A table that is printed as the rows come. */
export class Table {
  differing = 0;

  constructor() {
    console.log(line(['revision', 'suite', 'policy', 'checks', 'direct', 'wrapped', 'differ']));
  }

  add(row, measured) {
    for (const run of figures(row, measured)) {
      this.differing += run.differences.length;
      const { revision, suite, policy, checks, direct, wrapped, differences, once } = run;
      console.log(line([revision, suite, policy, checks, direct, wrapped, differences.length]));
      for (const difference of differences) console.log(shown(difference));
      for (const difference of once) console.log(`${shown(difference)}\n    It did not differ again.`);
    }
  }

  end() {
    console.log(this.differing === 0 ? '\nNo check differs.' : `\nChecks that differ: ${this.differing}.`);
  }
}

/** The same for programs. */
export class JsonReport {
  differing = 0;
  #runs = [];

  add(row, measured) {
    const runs = figures(row, measured);
    this.#runs.push(...runs);
    this.differing += runs.flatMap(({ differences }) => differences).length;
  }

  end() {
    console.log(JSON.stringify({ runs: this.#runs }, undefined, 2));
  }
}

/** One entry for each policy. */
function figures({ revision, version }, { direct, runs }) {
  return runs.map(({ policy, checks, differences, once }) => ({
    revision,
    suite: version,
    policy: path.basename(policy, path.extname(policy)),
    checks: direct.size,
    direct: passed(direct),
    wrapped: passed(checks),
    differences,
    once,
  }));
}

/** How many pass of those that pass or fail; a check may also only inform, warn, or be skipped. */
function passed(checks) {
  const count = (...kinds) => [...checks.values()].filter(({ status }) => kinds.includes(status)).length;
  return `${count('SUCCESS')}/${count('SUCCESS', 'FAILURE')}`;
}

function shown({ key, direct, wrapped }) {
  return `  ${key}\n    direct:  ${direct}\n    wrapped: ${wrapped}`;
}

const WIDTHS = [12, 16, 10, 8, 10, 10, 6];

function line(cells) {
  return cells
    .map((cell, index) => `${cell}`.padEnd(WIDTHS[index]))
    .join('')
    .trimEnd();
}
