import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the tests are: where they are run from, since the fuzzer runs them from a bundle elsewhere. */
const TEST = path.resolve('test');

interface Attack {
  line?: string;
  hex?: string;
}

/** The lines of test/fixtures/attacks.jsonl. */
export function attackLines(): Uint8Array[] {
  return readFileSync(path.join(TEST, 'fixtures/attacks.jsonl'), 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => JSON.parse(row) as Attack)
    .map(({ line = '', hex }) =>
      Uint8Array.from(hex === undefined ? Buffer.from(line) : Buffer.from(hex, 'hex')),
    );
}

/** The policy files of the examples. */
export function examplePolicies(): Uint8Array[] {
  return ['amazon-mq', 'filesystem', 'github'].map((story) =>
    Uint8Array.from(readFileSync(path.resolve('examples', story, 'policy-wrap.yaml'))),
  );
}
