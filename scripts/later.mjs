// What a bundle fetches when it first uses it, and not when it is loaded: modules of Node that a bare relay does not load,
// and what no session needs before its first call.
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** What is fetched later exports it, and nothing else. */
export const CALLS = 'src/calls.ts';
const BUNDLE = './calls.cjs';

/**
 * Modules of Node that are loaded when a name of theirs is first used. Those that are always there (`fs`, `path`) or belong
 * to every relay (`child_process`, `net`) are not among them. They take some 8 ms of a start on Node 20, and `crypto` most of that.
 */
const LATE = new Set(['crypto', 'http', 'os', 'readline', 'timers/promises', 'tty', 'url', 'util']);

/**
 * Tables that are made when they are first looked into (at each start: 0.4 ms for all of them), and what is for one system
 * alone.
 */
const TABLES = /\/(?:launch\/[a-z]+-launchers|processes\/windows-spawn)\.js$/;

/** The files that run when what has them is loaded: all that these lead to, but for what only those tables lead to. */
export function runAtOnce({ inputs }, entries) {
  const found = new Set();
  const add = (file) => {
    if (found.has(file) || inputs[file] === undefined || file.startsWith('table:')) return;
    found.add(file);
    for (const { path: next } of inputs[file].imports) add(next);
  };
  for (const entry of entries) add(entry);
  return found;
}

/** Has these files run when a name of theirs is first used. */
export const tables = {
  name: 'tables',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: TABLES }, ({ path: file, resolveDir, kind }) =>
      kind === 'import-statement'
        ? { path: path.join(resolveDir, file.replace(/js$/, 'ts')), namespace: 'table' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'table' }, ({ path: file }) => {
      const names = [...readFileSync(file, 'utf8').matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      return { contents: gettersOf(file, names), resolveDir: path.dirname(file) };
    });
  },
};

/**
 * Cuts what is loaded at the start from what is loaded later.
 * @param metafile of a build without this, which says who imports whom
 * @param entries of what is loaded at the start
 */
export function laterThan({ inputs }, entries, root) {
  const later = new Set(inputs[CALLS].imports.map(({ path: file }) => file));
  const atStart = new Set();
  const add = (file) => {
    if (atStart.has(file) || later.has(file) || inputs[file] === undefined) return;
    atStart.add(file);
    for (const { path: next, kind } of inputs[file].imports) if (kind !== 'dynamic-import') add(next);
  };
  for (const entry of entries) add(entry);
  const nameOf = (file) => path.relative(root, file).split(path.sep).join('/');
  return {
    name: 'later',
    setup({ onResolve }) {
      onResolve({ filter: /^\..*\.js$/ }, ({ path: file, importer, resolveDir }) => {
        const target = nameOf(path.join(resolveDir, file)).replace(/\.js$/, '.ts');
        const isCut = later.has(target) && atStart.has(nameOf(importer));
        return isCut ? { path: BUNDLE, external: true } : undefined;
      });
    },
  };
}

/** As long as `require`, whose place it takes: source maps stay right. */
const FETCH = 'lateReq';

/**
 * The first line of a bundle: what hands out the modules that are fetched at each use of a name, which loads them the first
 * time. esbuild has its own way to import CommonJS, which copies each module property by property for each file that
 * imports it: with that, a start took 5 ms more (41 for 36).
 * @param text of the bundle: what it imports is what there is
 */
export function fetching(text) {
  const modules = [...modulesIn(text)]
    .filter(isLate)
    .map((name) => `${JSON.stringify(name)}:${getters(name, text)}`);
  const known = `${JSON.stringify(PATH)}:{__proto__:require('${PATH}'),default:require('${PATH}')}`;
  return `var ${FETCH}=(modules=>name=>modules[name])({${[known, ...modules].join()}});`;
}

/** The text of a bundle as esbuild makes it, with what is late fetched so, and `node:path` copied for nobody. Columns stay. */
export function withFetched(code) {
  const fetched = code
    .replace(REQUIRED, (whole, imported = '', name) =>
      isLate(name) && imported === '' ? `${FETCH}("${name}")` : whole,
    )
    .replace(COPIED, (_, helper) => `${' '.repeat(helper.length)}(${FETCH}("${PATH}"))`);
  for (const [, name] of fetched.matchAll(new RegExp(`\\b${FETCH}\\("([^"]+)"\\)`, 'g')))
    if (!fetched.includes(`"${name}":(`) && name !== PATH) throw new Error(`nothing hands out ${name}`);
  return fetched;
}

/** What `import()` has become is loaded as a whole, and late anyway. */
const REQUIRED = /(\.then\(\(\)=>[\w$]*\(?)?\brequire\("([^"]+)"\)/g;

/** It is imported as a whole, by most files: as what has it as `default`. */
const PATH = 'node:path';
const COPIED = new RegExp(`([\\w$]+)\\(require\\("${PATH}"\\)\\)`, 'g');

const isLate = (name) => name === BUNDLE || (isOfNode(name) && LATE.has(bare(name)));
const bare = (name) => name.replace(/^node:/, '');
const isOfNode = (name) => builtinModules.includes(bare(name));

const modulesIn = (text) => new Set(Array.from(text.matchAll(/\bfrom\s*"([^"]+)"/g), ([, name]) => name));

function getters(name, text) {
  const names = name === BUNDLE ? namesFrom(name, text) : namesOfNode(name, text);
  // In other quotes than those that `withFetched` looks for.
  const members = names.map((each) => `get ${each}(){return l().${each}}`);
  // A class, since V8 makes an object with so many getters one by one, and reads them more slowly ever after.
  return `((m,l=()=>m??=require('${name}'))=>new class{${members.join('')}})()`;
}

function gettersOf(name, names) {
  const members = names.map((each) => `get ${each}(){return load().${each}}`);
  return `let loaded;const load=()=>loaded??=require(${JSON.stringify(name)});module.exports={${members}}`;
}

/** The names that a text in the format of ECMAScript modules, as esbuild writes it, imports from a file. */
function namesFrom(file, text) {
  const imports = text.matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*"([^"]+)"/g);
  const names = [...imports].flatMap(([, list, from]) => (from === file ? list.split(',') : []));
  return [...new Set(names.map((each) => each.trim().split(/\s+as\s+/)[0]))];
}

const namesOfNode = (name, text) =>
  Object.keys(require(name)).filter((each) => new RegExp(`\\b${each}\\b`).test(text));
