import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../platform/user-error.js';

/** Prints the JSON Schema of the policy file, as it is in the package. */
export function schema(): number {
  process.stdout.write(readFileSync(path.join(__dirname, '..', 'schema', 'policy-wrap.schema.json'), 'utf8'));
  return EXIT.fine;
}
