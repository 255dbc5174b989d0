import { readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';

async function check(place: Place, ...args: string[]) {
  const { exitCode, stderr } = await execa(process.execPath, [PROGRAM, 'check', ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stderr };
}

function placeWith(policy: string, ...tools: string[]): Place {
  const place = new Place();
  place.policy(`version: 1\nextends: standard\n${policy}`);
  const list = { tools: tools.map((name) => ({ name, inputSchema: { type: 'object' } })) };
  place.write('tools.json', JSON.stringify(list));
  return place;
}

const AGAINST = ['--against', '--tools', 'tools.json', '--server', 'github'];

describe('names that match nothing', () => {
  it('are warned of, with the name that is meant', async () => {
    const place = placeWith('tools: { mcp__github__delete_repo: deny }\n');
    const { exitCode, stderr } = await check(place);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "policy-wrap.yaml:3:10: warning: 'mcp__github__delete_repo' is how clients show tools",
    );
    expect(stderr).toContain("help: write 'delete_repo'");
    expect(stderr).toContain('can be used, with a warning');
  });

  it('are compared with what the server has, and said once', async () => {
    const place = placeWith('tools: { mcp__github__delete_repo: deny }\n', 'delete_repo', 'get_repo');
    const { exitCode, stderr } = await check(place, ...AGAINST);
    expect(exitCode).toBe(2);
    expect(stderr.match(/mcp__github__delete_repo' is how clients/g)).toHaveLength(1);
    expect(stderr).toContain("did you mean 'delete_repo'?");
  });

  it('are names like any other once a server has them', async () => {
    const place = placeWith('tools: { github.delete_repo: deny }\n', 'github.delete_repo');
    expect((await check(place)).stderr).toContain('looks like a name that a client shows');
    expect((await check(place, ...AGAINST, '--update-lock')).exitCode).toBe(0);
    expect(readFileSync(path.join(place.work, 'policy-wrap.lock'), 'utf8')).toContain('github.delete_repo');
    expect((await check(place)).stderr).not.toContain('warning');
  });
});

describe('texts of which YAML takes a part for its own', () => {
  it('are warned of, also beside an error', async () => {
    const place = placeWith('tools: { x: { action: deny, reason: no # never\n  } }\n');
    const first = await check(place);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain("policy-wrap.yaml:3:40: warning: 'reason' ends before the #");
    expect(first.stderr).toContain("`reason: 'no # never'`");
    place.policy(
      'version: 1\nextends: standard\ntools:\n  x:\n    action: deny\n    when: args.t.contains(" #1")\n',
    );
    const second = await check(place);
    expect(second.exitCode).toBe(3);
    expect(second.stderr).toContain("warning: 'when' ends before the #");
    expect(second.stderr).toContain('cannot read the expression');
  });
});
