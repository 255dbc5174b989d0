import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { Place, PROGRAM } from './place.js';

const POLICY = `version: 1
default: require_approval
categories: { read: allow }
tools:
  "delete_*": { action: deny, reason: By hand only. }
  create_key: { action: allow, rate_limit: { max: 2, window: 60 } }
  pay: [{ when: args.amount > 100, action: deny, reason: Too much. }, allow]
servers: { strict: { default: deny } }
tests:
  - { call: delete_x, expect: deny, reason: hand }
  - { call: create_key, times: 3, expect: [allow x2, limited] }
  - { call: other, server: strict, expect: deny }
`;
const FAILING = `${POLICY}  - { name: "a <failing> & one", call: read_x, expect: deny }\n`;
const INVALID =
  'version: 1\ndefault: alow\ntools: { a: { when: "args.", action: deny }, b: { acton: deny } }\n';

async function policyWrap(args: readonly string[], policy: string | undefined = POLICY) {
  const place = new Place();
  if (policy !== '') place.policy(policy);
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    cwd: place.work,
    env: place.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

describe('line separators of Unicode', () => {
  it.each(['\u0085', '\u2028', '\u2029'])('%j is in nothing that programs read', async (end) => {
    const policy = `version: 1
default: deny
tools: { "a${end}b": { action: deny, reason: "no${end}way" } }
tests: [{ name: "c${end}d", call: read_x, expect: allow }]
`;
    for (const args of [
      ['explain', `a${end}b`, `{"x":"${end}"}`, '--json'],
      ['test', '--json'],
      ['test', '--reporter', 'junit'],
      ['check', '--json'],
      ['check', '--print'],
    ]) {
      const { stdout } = await policyWrap(args, policy);
      expect(stdout).not.toBe('');
      expect(stdout).not.toContain(end);
    }
  });
});

describe('check', () => {
  it('finds nothing wrong with a policy that can be used', async () => {
    const done = await policyWrap(['check']);
    expect(done).toEqual({ exitCode: 0, stdout: '', stderr: 'policy-wrap: policy-wrap.yaml can be used' });
  });

  it('finds everything that is wrong, with the place of each, and ends with 3', async () => {
    const { exitCode, stdout, stderr } = await policyWrap(['check', 'policy-wrap.yaml'], INVALID);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    for (const words of ["policy-wrap.yaml:2:10: unknown action 'alow'", "did you mean 'allow'?", "'acton'"])
      expect(stderr).toContain(words);
    expect(stderr).toContain('policy-wrap: the policy has 3 problems');
  });

  it('--json reports the same to programs', async () => {
    expect(JSON.parse((await policyWrap(['check', '--json'])).stdout)).toEqual({
      valid: true,
      problems: [],
      warnings: [],
    });
    const { exitCode, stdout } = await policyWrap(['check', '--json'], INVALID);
    expect(exitCode).toBe(3);
    const report = JSON.parse(stdout) as { valid: boolean; problems: object[] };
    expect(report.valid).toBe(false);
    expect(report.problems).toHaveLength(3);
    expect(report.problems[0]).toMatchObject({
      file: 'policy-wrap.yaml',
      line: 2,
      column: 10,
      pointer: '/default',
    });
  });

  it('--print gives a policy that does the same', async () => {
    const { exitCode, stdout } = await policyWrap(['check', '--print'], `extends: strict\n${POLICY}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('# policy-wrap.yaml, which extends preset strict\n');
    expect(stdout).toContain('  financial:\n    action: deny\n');
    expect(await policyWrap(['check'], stdout)).toMatchObject({ exitCode: 0 });
  });

  it('warns of conditions that are hardly meant, where they are written, and of those that change nothing', async () => {
    const policy =
      "version: 1\ndefault: deny\ntools:\n  x: { when: 'args.a.length > 1', action: allow }\n  y: { when: args.b, action: deny }\n";
    const { exitCode, stderr } = await policyWrap(['check'], policy);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("policy-wrap.yaml:4:22: warning: strings and lists have no '.length'");
    expect(stderr).toContain('help: write size(args.a), or');
    expect(stderr).toContain('policy-wrap.yaml:5:3: warning: this condition changes nothing');
  });
});

describe('explain', () => {
  it.each([
    [['delete_x'], 'delete_x: deny\n  rule: /tools/delete_* (policy-wrap.yaml:5)\n  reason: By hand only.'],
    [['pay', '{"amount":50}'], 'pay: allow\n  rule: /tools/pay/1 (policy-wrap.yaml:7)'],
    [['pay', '{"amount":500}'], 'pay: deny\n  rule: /tools/pay/0 (policy-wrap.yaml:7)\n  reason: Too much.'],
    [['pay'], "failed ('amount' is missing), so it is taken as true"],
    [['other'], 'other: require_approval\n  rule: /default (policy-wrap.yaml:2)'],
    [['other', '--server', 'strict'], 'other: deny\n  rule: /servers/strict/default'],
    [['other', '--preset', 'read-only'], 'other: deny'],
    [['create_key'], 'create_key is limited to 2 calls per 60 s'],
  ])('%j says what happens and why', async (args, words) => {
    const { exitCode, stdout, stderr } = await policyWrap(['explain', ...args]);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain(words);
  });

  it('tells that no section is for a server, where others have one', async () => {
    const rest = 'with --server, name one of "strict"';
    const { stderr } = await policyWrap(['explain', 'other', '--server', 'lax']);
    expect(stderr).toContain(`no section of \`servers:\` is for "lax"; ${rest}`);
    const { stderr: unnamed } = await policyWrap(['explain', 'other']);
    expect(unnamed).toContain(`no server is named, so no section of \`servers:\` counts; ${rest}`);
    expect((await policyWrap(['explain', 'other', '--server', 'strict'])).stderr).toBe('');
  });

  it('tells the name of a tool that is written as clients show it, and how a server is named', async () => {
    const { stdout, stderr } = await policyWrap(['explain', 'mcp__files__delete_x']);
    expect(stdout).toContain('mcp__files__delete_x: require_approval');
    expect(stderr).toContain(`is how clients show a tool; the server's own name for it is "delete_x"`);
    const server = await policyWrap(['explain', 'memory', 'delete_x']);
    expect(server).toMatchObject({ exitCode: 1, stdout: '' });
    expect(server.stderr).toContain('a server is named with --server');
    expect((await policyWrap(['explain', 'delete_x', '{a: 1}'])).stderr).toContain('in single quotes');
  });

  it('is about the server whose section names the tool, where none is named', async () => {
    const policy =
      'version: 1\ndefault: allow\nservers: { files: { tools: { write_file: deny, both: deny } }, other: { tools: { both: allow } } }\n';
    const { stdout, stderr } = await policyWrap(['explain', 'write_file'], policy);
    expect(stdout).toContain('write_file: deny\n  rule: /servers/files/tools/write_file');
    expect(stderr).toContain('for the server "files", whose section names the tool');
    const { stdout: several, stderr: which } = await policyWrap(['explain', 'both'], policy);
    expect(several).toContain('both: allow\n  rule: /default');
    expect(which).toContain('with --server, name one of "files", "other"');
    const { stdout: named } = await policyWrap(['explain', 'write_file', '--server', 'other'], policy);
    expect(named).toContain('write_file: allow');
  });

  it('counts a section that names the tool by a pattern, and not one that names all', async () => {
    const policy =
      'version: 1\ndefault: allow\nservers: { files: { tools: { "read_*": deny } }, all: { tools: { "*": allow } }, other: { tools: { read_note: allow } } }\n';
    const { stdout, stderr } = await policyWrap(['explain', 'read_files'], policy);
    expect(stdout).toContain('read_files: deny\n  rule: /servers/files/tools/read_*');
    expect(stderr).toContain('for the server "files", whose section names the tool');
    const both = await policyWrap(['explain', 'read_note'], policy);
    expect(both.stderr).toContain('with --server, name one of "files", "all", "other"');
  });

  it('--json says it to programs', async () => {
    const { stdout } = await policyWrap(['explain', 'delete_x', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      tool: 'delete_x',
      category: 'destructive',
      risk: 'critical',
      action: 'deny',
      rule: { pointer: '/tools/delete_*', source: 'policy-wrap.yaml', line: 5 },
      reason: 'By hand only.',
    });
  });

  it('needs no policy file', async () => {
    expect((await policyWrap(['explain', 'read_x'], '')).stdout).toContain('(preset standard)');
  });
});

describe('test', () => {
  it('passes when every expectation is met', async () => {
    const { exitCode, stdout } = await policyWrap(['test']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ok +create_key +allow x2, limited +allow x2, limited\n/);
    expect(stdout).toMatch(/\n3 passed, 0 failed$/);
  });

  it('fails when one is not', async () => {
    const { exitCode, stdout } = await policyWrap(['test', '.'], FAILING);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/FAIL +a <failing> & one +deny +allow\n/);
    expect(stdout).toMatch(/\n3 passed, 1 failed$/);
  });

  it('--json and --reporter junit say it to programs', async () => {
    const [{ stdout: json }, { stdout: junit, exitCode }] = await Promise.all([
      policyWrap(['test', '--json'], FAILING),
      policyWrap(['test', '--reporter', 'junit'], FAILING),
    ]);
    const [{ results }] = JSON.parse(json) as [{ results: object[] }];
    expect(results.at(-1)).toEqual({
      name: 'a <failing> & one',
      passed: false,
      expected: 'deny',
      actual: 'allow',
      decidedBy: '/categories/read (policy-wrap.yaml:3)',
      line: 13,
    });
    expect(exitCode).toBe(1);
    expect(junit).toContain('<testsuite name="policy-wrap.yaml" tests="4" failures="1">');
    expect(junit).toContain('name="a &lt;failing&gt; &amp; one" file="');
    expect(junit).toContain(
      '<failure message="expected deny, got allow, decided by /categories/read (policy-wrap.yaml:3)"/>',
    );
  });

  it('ends with 3 when the policy is invalid', async () => {
    expect(await policyWrap(['test'], INVALID)).toMatchObject({ exitCode: 3, stdout: '' });
  });
});

describe('the rest', () => {
  it('schema prints the JSON Schema that is published', async () => {
    const published = new URL('../../schema/policy-wrap.schema.json', import.meta.url);
    const { exitCode, stdout } = await policyWrap(['schema']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(published, 'utf8')));
  });

  it('demo shows the main job', async () => {
    const { exitCode, stdout } = await policyWrap(['demo'], 'version: 1\ndefault: hide\n');
    expect(exitCode).toBe(0);
    for (const words of [
      /→ create_api_key \{"api_id":"api-11"\}\n {2}✗ Policy violation: create_api_key is limited to 10 calls per 60 s\. Try again in \d+ s\./,
      /✗ Policy violation: delete_broker is denied by policy-wrap\.\n {4}Reason: Brokers are deleted through Terraform only\./,
      /! the person answers: allow once\n {2}✓/,
      /promote is not among them/,
      /Unknown tool: promote/,
    ])
      expect(stdout).toMatch(words);
  });

  it('--help begins with the usage and three examples, then lists everything', async () => {
    const { exitCode, stdout } = await policyWrap(['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^Usage: policy-wrap \[options\] -- <command> \[args\.\.\.\]\n.*\n\nExamples:\n( {2}policy-wrap .*\n){3}\n/,
    );
    for (const heading of ['Get started', 'Write a policy', 'Watch and decide', 'Check in CI', 'Exit codes'])
      expect(stdout).toContain(`\n${heading}:\n`);
    expect(await policyWrap(['help'])).toMatchObject({ exitCode: 0, stdout });
  });

  it.each([[['check']], [['install']], [['approvals', 'watch']]])(
    'help %j prints the same as --help after it',
    async (names) => {
      const { exitCode, stdout } = await policyWrap(['help', ...names]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: policy-wrap ${names.join(' ')} `));
      expect(await policyWrap([...names, '-h'])).toMatchObject({ exitCode: 0, stdout });
    },
  );

  it('--version prints the version', async () => {
    for (const flag of ['--version', '-v', '-V'])
      expect((await policyWrap([flag])).stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    [['--'], 'no command after `--`'],
    [['chek'], "unknown command 'chek'\n  help: did you mean 'policy-wrap check'?"],
    [['frobnicate'], "unknown command 'frobnicate'\n  help: see all commands with: policy-wrap --help"],
    [['npx', 'x'], '\n  help: write: policy-wrap "--" npx x ('],
    [['npx', '-y', 'a b'], '\n  help: write: policy-wrap "--" npx -y "a b" ('],
    [
      ['--config', 'x.yaml', 'uvx', 'server'],
      '`--` is missing before the command of the server, \'uvx\'\n  help: write: policy-wrap --config x.yaml "--" uvx server (',
    ],
    [['--server', 'x', 'uvx', 'server'], 'write: policy-wrap --server x "--" uvx server ('],
    [['-q', '--via=page', 'npx', '-y', 's'], 'write: policy-wrap -q --via=page "--" npx -y s ('],
    [['doctor', 'npx', '-y', 'server'], 'write: policy-wrap doctor "--" npx -y server ('],
    [['doctor', '--timeout', '5', 'uvx', 's'], 'write: policy-wrap doctor --timeout 5 "--" uvx s ('],
    [['inspect', 'npx', '-y', 'server'], 'write: policy-wrap inspect "--" npx -y server ('],
    [['check', '--against', 'npx', '-y', 's'], 'write: policy-wrap check --against "--" npx -y s ('],
    [['check', 'x.yaml', '--foo'], "unknown option '--foo'\n  help: see policy-wrap check --help"],
    [['--confg', 'x', '--', 'y'], "unknown option '--confg'\n  help: did you mean '--config'?"],
    [['--preset', 'strickt', '--', 'y'], "unknown preset 'strickt'\n  help: did you mean 'strict'?"],
    [['--mode', 'off', '--', 'y'], "unknown mode 'off'"],
    [['--preset', 'strict', '-c', 'x', '--', 'y'], '--preset cannot be combined with --config'],
    [['explain'], "missing required argument 'tool'"],
    [['explain', 'x', '[1]'], 'the arguments are not a JSON object'],
    [['explain', 'x', '{"a":1,"a":2}'], 'duplicate key "a"'],
    [['--preset', 'strict', 'explain', 'x'], "option '--preset' must come after the sub-command"],
    [
      ['-c', 'x', 'approvals', 'watch'],
      'see whether it has this option with: policy-wrap approvals watch --help',
    ],
    [['--config', 'x', 'check'], "option '--config' must come after the sub-command"],
    [
      ['init', 'npx', 'x'],
      'no MCP client has a server called "npx"\n  help: write the server\'s command after',
    ],
    [
      ['inspect', 'npx', 'x'],
      'no MCP client has a server called "npx"\n  help: write the server\'s command after',
    ],
    [['check', '~nobody/p.yaml'], "'~nobody' at the start of the path '~nobody/p.yaml'"],
    [['init', '-c', '$HOME/p.yaml'], "'$HOME' in the path '$HOME/p.yaml' is not replaced"],
    [['-c', '%APPDATA%/p.yaml', '--', 'x'], "'%APPDATA%' in the path"],
    [['help', 'chek'], "unknown command 'chek'\n  help: did you mean 'check'?"],
    [['check', '--print', '--against'], '--print cannot be combined with --against'],
    [['check', '--', 'npx', 'x'], 'check does not start a server'],
    [['check', '--nope'], "unknown option '--nope'"],
    [['test', '--reporter', 'xml'], "argument 'xml' is invalid"],
  ])('%j is a mistake that is told in a sentence, with what to do', async (args, words) => {
    const { exitCode, stdout, stderr } = await policyWrap(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^policy-wrap: [^\n]+\n {2}help: [^\n]+$/);
  });
});
