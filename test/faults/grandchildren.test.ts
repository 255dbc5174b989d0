import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Place } from '../e2e/place.js';
import { aftermath, nothingIsLeft, Watched } from './aftermath.js';
import { marked, NO_PROC } from './processes.js';

const FAMILY = path.resolve(import.meta.dirname, '../fixtures/family.mjs');
const CLIENT = path.resolve(import.meta.dirname, '../fixtures/client.mjs');

/** Answers pings, and exits when it is asked to. */
const SERVER = `#!/usr/bin/env node
import { createInterface } from 'node:readline';
const stubborn = process.env.FIXTURE_STUBBORN === '1';
if (stubborn) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
  setInterval(() => {}, 1_000);
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (method === 'exit') process.exit(6);
  if (method === 'ping') console.log(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
});
`;

/** The same server, which has started a child that has started a child. */
const PARENT = `
import { spawn } from 'node:child_process';
const stubborn = process.env.FIXTURE_STUBBORN === '1' ? ['', 'stubborn'] : [];
spawn(process.execPath, [${JSON.stringify(FAMILY)}, '2', ...stubborn], { stdio: 'ignore' }).unref();
await import('./node_modules/local-server/server.mjs');
`;

/** A package with a server in it, installed where npx looks first. */
function installed(): Place {
  const place = new Place();
  place.policy('version: 1\ndefault: allow\n');
  place.write('package.json', '{ "name": "project", "private": true }');
  place.write('node_modules/local-server/package.json', '{ "name": "local-server", "bin": "server.mjs" }');
  const server = place.write('node_modules/local-server/server.mjs', SERVER);
  chmodSync(server, 0o755);
  place.write('parent.mjs', PARENT);
  mkdirSync(path.join(place.work, 'node_modules/.bin'));
  symlinkSync('../local-server/server.mjs', path.join(place.work, 'node_modules/.bin/local-server'));
  return place;
}

/** How servers are started in real configurations: each leaves more processes than one between us and the server. */
const CHAINS: [string, string[], number][] = [
  ['npx', ['npx', '--no-install', 'local-server'], 3],
  ['a shell that waits', ['sh', '-c', 'node_modules/.bin/local-server; exit $?'], 3],
  ['no launcher, with a child that has started a child,', ['node', 'parent.mjs'], 4],
  ['a shell, npx and a shell', ['sh', '-c', 'npx --no-install -c local-server; exit $?'], 4],
];

async function started(args: string[], least: number, env: Record<string, string> = {}, through?: string) {
  const watched = new Watched(installed(), ['--', ...args], { env, ...(through ? { through } : {}) });
  await watched.request('start', 'ping');
  await expect.poll(() => marked(watched.mark).length).toBeGreaterThanOrEqual(least);
  return watched;
}

describe.skipIf(NO_PROC).each(CHAINS)('a server behind %s leaves nothing', (_chain, args, least) => {
  it('when the client ends', async () => {
    const watched = await started(args, least);
    watched.process.stdin.end();
    await aftermath(watched, { exitCode: 0 });
  });

  it('when the client is killed, whatever the server does about it', async () => {
    const watched = await started(args, least, { FIXTURE_STUBBORN: '1' }, CLIENT);
    watched.process.kill('SIGKILL');
    await watched.process;
    await nothingIsLeft(watched);
  });

  it('when we are told to end, whatever the server does about it', async () => {
    const watched = await started(args, least, { FIXTURE_STUBBORN: '1' });
    watched.process.kill('SIGINT');
    await watched.process;
    await nothingIsLeft(watched);
  });

  it('when the server crashes', async () => {
    const watched = await started(args, least);
    expect(await watched.request('end', 'exit')).toMatchObject({ error: { data: { exitCode: 6 } } });
    await aftermath(watched, { exitCode: 6 });
  });
});
