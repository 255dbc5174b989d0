import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { tools } from '../../examples/amazon-mq/tools.js';
import { Place, PROGRAM } from '../e2e/place.js';

const POLICY = path.resolve('examples/amazon-mq/policy-wrap.yaml');

/** What the real server lists with `--allow-resource-creation`, by its names and parameters. */
function realTools() {
  const shared = tools
    .filter(({ name }) => name !== 'create_api_key')
    .map(({ run: _run, ...listed }) => listed);
  const newer = { name: 'describe_shared_resources', inputSchema: { type: 'object' } };
  return [...shared, newer];
}

async function against(server: string, listed: readonly object[]) {
  const place = new Place();
  writeFileSync(path.join(place.work, 'tools.json'), JSON.stringify({ tools: listed }));
  const args = ['check', '--against', POLICY, '--tools', 'tools.json', '--server', server];
  return execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
  });
}

describe('the policy of the example', () => {
  it('fits the real server', async () => {
    const { exitCode, stderr } = await against('awslabs.amazon-mq-mcp-server', realTools());
    expect(stderr).toContain('against the 40 tools of awslabs.amazon-mq-mcp-server: nothing is wrong');
    expect(exitCode).toBe(0);
  });

  it('fits the stand-in, and limits the tool that only that has', async () => {
    const { exitCode, stderr } = await against('amazon-mq-stand-in', tools);
    expect(stderr).toContain('against the 40 tools of amazon-mq-stand-in: nothing is wrong');
    expect(exitCode).toBe(0);
  });
});
