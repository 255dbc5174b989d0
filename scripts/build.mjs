// Bundles the program: one CommonJS file for each entry and for each `import()`, since that starts fastest on Node 20
// and `run` then loads only what it needs. Also writes the JSON Schema, the types and the third-party notices.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeNotices } from './notices.mjs';
import { writeSchema } from './schema.mjs';
import { writeTypes } from './types.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const require = createRequire(import.meta.url);

/** Entries found so far, by the name of the bundle. `import()` of a source file adds one. */
const entries = new Map([
  ['main', path.join(root, 'src/main.ts')],
  ['index', path.join(root, 'src/index.ts')],
]);

/** What libraries bring along and nothing here calls. */
const UNUSED = [
  [/^@colors\/colors\/safe$/, 'nothing.mjs'],
  [/^emoji-regex$/, 'emoji.cjs'],
];

/** Every `import()` of a file of ours becomes a `require` of a bundle of its own. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path: specifier, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.resolve(resolveDir, specifier.replace(/\.js$/, '.ts'));
      const name = path.basename(file, '.ts');
      if ((entries.get(name) ?? file) !== file) throw new Error(`two lazy bundles are called ${name}`);
      entries.set(name, file);
      return { path: `./${name}.cjs`, external: true };
    });
    for (const [filter, standIn] of UNUSED)
      onResolve({ filter }, () => ({ path: path.join(root, 'scripts/unused', standIn) }));
  },
};

rmSync(dist, { recursive: true, force: true });
const inputs = new Set();
const built = new Set();
while (built.size < entries.size) {
  const [name, file] = [...entries].find(([candidate]) => !built.has(candidate));
  built.add(name);
  const { metafile } = await build({
    entryPoints: [file],
    outfile: path.join(dist, `${name}.cjs`),
    bundle: true,
    minify: true,
    keepNames: false,
    charset: 'utf8',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [lazyBundles],
    define: { POLICY_WRAP_VERSION: JSON.stringify(require('../package.json').version) },
  });
  for (const input of Object.keys(metafile.inputs)) inputs.add(input);
}
writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');

mkdirSync(path.join(dist, 'demo'));
copyFileSync(
  path.join(root, 'examples/amazon-mq/policy-wrap.yaml'),
  path.join(dist, 'demo/policy-wrap.yaml'),
);
writeNotices(inputs, root);
await writeSchema(root);
if (!process.argv.includes('--no-types')) writeTypes(root);
