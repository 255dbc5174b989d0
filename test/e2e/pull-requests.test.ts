import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';

const VALID = 'version: 1\ndefault: require_approval\n';
const INVALID = 'version: 1\ndefault: alow\n';
const IDLE = 'version: 1\ndefault: deny\ntools:\n  x: [{ when: args.a == 1, action: allow }, deny]\n';

async function policyWrap(place: Place, ...args: string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

function repository(): Place {
  const place = new Place();
  place.write('.git/HEAD', '');
  place.write('a/policy-wrap.yaml', VALID);
  place.write('b/policy-wrap.yaml', INVALID);
  place.write('c/.policy-wraprc.yaml', IDLE);
  place.write('node_modules/x/policy-wrap.yaml', INVALID);
  return place;
}

describe('check of several policies', () => {
  it('looks at all files, and at all below folders', async () => {
    const { exitCode, stdout, stderr } = await policyWrap(repository(), 'check', '.');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('a/policy-wrap.yaml can be used');
    expect(stderr).toContain("b/policy-wrap.yaml:2:10: unknown action 'alow'");
    expect(stderr).toContain('c/.policy-wraprc.yaml can be used, with a warning');
    expect(stderr).not.toContain('node_modules');
  });

  it('is fine where all are', async () => {
    const place = repository();
    expect(await policyWrap(place, 'check', 'a', 'c/.policy-wraprc.yaml')).toMatchObject({ exitCode: 0 });
  });

  it('says so where a folder has none', async () => {
    const place = repository();
    place.write('empty/x.txt', '');
    const { exitCode, stderr } = await policyWrap(place, 'check', 'empty');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('no policy file below empty'),
    });
    const annotated = (words: string) =>
      new RegExp(`^::error title=policy-wrap%3A cannot-be-done::.*${words}.*$`);
    for (const command of ['check', 'test'])
      expect(await policyWrap(place, command, 'empty', '--reporter', 'github')).toMatchObject({
        exitCode: 1,
        stdout: expect.stringMatching(annotated('no policy file below empty')),
      });
    place.write('team/github.yaml', 'version: 1\nextends: standard\n');
    expect(await policyWrap(place, 'check', 'team')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('team/github.yaml can be used'),
    });
    const untested = await policyWrap(place, 'test', 'team', '--reporter', 'github');
    expect(untested.stdout).toContain(
      '::error title=policy-wrap%3A cannot-be-done::no policy file has tests',
    );
  });

  it('--json has all problems and warnings in one report', async () => {
    const { exitCode, stdout } = await policyWrap(repository(), 'check', '.', '--json');
    expect(exitCode).toBe(3);
    const { valid, problems, warnings } = JSON.parse(stdout);
    expect(valid).toBe(false);
    expect(problems).toEqual([expect.objectContaining({ file: 'b/policy-wrap.yaml', line: 2 })]);
    expect(warnings).toEqual([expect.objectContaining({ file: 'c/.policy-wraprc.yaml', line: 4 })]);
  });

  it('--against compares one', async () => {
    const { exitCode, stderr } = await policyWrap(
      repository(),
      'check',
      'a/policy-wrap.yaml',
      'c/.policy-wraprc.yaml',
      '--against',
      '--',
      'x',
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('--against compares one policy'),
    });
  });
});

describe('annotations for pull requests', () => {
  it('are the commands of GitHub, also where the working directory is below the root', async () => {
    const place = repository();
    const { exitCode, stdout } = await policyWrap(place, 'check', '.', '--reporter', 'github');
    expect(exitCode).toBe(3);
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^::error file=b\/policy-wrap\.yaml,line=2,col=10,endColumn=14,title=policy-wrap%3A invalid-policy::unknown action 'alow'%0Ahelp: /,
      ),
      expect.stringMatching(/^::warning file=c\/\.policy-wraprc\.yaml,line=4,.*idle-rule::/),
    ]);
  });

  it('are SARIF', async () => {
    const { exitCode, stdout } = await policyWrap(repository(), 'check', '.', '--reporter', 'sarif');
    expect(exitCode).toBe(3);
    const [run] = JSON.parse(stdout).runs;
    expect(run.tool.driver.name).toBe('policy-wrap');
    expect(run.results.map(({ ruleId, level }: Record<string, string>) => [ruleId, level])).toEqual([
      ['invalid-policy', 'error'],
      ['idle-rule', 'warning'],
    ]);
  });

  it('are also of a comparison with a server', async () => {
    const place = new Place();
    place.write('tools.json', '{"tools":[{"name":"list_x","inputSchema":{"type":"object"}}]}');
    place.write('policy-wrap.yaml', `${VALID}tools: { delete_y: deny }\n`);
    const args = ['check', 'policy-wrap.yaml', '--against', '--tools', 'tools.json', '--server', 's'];
    const { exitCode, stdout } = await policyWrap(place, ...args, '--reporter', 'github');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^::\w+ file=policy-wrap\.yaml,line=3,.*no-such-tool::/m);
  });

  it('do not go together with --json', async () => {
    const { exitCode, stderr } = await policyWrap(
      repository(),
      'check',
      'a',
      '--json',
      '--reporter',
      'sarif',
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('cannot be combined'),
    });
  });
});

it('the tests of the user’s own policy run where the project has none', async () => {
  const place = new Place();
  place.userPolicy('version: 1\ndefault: deny\ntests: [{ call: read_x, expect: deny }]\n');
  expect(await policyWrap(place, 'test')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/\n1 passed, 0 failed$/),
  });
});

describe('a test that fails', () => {
  const FAILING = `version: 1
default: require_approval
tools:
  "delete_*": { action: deny, reason: By hand only. }
tests:
  - { call: delete_x, expect: allow }
  - { call: list_x, expect: require_approval }
`;

  function place(policy = FAILING): Place {
    const created = new Place();
    created.policy(policy);
    return created;
  }

  it('says where it is written, what came instead, and which rule decided', async () => {
    const { exitCode, stdout } = await policyWrap(place(), 'test');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'policy-wrap.yaml:6:5: expected allow, got deny, decided by /tools/delete_* (policy-wrap.yaml:4)',
    );
  });

  it('is an annotation at its line', async () => {
    const { stdout } = await policyWrap(place(), 'test', '--reporter', 'github');
    expect(stdout).toMatch(
      /^::error file=\S*policy-wrap\.yaml,line=6,.*title=policy-wrap%3A failed-test::delete_x: expected allow, got deny/m,
    );
  });

  it('has the line, the rule and the policy in JSON and JUnit', async () => {
    const [file] = JSON.parse((await policyWrap(place(), 'test', '--json')).stdout);
    expect(file).toMatchObject({ file: 'policy-wrap.yaml', digest: expect.stringMatching(/^[\w-]{43}$/) });
    expect(file.results[0]).toMatchObject({
      line: 6,
      passed: false,
      decidedBy: '/tools/delete_* (policy-wrap.yaml:4)',
    });
    const { stdout } = await policyWrap(place(), 'test', '--reporter', 'junit');
    expect(stdout).toMatch(
      /name="delete_x" file="\S*policy-wrap\.yaml" line="6">\n\s+<failure message="expected allow, got deny, decided by/,
    );
    expect(stdout).toContain(`<property name="policy-digest" value="${file.digest}"/>`);
  });

  it('an invalid policy is a report, not an empty file', async () => {
    const invalid = place(INVALID);
    const { exitCode, stdout, stderr } = await policyWrap(invalid, 'test', '--reporter', 'junit');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('<error message="policy-wrap.yaml:2:10: unknown action &apos;alow&apos;');
    expect(stderr).toContain("unknown action 'alow'");
  });
});
