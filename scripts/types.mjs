// Writes the declarations of the library, and of what they refer to: nothing of the inner parts.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { policyDeclarations } from './policy-declarations.mjs';

const require = createRequire(import.meta.url);
const ENTRIES = ['index.d.ts', 'conditions.d.ts', 'yaml.d.ts'];

/** After the JSON Schema was written. @param {string} root */
export function writeTypes(root) {
  const folder = path.join(root, 'dist/types');
  execFileSync(
    process.execPath,
    [require.resolve('typescript/bin/tsc'), '-p', path.join(root, 'tsconfig.types.json')],
    { stdio: 'inherit' },
  );
  const schema = JSON.parse(readFileSync(path.join(root, 'schema/policy-wrap.schema.json'), 'utf8'));
  writeFileSync(path.join(folder, 'core/policy/document/document.d.ts'), policyDeclarations(schema));
  const reached = new Set();
  for (const entry of ENTRIES) reachable(path.join(folder, entry), reached);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
  }
}

/** Adds a declaration and all that it refers to: nothing of packages, since none is installed with ours. */
function reachable(file, found) {
  if (found.has(file)) return;
  found.add(file);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/(?:from\s+|import\()['"]([^'"]+)['"]/g)) {
    if (!specifier.startsWith('.')) throw new Error(`${file} refers to types of '${specifier}'`);
    reachable(path.resolve(path.dirname(file), specifier.replace(/\.js$/, '.d.ts')), found);
  }
}
