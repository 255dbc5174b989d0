import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run, text } from './init-place.js';
import { Place } from './place.js';

const THEIRS = `version: "1"
description: What agents may do with payments
default: deny
hide: [promote]
tools:
  create_charge:
    rules:
      - name: largest charge
        conditions: [{ path: args.amount, op: lte, value: 500 }]
        on_deny: At most 500 at once
      - name: a day's charges
        conditions: [{ path: state.create_charge.spent, op: lte, value: 2000 }]
        state: { counter: spent, window: day, increment_from: args.amount }
  list_charges: { rules: [] }
  drop_table:
    rules: [{ name: never, action: deny, on_deny: "Never" }]
  "*":
    rules: [{ name: all, rate_limit: 60/minute }]
`;

describe('import', () => {
  it('prints a policy that can be used, and its notes beside', () => {
    const place = new Place();
    place.write('theirs.yaml', THEIRS);
    const { status, stdout, stderr } = run(place, 'import', 'theirs.yaml');
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('note: windows slide');
    expect(stdout).toContain('# note: windows slide');
    place.policy(stdout);
    expect(run(place, 'check')).toMatchObject({
      status: 0,
      stderr: 'policy-wrap: policy-wrap.yaml can be used\n',
    });
    const tested = run(place, 'test');
    expect(tested.status, tested.stdout).toBe(0);
    expect(tested.stdout).toContain('3 passed');
    const explain = (tool: string, args = '{}') => run(place, 'explain', tool, args).stdout.split('\n')[0];
    expect(explain('create_charge', '{"amount": 500}')).toBe('create_charge: allow');
    expect(explain('create_charge', '{"amount": 501}')).toBe('create_charge: deny');
    expect(explain('create_charge')).toBe('create_charge: deny');
    expect(explain('list_charges')).toBe('list_charges: allow');
    expect(explain('other')).toBe('other: deny');
    expect(explain('promote')).toBe('promote: hide');
  });

  it('reads JSON', () => {
    const place = new Place();
    place.write(
      'theirs.json',
      '{"version": "1", "default": "deny", "tools": {"a": {"limits": [{"max": 2, "window": "hour"}]}}}',
    );
    expect(run(place, 'import', 'theirs.json').stdout).toContain('rate_limit: { max: 2, window: 1h }');
  });

  it('writes a file that is not there yet', () => {
    const place = new Place();
    place.write('theirs.yaml', THEIRS);
    const first = run(place, 'import', 'theirs.yaml', '-o', 'ours.yaml');
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toBe('');
    const written = text(place, 'ours.yaml');
    const again = run(place, 'import', 'theirs.yaml', '-o', 'ours.yaml');
    expect(again).toMatchObject({ status: 1, stdout: '' });
    expect(again.stderr).toContain('ours.yaml already exists');
    expect(text(place, 'ours.yaml')).toBe(written);
    expect(readdirSync(place.work).sort()).toEqual(['ours.yaml', 'theirs.yaml']);
  });

  it('makes nothing of what hostile text says', () => {
    const place = new Place();
    const evil = 'x\n"*": allow # yaml-language-server: $schema=https://evil.example\u202e\u001b[31m';
    const rule = { name: evil, conditions: [{ path: `args.${evil}`, op: 'eq', value: evil }], on_deny: evil };
    const document = {
      version: '1',
      description: evil,
      [evil]: 1,
      default: evil,
      hide: [evil],
      tools: { [evil]: { rules: [rule] }, t: { rules: [rule, { name: evil, action: evil }] } },
    };
    place.write('theirs.json', JSON.stringify(document));
    const { status, stdout, stderr } = run(place, 'import', 'theirs.json');
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).not.toMatch(/[^\n -~…]/);
    expect(stdout.split('\n').filter((line) => /^\s*("\*"|\*)/.test(line))).toEqual([]);
    expect(stdout.match(/yaml-language-server: \$schema/g)?.length).toBeGreaterThan(0);
    expect(stdout.split('\n').filter((line) => /^\s*#.*yaml-language-server/.test(line))).toHaveLength(1);
    place.policy(stdout);
    expect(run(place, 'check').status).toBe(0);
  });

  it.each<[string, string, number, string]>([
    ['a file that is not there', '', 3, 'does not exist'],
    ['no YAML', 'a: [b', 3, 'theirs.yaml:1'],
    ['a key twice', 'version: "1"\ntools: {}\ntools: {}\n', 3, 'twice'],
    ['a list', '- a\n', 1, 'is not a policy of a known product'],
    ['another version', 'version: "2"\ntools: {}\n', 1, 'has no version "1"'],
    ['no tools', 'version: "1"\n', 1, 'has no tools'],
    ['tools in a list', 'version: "1"\ntools: [a]\n', 1, 'is not a map'],
    ['a policy of ours', 'version: 1\nextends: standard\n', 1, 'is a policy of policy-wrap already'],
    [
      'ours with tests',
      'version: 1\ndefault: deny\ntools: { a: allow }\ntests: []\n',
      1,
      'policy-wrap already',
    ],
    ['brackets without end', '['.repeat(300), 3, 'nested too deeply'],
    ['endless aliases', 'version: "1"\ntools: &t\n  a: *t\n', 3, '*t'],
  ])('says what is wrong with %s', (_, content, code, words) => {
    const place = new Place();
    if (content !== '') place.write('theirs.yaml', content);
    const { status, stdout, stderr } = run(place, 'import', 'theirs.yaml');
    expect({ status, stdout }, stderr).toEqual({ status: code, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('should not happen');
  });
});

describe('import from other products', () => {
  const FILES: [string, string, string, Record<string, string>][] = [
    [
      'permissions of Claude Code',
      'settings.json',
      '{ "permissions": { "allow": ["mcp__db__get_*"], "deny": ["mcp__db__drop"], "ask": ["mcp__db__put"] } }',
      { get_x: 'allow', drop: 'deny', put: 'require_approval', other: 'require_approval' },
    ],
    [
      'the config of a client, with comments',
      'mcp.json',
      '{\n  // mine\n  "mcpServers": { "db": { "command": "db", "alwaysAllow": ["get_x"], "disabledTools": ["drop"], }, } }',
      { get_x: 'allow', drop: 'hide', other: 'require_approval' },
    ],
    [
      'rules of Gemini CLI',
      'rules.toml',
      '[[rule]]\nmcpName = "db"\ndecision = "allow"\npriority = 10\n\n[[rule]]\ntoolName = "drop"\nmcpName = "db"\ndecision = "deny"\npriority = 20\n',
      { get_x: 'allow', drop: 'deny' },
    ],
    [
      'rules of agentgateway',
      'gateway.yaml',
      'binds:\n- policies:\n    mcpAuthorization:\n      rules:\n      - \'mcp.tool.name.startsWith("get_")\'\n',
      { get_x: 'allow', drop: 'deny' },
    ],
    [
      'an authorization config of ToolHive',
      'authz.json',
      JSON.stringify({
        version: '1.0',
        type: 'cedarv1',
        cedar: { policies: ['permit(principal, action == Action::"call_tool", resource == Tool::"get_x");'] },
      }),
      { get_x: 'allow', drop: 'deny' },
    ],
    [
      'a file of Cedar',
      'rules.cedar',
      'permit(principal, action, resource == Tool::"get_x");',
      { get_x: 'allow', drop: 'deny' },
    ],
    [
      'a file of Cedar with any name',
      'rules',
      '// x\npermit(principal, action, resource == Tool::"get_x");',
      { get_x: 'allow', drop: 'deny' },
    ],
  ];

  it.each(FILES)('%s become a policy that can be used', (_, name, written, expected) => {
    const place = new Place();
    place.write(name, written);
    const { status, stdout, stderr } = run(place, 'import', name);
    expect(status, stderr).toBe(0);
    place.policy(stdout);
    expect(run(place, 'check')).toMatchObject({ status: 0 });
    for (const [tool, action] of Object.entries(expected))
      expect(run(place, 'explain', tool, '--server', 'db').stdout.split('\n')[0]).toBe(`${tool}: ${action}`);
    if (stdout.includes('\ntests:')) expect(run(place, 'test')).toMatchObject({ status: 0 });
  });

  it.each([
    ['x.yaml', 'a: 1', 'is not a policy of a known product'],
    ['x.json', '[]', 'is not a policy of a known product'],
    ['x.toml', 'a = ', 'x.toml:1:'],
    ['x.cedar', 'permit(principal', 'policy 1 is not Cedar'],
    ['x.yaml', 'plain', 'is not a policy of a known product'],
  ])('%s with %j is refused with what can be read', (name, written, words) => {
    const place = new Place();
    place.write(name, written);
    const { status, stdout, stderr } = run(place, 'import', name);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/\n {2}help: \S/);
  });
});
