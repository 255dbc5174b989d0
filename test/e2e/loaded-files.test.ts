import { statSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';

/** What was loaded: files of the build, and modules of Node. */
interface Loaded {
  files: string[];
  modules: string[];
}

/** Prints what was loaded: when the first line is written to a pipe, that is, before the server has it, and when the program ends. */
const LISTING = `const { Socket } = require('node:net');
const write = Socket.prototype._writeGeneric;
let printed = false;
function print() {
  if (printed) return;
  printed = true;
  const names = Object.keys(require.cache).filter((file) => /[\\\\/]dist[\\\\/]/.test(file));
  const files = names.map((file) => require('node:path').basename(file));
  require('node:fs').writeSync(2, JSON.stringify({ files, modules: process.moduleLoadList }) + '\\n');
}
Socket.prototype._writeGeneric = function (...args) {
  print();
  return write.apply(this, args);
};
process.on('exit', print);`;

/** A server that says nothing. */
const SILENT = [process.execPath, '-e', 'process.stdin.resume()'];
const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

async function loaded(words: readonly string[], input = '', place = new Place()): Promise<Loaded> {
  const listing = place.write('listing.cjs', LISTING);
  const { stderr } = await execa(process.execPath, ['--require', listing, ...words], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    input,
  });
  const line = stderr.split('\n').find((each) => each.startsWith('{"files"')) ?? '';
  return JSON.parse(line) as Loaded;
}

describe('what is loaded', () => {
  it('is, to relay the first line, nothing of what calls and commands need', async () => {
    const { files } = await loaded([PROGRAM, '--quiet', '--', ...SILENT], `${INITIALIZE}\n`);
    expect(files).toEqual(['main.cjs', 'shared.cjs']);
  });

  it('is little: what was once redaction for every start, 50 kB, took it 2 ms', () => {
    const dist = path.resolve(import.meta.dirname, '../../dist');
    expect(statSync(path.join(dist, 'shared.cjs')).size).toBeLessThan(200_000);
  });

  it('is the same with a policy file that was good at an earlier start', async () => {
    const place = new Place();
    const policy = place.write('policy.yaml', 'version: 1\ndefault: deny\ntools: { "read_*": allow }\n');
    const words = [PROGRAM, '--quiet', '--config', policy, '--', ...SILENT];
    await loaded(words, `${INITIALIZE}\n`, place);
    const { files } = await loaded(words, `${INITIALIZE}\n`, place);
    expect(files).toEqual(['main.cjs', 'shared.cjs']);
  });

  it('is, to relay the first line, hardly more of Node than a bare relay loads', async () => {
    const relay = path.resolve(import.meta.dirname, '../../bench/node-raw.cjs');
    const bare = await loaded([relay, ...SILENT], `${INITIALIZE}\n`);
    const { modules } = await loaded([PROGRAM, '--quiet', '--', ...SILENT], `${INITIALIZE}\n`);
    const more = modules.filter((name) => !bare.modules.includes(name));
    const wanted = ['Internal Binding signal_wrap', 'NativeModule vm'];
    expect(more.filter((name) => !wanted.includes(name))).toEqual([]);
  });

  it('is, for help, nothing that carries out a command', async () => {
    const { files } = await loaded([PROGRAM, '--help']);
    const needed = ['main.cjs', 'program.cjs', 'shared-calls.cjs', 'shared-rarely.cjs', 'shared.cjs'];
    expect(files.sort()).toEqual(needed);
  });
});
