// What a bundle of ECMAScript modules is as CommonJS: it starts fast, and calls from one bundle to another cost nothing.
import path from 'node:path';
import { build } from 'esbuild';
import { fetching, withFetched } from './later.mjs';

/**
 * One bundle as CommonJS. ASCII alone, which V8 keeps in half of the memory and which is read without being decoded.
 * @param file where esbuild would have put it
 * @param text as it is before, in the format of ECMAScript modules
 * @param map of that text
 * @param to where it goes
 * @param isPublic programs of others may load it
 * @param nameOf the name of the file of another bundle
 * @returns the contents of what is written, by the name of each file
 */
export async function commonJs({ file, text, map, to, isPublic, nameOf }) {
  const { outputFiles } = await build({
    stdin: { contents: (isPublic ? text : exporting(text)) + inline(map), sourcefile: file },
    outfile: to,
    bundle: true,
    write: false,
    minify: true,
    charset: 'ascii',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'error',
    banner: { js: fetching(text) },
    plugins: [external(nameOf)],
  });
  return outputFiles.map(({ path: name, text: code }) => [
    path.basename(name),
    name.endsWith('.map') ? code : withFetched(code),
  ]);
}

/**
 * Has what every run loads export what the program begins with, instead of a file that does nothing else.
 * @param textOf the text of each bundle by its file
 * @param nameOf what the file is called in the end
 */
export function mergeStart(textOf, nameOf) {
  const fileOf = (name) => [...textOf.keys()].find((file) => nameOf(file) === name);
  const start = fileOf('start.cjs');
  const shared = fileOf('shared.cjs');
  const [, exported] =
    /^import\{([\w$]+) as [\w$]+\}.*export\{[\w$]+ as startProgram\};\s*$/s.exec(textOf.get(start)) ?? [];
  const list = new RegExp(`([\\w$]+) as ${exported}\\b(?=[^{}]*\\};\\s*$)`);
  if (!list.test(textOf.get(shared))) throw new Error(`${shared} does not export what ${start} does`);
  textOf.set(shared, textOf.get(shared).replace(list, '$&,$1 as startProgram'));
  textOf.delete(start);
}

/** Everything is a file or package of its own; the files have better names than those that esbuild gave them. */
const external = (nameOf) => ({
  name: 'external',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path: file, kind }) =>
      kind === 'entry-point'
        ? undefined
        : { path: file.startsWith('./') ? `./${nameOf(file)}` : file, external: true },
    );
  },
});

/**
 * The text of a bundle with what it exports as plain properties, at its end. esbuild would put a function before each, or two
 * where another bundle imports it: a call of 200 B took 62 µs of the processor by that, not 51.
 */
function exporting(text) {
  return text.replace(/\bexport\s*\{([^}]*)\};?\s*$/, (_, list) => `module.exports={${membersOf(list)}};`);
}

/** `a as b, c` as members of an object. */
const membersOf = (list) => list.replace(/([\w$]+)\s+as\s+([\w$]+)/g, '$2:$1');

/** A source map as the last line of the text that it is of. */
const inline = (map) =>
  `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;
