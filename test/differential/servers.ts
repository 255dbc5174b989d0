import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildC, buildGo, buildRust, type Prepared, runs } from './build.js';
import type { Era } from './honest.js';

/** A server that reads MCP in its own way. */
export interface Server {
  name: string;
  eras: readonly Era[];
  prepared: Prepared;
}

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'servers');
const python = process.env['POLICY_WRAP_TEST_PYTHON'] ?? 'python3';

/** All servers; what has to be built is built, and what this machine lacks says so. */
export function prepareServers(): Promise<Server[]> {
  const all: Era[] = ['2025-03-26', '2025-11-25', '2026-07-28'];
  const servers: { name: string; eras: Era[]; prepared: Promise<Prepared> }[] = [
    { name: 'TypeScript SDK v1', eras: ['2025-11-25'], prepared: script(process.execPath, 'sdk-v1.mjs') },
    { name: 'TypeScript SDK v2', eras: all.slice(1), prepared: script(process.execPath, 'sdk-v2.mjs') },
    { name: 'Python SDK', eras: all.slice(1), prepared: pythonSdk() },
    { name: 'Python, by hand', eras: all, prepared: script(python, 'lines.py') },
    { name: 'Go, encoding/json', eras: all, prepared: buildGo(path.join(folder, 'go')) },
    { name: 'C, cJSON', eras: all, prepared: buildC(path.join(folder, 'c')) },
    { name: 'Rust, serde', eras: all, prepared: buildRust(path.join(folder, 'rust')) },
  ];
  return Promise.all(servers.map(async (server) => ({ ...server, prepared: await server.prepared })));
}

async function script(command: string, file: string): Promise<Prepared> {
  if (!(await runs(command, ['--version'], folder))) return { missing: `${command} is not installed` };
  return { command, args: [path.join(folder, file)] };
}

async function pythonSdk(): Promise<Prepared> {
  if (!(await runs(python, ['-c', 'import mcp.server.mcpserver'], folder)))
    return { missing: `${python} has no package mcp of version 2; POLICY_WRAP_TEST_PYTHON may name another` };
  return script(python, 'sdk.py');
}
