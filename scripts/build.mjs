// Bundles the program: CommonJS files, since they start fastest on Node 20. There is one for each entry and for each
// `import()`, so that `run` loads only what it needs, one for what several of them need, and one for what only those
// share that are loaded rarely. Also writes the JSON Schema, the types and the third-party notices.
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
  [/^\.{1,2}\/(?:to-json|from-json|to-binary)\.js$/, 'protobuf-forms.mjs'],
];

const standIns = {
  name: 'stand-ins',
  setup({ onResolve }) {
    for (const [filter, standIn] of UNUSED)
      onResolve({ filter }, () => ({ path: path.join(root, 'scripts/unused', standIn) }));
  },
};

/** What is loaded before the first call is judged, and the library: they load nothing that only others share. */
const ALWAYS = [
  'src/main.ts',
  'src/proxy/relay.ts',
  'src/config/policy-file.ts',
  'src/core/condition.ts',
  'src/index.ts',
];

/**
 * Has each bundle import all that is shared: otherwise there would be a file for each group that shares something. What
 * only rare bundles share is imported by these alone.
 * @param shared files by the name of the bundle that they make together
 */
const importing = (shared) => ({
  name: 'importing',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^together:/ }, ({ path: name }) => ({ path: name, namespace: 'together' }));
    onLoad({ filter: /.*/, namespace: 'together' }, ({ path: name }) => ({
      contents: shared
        .get(name)
        .map((file) => `import ${JSON.stringify(file)};`)
        .join('\n'),
    }));
    onResolve({ filter: /.*/, namespace: 'together' }, (file) => ({ path: path.join(root, file.path) }));
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      if (!entries.has(file)) return undefined;
      const names = [...shared.keys()].slice(
        0,
        ALWAYS.some((each) => path.join(root, each) === file) ? 1 : 2,
      );
      const imports = names.map((name) => `import '${name}';\n`).join('');
      return { contents: `${imports}${readFileSync(file, 'utf8')}`, loader: 'ts' };
    });
  },
});

function bundle(entryPoints, plugins) {
  return build({
    entryPoints,
    absWorkingDir: root,
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    chunkNames: '[hash]',
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

const outputsOf = ({ metafile }) => Object.entries(metafile.outputs);
/** The outputs that an entry loads with it, itself among them. */
const loadedWith = ({ metafile }, entry) => {
  const found = new Set();
  const add = (name) => {
    if (found.has(name) || !metafile.outputs[name]) return;
    found.add(name);
    for (const { path: next, kind } of metafile.outputs[name].imports)
      if (kind === 'import-statement') add(next);
  };
  for (const [name, { entryPoint }] of outputsOf({ metafile })) if (entryPoint === entry) add(name);
  return found;
};

const first = await bundle(['src/main.ts', 'src/index.ts'], [standIns]);
const entries = new Set(
  outputsOf(first).flatMap(([, { entryPoint }]) => (entryPoint ? [path.join(root, entryPoint)] : [])),
);
const always = new Set(ALWAYS.flatMap((entry) => [...loadedWith(first, entry)]));
const sharedFiles = (fits) =>
  outputsOf(first).flatMap(([name, { entryPoint, inputs }]) =>
    entryPoint || !fits(name) ? [] : Object.keys(inputs),
  );
const shared = new Map([
  ['together:always', sharedFiles((name) => always.has(name))],
  ['together:rarely', sharedFiles((name) => !always.has(name))],
]);
const second = await bundle([...entries], [standIns, importing(shared)]);
const { metafile, outputFiles } = second;
const alwaysNow = loadedWith(second, 'src/main.ts');
const names = new Map(
  outputsOf(second).flatMap(([name, { entryPoint }]) =>
    entryPoint ? [] : [[path.basename(name), alwaysNow.has(name) ? 'shared.cjs' : 'shared-rarely.cjs']],
  ),
);
if (new Set(names.values()).size < names.size)
  throw new Error('what is shared makes more files than it should');

rmSync(dist, { recursive: true, force: true });
mkdirSync(path.join(dist, 'demo'), { recursive: true });
for (const { path: file, text } of outputFiles) {
  const named = [...names].reduce((all, [chunk, name]) => all.replaceAll(`./${chunk}`, `./${name}`), text);
  const { code } = await transform(named, {
    format: 'cjs',
    minify: true,
    charset: 'utf8',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
  });
  writeFileSync(path.join(dist, names.get(path.basename(file)) ?? path.basename(file)), code);
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
