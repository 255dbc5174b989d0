import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = (file) => path.join(import.meta.dirname, file);

/** The wrapper that is measured unless --wrap names another one. */
export const DEFAULT_WRAP = path.resolve(import.meta.dirname, '../bin/policy-wrap.js');

/** The cheap server of the bench, with so many tools in tools/list. */
export const server = (tools = 3) => [process.execPath, here('server.cjs'), String(tools)];

/** A server that is ready within a millisecond or two: when starting is measured, it must not be the server's start. */
export const INSTANT_SERVER = [
  'sh',
  '-c',
  `read -r line; echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"instant","version":"1"}}}'; while read -r line; do :; done`,
];

/** A real server that takes its time to start, or undefined where it is not installed. */
export function everythingServer() {
  try {
    const file = createRequire(import.meta.url).resolve(
      '@modelcontextprotocol/server-everything/dist/index.js',
    );
    return existsSync(file) ? [process.execPath, file, 'stdio'] : undefined;
  } catch {
    return undefined;
  }
}

export const direct = (command) => command;
export const nodeRaw = (command, node = process.execPath) => [node, here('node-raw.cjs'), ...command];

/** The program of node-raw alone, for a package of its own. */
export const NODE_RAW = here('node-raw.cjs');

/** The wrapper under a policy file (undefined: the built-in preset), quiet. */
export const wrapped =
  (wrap, policy) =>
  (command, node = process.execPath) => [
    node,
    wrap,
    '-q',
    ...(policy === undefined ? [] : ['-c', policy]),
    '--',
    ...command,
  ];

/**
 * The environment of everything that is started: the user's own policy and audit log stay out of it, and so does what
 * would slow Node down at each start (NODE_EXTRA_CA_CERTS: about 50 ms on Node 20).
 */
export function cleanEnvironment(folder) {
  const env = { ...process.env, HOME: folder };
  for (const name of Object.keys(env))
    if (name.startsWith('POLICY_WRAP_') || name.startsWith('NODE_')) delete env[name];
  for (const name of ['CONFIG', 'STATE', 'DATA', 'CACHE'])
    env[`XDG_${name}_HOME`] = path.join(folder, name.toLowerCase());
  return env;
}
