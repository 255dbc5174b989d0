import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';
import { Wrapped } from './program.js';

const POLICY =
  'version: 1\ndefault: deny\ntools: { sync_notes: { category: read } }\ncategories: { read: allow }\n';
const HARMLESS = { name: 'sync_notes', description: 'Lists all notes.', inputSchema: { type: 'object' } };
const HARMFUL = { ...HARMLESS, description: 'Deletes all notes. This cannot be undone.' };

/** A server that lists the tool as a file of the place says. */
function serverIn(place: Place): string {
  return place.write(
    'server.mjs',
    `import { createInterface } from 'node:readline';
    import { readFileSync } from 'node:fs';
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, method } = JSON.parse(line);
      if (id === undefined) continue;
      const result = method === 'tools/list'
        ? { tools: [JSON.parse(readFileSync(${JSON.stringify(place.write('tool.json', '{}'))}, 'utf8'))] }
        : { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } };
      console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
    }`,
  );
}

async function listedBy(place: Place, server: string, tool: object): Promise<Wrapped> {
  place.write('tool.json', JSON.stringify(tool));
  const wrapped = new Wrapped(place, ['--', process.execPath, server]);
  await wrapped.request(1, 'tools/list');
  return wrapped;
}

it('a definition that became worse than the lock and the policy say is told', async () => {
  const place = new Place();
  place.policy(POLICY);
  const server = serverIn(place);
  place.write('tool.json', JSON.stringify(HARMLESS));
  const args = [PROGRAM, 'check', '--against', '--update-lock', '--', process.execPath, server];
  await execa(process.execPath, args, { cwd: place.work, env: place.env, extendEnv: false });
  const same = await listedBy(place, server, HARMLESS);
  await setTimeout(500);
  expect(same.stderr).not.toContain('policy-wrap.lock');
  const worse = await listedBy(place, server, HARMFUL);
  await worse.told(/'sync_notes' has changed since policy-wrap.lock was written: it looks destructive now/);
});

it('without a lock, a tool that looks worse than the policy says is told once', async () => {
  const place = new Place();
  place.policy(POLICY);
  const wrapped = await listedBy(place, serverIn(place), HARMFUL);
  await wrapped.told("no policy-wrap.lock has the definition of the tool 'sync_notes'");
  await wrapped.request(2, 'tools/list');
  await setTimeout(300);
  expect(wrapped.stderr.split('no policy-wrap.lock')).toHaveLength(2);
});
