import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';
import { execa } from 'execa';

const NODE = '22.23.2'; // the newest that npm has for every platform
const OLDEST = 22; // the suite uses what an older Node does not have
const INSTALL = [
  'install',
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--ignore-scripts',
  '--loglevel=error',
];
const cache = envPaths('policy-wrap-conformance', { suffix: '' }).cache;

/** A package that cannot be had here. */
export class Unavailable extends Error {
  help = '`npm run conformance` installs it once, where the npm registry can be reached.';
}

/** What the runs need from npm, in the user's cache. Nothing in this repository changes. */
export class Packages {
  #offline;

  constructor({ offline }) {
    this.#offline = offline;
  }

  /** The path of a Node that can run the suite: this one, or one from npm. */
  async node() {
    if (Number.parseInt(process.versions.node, 10) >= OLDEST) return process.execPath;
    return this.nodeOf(NODE);
  }

  /** The path of a Node from npm. `version`: as npm takes it, such as 24 for the newest that npm has of it. */
  async nodeOf(version) {
    const platform = process.platform === 'win32' ? 'win' : process.platform;
    const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
    const folder = await this.#installed(`${prefix}-${platform}-${process.arch}`, version);
    return path.join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node');
  }

  /** The path of the suite's program. */
  async suite(version) {
    const folder = await this.#installed('@modelcontextprotocol/conformance', version);
    return path.join(folder, 'dist/index.js');
  }

  async #installed(name, version) {
    const folder = path.join(cache, `${name.replace('/', '-')}-${version}`);
    const installed = path.join(folder, 'node_modules', name);
    if (existsSync(installed)) return installed;
    if (this.#offline) throw new Unavailable(`${name} ${version} is not installed`);
    await install(`${name}@${version}`, folder);
    return installed;
  }
}

/** Installs beside the folder and then renames: what was interrupted is never taken for whole. */
async function install(wanted, folder) {
  console.error(`Installing ${wanted} into ${folder}`);
  const partial = `${folder}.${process.pid}`;
  try {
    mkdirSync(partial, { recursive: true });
    writeFileSync(path.join(partial, 'package.json'), '{ "private": true }');
    await execa('npm', [...INSTALL, wanted], { cwd: partial });
    if (!existsSync(folder)) renameSync(partial, folder);
  } catch (error) {
    throw new Unavailable(`${wanted} cannot be installed: ${firstLine(error)}`);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function firstLine({ stderr, message }) {
  return (stderr || message).split('\n', 1)[0];
}
