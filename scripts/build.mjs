// Bundles the program: CommonJS files, since they start fastest on Node 20, one for each entry and for each `import()`, so
// that `run` loads only what it needs, and one for what several of them need. Also writes the JSON Schema, the types and
// the third-party notices.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { writeNotices } from './notices.mjs';
import { buildPage } from './page.mjs';
import { writeSchema } from './schema.mjs';
import { writeTypes } from './types.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const require = createRequire(import.meta.url);

/** What libraries bring along and nothing here calls. */
const UNUSED = [
  [/^@colors\/colors\/safe$/, 'nothing.mjs'],
  [/^emoji-regex$/, 'emoji.cjs'],
];

const standIns = {
  name: 'stand-ins',
  setup({ onResolve }) {
    for (const [filter, standIn] of UNUSED)
      onResolve({ filter }, () => ({ path: path.join(root, 'scripts/unused', standIn) }));
  },
};

/** Has each bundle import what is shared, all of it: otherwise there would be a file for each group that shares something. */
const importing = (shared) => ({
  name: 'importing',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^shared$/ }, () => ({ path: 'shared', namespace: 'shared' }));
    onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
      contents: shared.map((file) => `import ${JSON.stringify(file)};`).join('\n'),
    }));
    onResolve({ filter: /.*/, namespace: 'shared' }, (file) => ({ path: path.join(root, file.path) }));
    onLoad({ filter: /\.ts$/ }, ({ path: file }) =>
      entries.has(file)
        ? { contents: `import 'shared';\n${readFileSync(file, 'utf8')}`, loader: 'ts' }
        : undefined,
    );
  },
});

function bundle(entryPoints, plugins) {
  return build({
    entryPoints,
    absWorkingDir: root,
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    chunkNames: plugins.length > 1 ? 'shared' : '[hash]',
    bundle: true,
    splitting: true,
    write: false,
    minify: true,
    charset: 'utf8',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    logOverride: { 'ignored-bare-import': 'silent' },
    plugins,
    define: { POLICY_WRAP_VERSION: JSON.stringify(require('../package.json').version) },
  });
}

const outputsOf = ({ metafile }) => Object.values(metafile.outputs);
const first = await bundle(['src/main.ts', 'src/index.ts'], [standIns]);
const entries = new Set(
  outputsOf(first).flatMap(({ entryPoint }) => (entryPoint ? [path.join(root, entryPoint)] : [])),
);
const shared = outputsOf(first).flatMap(({ entryPoint, inputs }) => (entryPoint ? [] : Object.keys(inputs)));
const { metafile, outputFiles } = await bundle([...entries], [standIns, importing(shared)]);

rmSync(dist, { recursive: true, force: true });
mkdirSync(path.join(dist, 'demo'), { recursive: true });
for (const { path: file, text } of outputFiles) {
  const { code } = await transform(text, {
    format: 'cjs',
    minify: true,
    charset: 'utf8',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
  });
  writeFileSync(file, code);
}
writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');

copyFileSync(
  path.join(root, 'examples/amazon-mq/policy-wrap.yaml'),
  path.join(dist, 'demo/policy-wrap.yaml'),
);
await buildPage(root);
writeNotices(Object.keys(metafile.inputs), root);
await writeSchema(root);
if (!process.argv.includes('--no-types')) writeTypes(root);
