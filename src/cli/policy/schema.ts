import { readFileSync } from 'node:fs';
import path from 'node:path';
import { indentJson } from '../../core/json/indent.js';
import { EXIT } from '../../platform/user-error.js';

/** Prints the JSON Schema of the policy file, as it is in the package, for people: a key on each line. */
export function schema(): number {
  const text = readFileSync(path.join(__dirname, '..', 'schema', 'policy-wrap.schema.json'), 'utf8');
  process.stdout.write(`${[...indentJson(text)].map((piece) => piece.text).join('')}\n`);
  return EXIT.fine;
}
