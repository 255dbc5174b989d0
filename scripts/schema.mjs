// Writes the JSON Schema of the policy file. What makes it is as large as the schema library, so it is not in the package.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** Writes `schema/policy-wrap.schema.json` below the root of the repository. */
export async function writeSchema(root) {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-schema-'));
  try {
    const outfile = path.join(folder, 'schema.cjs');
    const entry = path.join(root, 'src/core/policy/document/json-schema.ts');
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs' });
    const { policyJsonSchema } = createRequire(import.meta.url)(outfile);
    mkdirSync(path.join(root, 'schema'), { recursive: true });
    const schema = `${JSON.stringify(policyJsonSchema())}\n`;
    writeFileSync(path.join(root, 'schema/policy-wrap.schema.json'), schema);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
