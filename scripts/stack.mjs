// Says where in src/ the places of a stack are that the built program has printed: node scripts/stack.mjs < stack.txt
// Check out the version that printed it and build it first: the source maps are those of the build in dist/.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
/** A place in a built file, wherever that is installed, as V8 writes it: between brackets, or after `at`. */
const PLACE = /(\(|\bat (?:async )?)[^()\n]*[\\/]dist[\\/]([\w-]+\.cjs):(\d+):(\d+)/g;

const maps = new Map();
function mapOf(name) {
  const file = path.join(dist, `${name}.map`);
  if (!maps.has(name) && existsSync(file))
    maps.set(name, new SourceMap(JSON.parse(readFileSync(file, 'utf8'))));
  return maps.get(name);
}

/** The place in the source; the place as it is where no map knows it. Lines and columns count from 1. */
function sourceOf(place, before, name, line, column) {
  const found = mapOf(name)?.findEntry(Number(line) - 1, Number(column) - 1);
  if (found?.originalSource === undefined) return place;
  const source = path.relative(root, path.join(dist, found.originalSource)).split(path.sep).join('/');
  return `${before}${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}

if (!existsSync(path.join(dist, 'main.cjs.map'))) {
  console.error('there are no source maps in dist\n  help: run `npm run build` first');
  process.exit(1);
}
process.stdout.write((await text(process.stdin)).replaceAll(PLACE, sourceOf));
