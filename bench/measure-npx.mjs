import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measureStartBefore } from './measure-start.mjs';
import { INSTANT_SERVER, NODE_RAW } from './variants.mjs';

const TITLE = 'start, npx of a tarball, warm npm cache';
const LOAD = { rounds: 8, milliseconds: 25_000 };

/** `npx --yes ./x.tgz -- server` over the same with a tarball of node-raw: nearly all of it is npm's own time. */
export async function measureNpx(bench) {
  const { place, wrap, report } = bench;
  if (!wrap) return report.skip(TITLE, 'there is no policy-wrap to pack');
  const env = { npm_config_cache: path.join(place.folder, 'npm'), npm_config_update_notifier: 'false' };
  let tarballs;
  try {
    tarballs = { raw: packed(nodeRawPackage(place), place, env), own: packed(rootOf(wrap), place, env) };
  } catch (error) {
    return report.skip(TITLE, `npm cannot pack: ${(error.stderr || error.message).trim().split('\n', 1)[0]}`);
  }
  const npx =
    (tarball, ...options) =>
    (command) => ['npx', '--yes', tarball, ...options, ...command];
  // The first start of each does not count: it fills the cache of npm.
  await measureStartBefore(bench, TITLE, INSTANT_SERVER, LOAD, [
    { name: 'node-raw', wrapper: npx(tarballs.raw), env },
    { name: 'policy-wrap', wrapper: npx(tarballs.own, '-q', '--'), env },
  ]);
}

/** The tarball of a folder, as `./name.tgz`. The bench has built what it measures, so no script runs. */
function packed(folder, place, env) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', place.folder];
  const options = { cwd: folder, env: { ...place.env, ...env }, encoding: 'utf8', stdio: 'pipe' };
  const [{ filename }] = JSON.parse(execFileSync('npm', args, options));
  return `./${filename}`;
}

function nodeRawPackage({ folder }) {
  const root = path.join(folder, 'node-raw-package');
  mkdirSync(root);
  writeFileSync(path.join(root, 'node-raw.cjs'), `#!/usr/bin/env node\n${readFileSync(NODE_RAW, 'utf8')}`);
  const manifest = { name: 'node-raw', version: '1.0.0', bin: './node-raw.cjs' };
  writeFileSync(path.join(root, 'package.json'), JSON.stringify(manifest));
  return root;
}

/** The package that the entry point is in: the closest folder above it whose package.json gives a name. */
function rootOf(file) {
  const folder = path.dirname(file);
  const manifest = path.join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name) return folder;
  if (folder === file) throw new Error('the entry point is in no package');
  return rootOf(folder);
}
