// Bundles the fuzzer with an instrumented copy of what it tests.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { Instrumenter } from './instrument.mjs';

/** What is tested: our own sources, and the YAML reader that every policy file goes through. */
const TESTED =
  /[\\/]src[\\/](?:core|config|proxy)[\\/].+\.ts$|[\\/]node_modules[\\/]yaml[\\/]dist[\\/].*\.js$/;

/** Writes the bundle; gives back its file and how many branches it counts. */
export async function bundle(entry, outfile) {
  const instrumenter = new Instrumenter();
  const instrumented = {
    name: 'instrumented',
    setup({ onLoad }) {
      onLoad({ filter: TESTED }, async ({ path: file }) => ({
        contents: instrumenter.instrument(await readFile(file, 'utf8'), path.basename(file)),
        loader: 'js',
        resolveDir: path.dirname(file),
      }));
    },
  };
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [instrumented],
  });
  return { file: outfile, branches: instrumenter.branches };
}
