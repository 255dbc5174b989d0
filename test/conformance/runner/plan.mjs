import path from 'node:path';

const here = path.resolve(import.meta.dirname, '..');
const WRAP = path.resolve(here, '../../bin/policy-wrap.js');
const SERVER = [process.execPath, path.join(here, 'server/main.mjs')];

/** The released suite, and the one that knows 2026-07-28 and checks every message against its schema. */
const RELEASED = '0.1.16';
const NEXT = '0.2.0-alpha.12';

/** Policies that refuse nothing. */
const [ALLOW, OBSERVE, RULES] = ['allow', 'observe', 'rules'].map((name) =>
  path.join(here, 'policies', `${name}.yaml`),
);
const EACH = [ALLOW, OBSERVE, RULES];

/** What is checked: a revision of the protocol, by a version of the suite, under some policies. */
export const ROWS = [
  { revision: '2025-06-18', version: RELEASED, args: cumulative('2025-06-18'), policies: [ALLOW] },
  { revision: '2025-06-18', version: NEXT, args: cumulative('2025-06-18'), policies: EACH },
  { revision: '2025-11-25', version: RELEASED, args: cumulative('2025-11-25'), policies: [ALLOW] },
  { revision: '2025-11-25', version: NEXT, args: ['--requirements', '2025-11-25'], policies: EACH },
  { revision: '2026-07-28', version: NEXT, args: ['--requirements', '2026-07-28'], policies: EACH },
];

/** The suite has no list of what 2025-06-18 requires. */
function cumulative(revision) {
  return ['--suite', 'all', '--spec-version', revision];
}

export function directly() {
  return SERVER;
}

export function wrapped(policy) {
  return [process.execPath, WRAP, '--config', policy, '--', ...SERVER];
}
