// Bundles the program: CommonJS files, since they start fastest on Node 20. There is one for each entry and for each
// `import()`, so that `run` loads only what it needs, one for what several of them need, one for what no session needs
// before its first call (later.mjs), and one for what only those share that are loaded rarely. Also writes the JSON Schema, the types, the third-party notices, and source maps, which
// are not published: `scripts/stack.mjs` reads them.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { commonJs, mergeStart } from './common-js.mjs';
import { CALLS, laterThan, runAtOnce, tables } from './later.mjs';
import { writeNotices } from './notices.mjs';
import { buildPage } from './page.mjs';
import { writeSchema } from './schema.mjs';
import { writeTypes } from './types.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const require = createRequire(import.meta.url);

/** What the program begins with. It is written last, so that a build which was interrupted does not look like a whole one. */
const MAIN = 'main.cjs';

/** What libraries bring along and nothing here calls: how it is imported, what stands in, and by which files alone. */
const UNUSED = [
  [/^\.{1,2}\/(?:to-json|from-json|to-binary)\.js$/, 'protobuf-forms.mjs'],
  [/^parse-json$/, 'parse-json.cjs'],
  [
    /^(?:yaml|import-fresh|\.\/Explorer)$/,
    'cosmiconfig.cjs',
    /\/node_modules\/cosmiconfig\/dist\/[a-zA-Z]+\.js$/,
  ],
];

/** Its `main` loads its own parts in a way that no bundler sees. */
const ALIASES = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

const standIns = {
  name: 'stand-ins',
  setup({ onResolve }) {
    for (const [filter, standIn, owners = /./] of UNUSED)
      onResolve({ filter }, ({ importer }) =>
        owners.test(importer.split(path.sep).join('/'))
          ? { path: path.join(root, 'scripts/unused', standIn) }
          : undefined,
      );
  },
};

/** Every run begins with it, and without a policy file that has to be read it loads nothing else before the first answer. */
const START = 'src/start.ts';

/**
 * What several bundles need is in files of its own: one for all that every run loads, one for what calls need (and the library),
 * one for what checks the messages of other processes needs (and other policy
 * files: the schema library), one for what those add, one for what conditions add, and one for the rest. A file goes to the
 * first of them whose entries load it.
 */
const GROUPS = [
  ['shared', [START]],
  ['shared-calls', [CALLS, 'src/index.ts']],
  ['shared-schema', ['src/approvals/inbox/inbox-schema.ts']],
  ['shared-policy', ['src/config/policy-file.ts']],
  ['shared-condition', ['src/core/policy/conditions/cel.ts']],
  ['shared-rarely', []],
];

/**
 * Has each bundle import the whole of each group that it needs a part of: otherwise there would be a file for each set of
 * bundles that share something.
 * @param groups files by the name of the group
 * @param needs the names of the groups by entry
 */
const importing = (groups, needs) => ({
  name: 'importing',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^together:/ }, ({ path: name }) => ({ path: name, namespace: 'together' }));
    onLoad({ filter: /.*/, namespace: 'together' }, ({ path: name }) => ({
      contents: groups
        .get(name.slice('together:'.length))
        .map((file) => `import ${JSON.stringify(file)};`)
        .join('\n'),
    }));
    onResolve({ filter: /.*/, namespace: 'together' }, (file) => ({ path: path.join(root, file.path) }));
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const names = needs.get(path.relative(root, file).split(path.sep).join('/'));
      if (names === undefined) return undefined;
      // On the first line, or the source map would count lines that the file does not have.
      const imports = names.map((name) => `import 'together:${name}'; `).join('');
      return { contents: `${imports}${readFileSync(file, 'utf8')}`, loader: 'ts' };
    });
  },
});

/** What programs of others load, also as ECMAScript modules, which read from the text what there is. */
const PUBLIC = ['index.cjs', 'conditions.cjs', 'yaml.cjs'];

const define = {
  POLICY_WRAP_VERSION: JSON.stringify(require('../package.json').version),
  POLICY_WRAP_HOMEPAGE: JSON.stringify(require('../package.json').homepage),
};

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
    alias: ALIASES,
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'warning',
    logOverride: { 'ignored-bare-import': 'silent' },
    plugins,
    define,
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

const ENTRIES = [START, CALLS, 'src/index.ts', 'src/conditions.ts', 'src/yaml.ts'];
const whole = await bundle(ENTRIES, [standIns, tables]);
const later = laterThan(whole.metafile, [START], root);
const first = await bundle(ENTRIES, [standIns, tables, later]);
const entries = outputsOf(first).flatMap(([, { entryPoint }]) => entryPoint ?? []);
/** The files that run when what has them is loaded; others only when a name of a table is first used. */
const atOnce = runAtOnce(first.metafile, entries);
/** The files that more than one bundle needs, of those that the entry loads; of what every run begins with, all. */
const sharedOf = (entry) =>
  [...loadedWith(first, entry)].flatMap((name) => {
    const { entryPoint, inputs } = first.metafile.outputs[name];
    return entryPoint && entry !== START ? [] : Object.keys(inputs).filter((file) => atOnce.has(file));
  });
const groupOf = new Map();
for (const [name, owners] of GROUPS)
  for (const owner of owners.length > 0 ? owners : entries)
    for (const file of sharedOf(owner)) if (!groupOf.has(file)) groupOf.set(file, name);
const importsOf = (file) =>
  first.metafile.inputs[file].imports.flatMap(({ path: next, kind }) =>
    kind !== 'dynamic-import' && groupOf.has(next) ? [next] : [],
  );
/** What files of two groups need goes to what comes first of all, or each bundle of the one would load all of the other; so does what it needs itself. */
const BASES = ['shared', 'shared-calls'];
const move = (file, base) => {
  const group = groupOf.get(file);
  if (group === 'shared' || group === base) return;
  if (/node_modules\/(?:yaml|@bufbuild)\//.test(file)) throw new Error(`every run would load ${file}`);
  groupOf.set(file, base);
  for (const next of importsOf(file)) move(next, base);
};
for (const base of BASES.toReversed())
  for (const [file, group] of [...groupOf])
    for (const next of importsOf(file))
      if (
        base === 'shared'
          ? group === 'shared'
          : !BASES.includes(groupOf.get(next)) && groupOf.get(next) !== group
      )
        move(next, base);
const groups = new Map(
  GROUPS.map(([name]) => [name, [...groupOf.keys()].filter((file) => groupOf.get(file) === name)]),
);
const needs = new Map(
  entries.map((entry) => {
    // What every run loads has what esbuild itself needs, too.
    const needed = new Set(['shared', ...sharedOf(entry).map((file) => groupOf.get(file))]);
    for (const name of needed)
      for (const file of groups.get(name)) for (const next of importsOf(file)) needed.add(groupOf.get(next));
    return [entry, GROUPS.flatMap(([name]) => (needed.has(name) ? [name] : []))];
  }),
);
const { metafile, outputFiles } = await bundle(entries, [standIns, tables, later, importing(groups, needs)]);
const names = new Map(
  outputsOf({ metafile }).flatMap(([name, { entryPoint, inputs }]) => {
    const file = Object.keys(inputs).find((input) => groupOf.has(input));
    return entryPoint || file === undefined ? [] : [[path.basename(name), `${groupOf.get(file)}.cjs`]];
  }),
);
if (new Set(names.values()).size < names.size)
  throw new Error(`what is shared makes more files than it should: ${[...names.values()].join(', ')}`);

/** What a bundle exports is there when it has run, so none may load one that is loading it. */
const runsBefore = (name, after = []) => {
  if (after.includes(name))
    throw new Error(`bundles load each other: ${[...after, name].map(nameOf).join(' > ')}`);
  for (const { path: next, kind } of metafile.outputs[name]?.imports ?? [])
    if (kind === 'import-statement') runsBefore(next, [...after, name]);
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(path.join(dist, 'demo'), { recursive: true });
const nameOf = (file) => names.get(path.basename(file)) ?? path.basename(file);
// By itself, since it loads the others.
const { outputFiles: ofMain } = await bundle(['src/main.ts'], []);
for (const name of Object.keys(metafile.outputs)) runsBefore(name);
const textOf = new Map([...outputFiles, ...ofMain].map(({ path: file, text }) => [file, text]));
mergeStart(textOf, nameOf);
const bundles = new Map();
for (const [file, text] of textOf)
  if (!file.endsWith('.map')) {
    const name = nameOf(file);
    const made = await commonJs({
      file,
      text,
      map: textOf.get(`${file}.map`),
      to: path.join(dist, name),
      isPublic: PUBLIC.includes(name),
      nameOf,
    });
    for (const [name, contents] of made) bundles.set(name, contents);
  }
const write = (name) => writeFileSync(path.join(dist, name), bundles.get(name));
for (const name of bundles.keys()) if (name !== MAIN) write(name);
writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');

copyFileSync(
  path.join(root, 'examples/amazon-mq/policy-wrap.yaml'),
  path.join(dist, 'demo/policy-wrap.yaml'),
);
await buildPage(root);
writeNotices(Object.keys(metafile.inputs), root);
await writeSchema(root);
write(MAIN);
if (!process.argv.includes('--no-types')) writeTypes(root);
