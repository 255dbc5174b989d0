import { describe, expect, it } from 'vitest';
import { gatewayPolicy } from '../../../../../src/core/authoring/import/lists/agentgateway.js';
import { cedarPolicies } from '../../../../../src/core/authoring/import/lists/cedar-text.js';
import { claudePermissions } from '../../../../../src/core/authoring/import/lists/claude-code.js';
import { clientLists, hasToolLists } from '../../../../../src/core/authoring/import/lists/client-lists.js';
import { geminiPolicy } from '../../../../../src/core/authoring/import/lists/gemini-cli.js';
import { entriesFor } from '../../../../../src/core/authoring/import/lists/resolve-rules.js';
import type { RuleList } from '../../../../../src/core/authoring/import/lists/rule-list.js';
import { toolhivePolicy } from '../../../../../src/core/authoring/import/lists/toolhive.js';
import { expressionReader } from '../../../../../src/core/policy/conditions/cel.js';

const { parse } = expressionReader({ home: '/home/ann', windows: false });

/** `tool: action`, as they are for one server. */
function entries(list: RuleList, server?: string): Record<string, string> {
  return Object.fromEntries(entriesFor(list, server).map(({ tool, action }) => [tool, action]));
}

describe('permissions of Claude Code', () => {
  it('are deny before ask before allow, for each server', () => {
    const list = claudePermissions({
      permissions: {
        allow: [
          'mcp__github',
          'mcp__memory__read_graph',
          'Bash(npm test:*)',
          'mcp__db__get_*',
          'mcp__db__get_secret',
        ],
        ask: ['mcp__github__merge_pull_request'],
        deny: ['mcp__github__delete_repo', 'mcp__db__get_secret', 'Read(./.env)'],
        defaultMode: 'bypassPermissions',
      },
      disabledMcpjsonServers: ['old'],
    });
    expect(entries(list, 'github')).toEqual({
      '*': 'allow',
      merge_pull_request: 'require_approval',
      delete_repo: 'deny',
    });
    expect(entries(list, 'memory')).toEqual({ '*': 'require_approval', read_graph: 'allow' });
    expect(entries(list, 'db')).toEqual({ '*': 'require_approval', 'get_*': 'allow', get_secret: 'deny' });
    expect(entries(list, 'old')).toEqual({ '*': 'deny' });
    expect(entries(list)).toEqual({ '*': 'require_approval', delete_repo: 'deny', get_secret: 'deny' });
    expect(list.notes).toEqual([
      expect.stringContaining('2 of the permissions'),
      expect.stringContaining("'bypassPermissions'"),
    ]);
  });

  it('a rule about arguments is a question', () => {
    const list = claudePermissions({
      permissions: { deny: ['mcp__db__query(DROP*)'], allow: ['mcp__db__query', 'mcp__db__run(x)'] },
    });
    expect(entries(list, 'db')).toEqual({
      '*': 'require_approval',
      query: 'require_approval',
      run: 'require_approval',
    });
  });

  it('a glob that is refused holds for what is allowed by name', () => {
    const list = claudePermissions({
      permissions: { deny: ['mcp__a__delete_*'], allow: ['mcp__a__delete_tmp', 'mcp__a__*_tmp'] },
    });
    expect(entries(list, 'a')).toEqual({
      '*': 'require_approval',
      'delete_*': 'deny',
      delete_tmp: 'deny',
      '*_tmp': 'deny',
    });
  });
});

describe('lists inside the entries of servers', () => {
  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['Cline', { alwaysAllow: ['list'] }, { '*': 'require_approval', list: 'allow' }],
    [
      'Kiro',
      { autoApprove: ['list'], disabledTools: ['drop'] },
      { '*': 'require_approval', list: 'allow', drop: 'hide' },
    ],
    [
      'Gemini CLI',
      { includeTools: ['a', 'b'], excludeTools: ['b'] },
      { '*': 'hide', a: 'require_approval', b: 'hide' },
    ],
    ['Gemini CLI, trusted', { trust: true, excludeTools: ['b'] }, { '*': 'allow', b: 'hide' }],
    ['Gemini CLI, trusted and limited', { trust: true, includeTools: ['a'] }, { '*': 'hide', a: 'allow' }],
    [
      'Codex',
      { enabled_tools: ['a'], disabled_tools: ['c'] },
      { '*': 'hide', a: 'require_approval', c: 'hide' },
    ],
    ['Copilot CLI', { tools: ['*'], alwaysAllow: ['x'] }, { '*': 'require_approval', x: 'allow' }],
    ['a server that is off', { disabled: true, alwaysAllow: ['x'] }, { '*': 'deny', x: 'deny' }],
  ])('%s', (_, entry, expected) => {
    const document = { mcpServers: { s: { command: 'x', ...entry }, other: { command: 'y' } } };
    expect(hasToolLists(document)).toBe(true);
    expect(entries(clientLists(document), 'x')).toEqual(expected);
  });

  it('are for the id of the server, where its command tells it and no other has the same', () => {
    const npx = (name: string) => ({ command: 'npx', args: ['-y', name], alwaysAllow: ['a'] });
    const list = clientLists({
      mcpServers: {
        memory: npx('@modelcontextprotocol/server-memory'),
        one: npx('server-notes'),
        two: { ...npx('server-notes'), alwaysAllow: ['b'] },
        url: { url: 'https://x.test', alwaysAllow: ['a'] },
        list: { command: ['uvx', 'mcp-server-git'], autoApprove: ['a'] },
        wrapped: { ...npx('policy-wrap'), alwaysAllow: ['a'] },
        odd: { command: 'sh', args: ['-c', '$X'], alwaysAllow: ['a'] },
      },
    });
    expect(new Set(list.rules.map(({ server }) => server))).toEqual(
      new Set([
        '@modelcontextprotocol/server-memory',
        'one',
        'two',
        'url',
        'mcp-server-git',
        'wrapped',
        'odd',
      ]),
    );
  });

  it.each([
    { mcpServers: { s: { command: 'x', args: ['tools'] } } },
    { mcpServers: [] },
    { servers: { s: 'x' } },
    {},
  ])('none in %j', (document) => expect(hasToolLists(document)).toBe(false));
});

describe('rules of Gemini CLI', () => {
  it('the one of the highest priority decides', () => {
    const list = geminiPolicy({
      rule: [
        { mcpName: 'github', decision: 'allow', priority: 100 },
        { mcpName: 'github', toolName: 'delete_repo', decision: 'deny', priority: 200 },
        { mcpName: 'github', toolName: ['merge', 'close'], decision: 'ask_user', priority: 150 },
        { toolName: 'mcp_db_drop', decision: 'deny', priority: 999 },
        { toolName: 'run_shell_command', commandPrefix: 'git', decision: 'allow', priority: 1 },
      ],
    });
    expect(entries(list, 'github')).toEqual({
      '*': 'allow',
      delete_repo: 'deny',
      merge: 'require_approval',
      close: 'require_approval',
    });
    expect(entries(list, 'db')).toMatchObject({ drop: 'deny' });
    expect(list.notes).toEqual([expect.stringContaining('1 of the rules')]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a pattern of arguments that refuses',
      { argsPattern: 'prod', decision: 'deny', priority: 500 },
      'require_approval',
    ],
    ['a pattern of arguments that allows', { argsPattern: 'dev', decision: 'allow', priority: 500 }, 'allow'],
    ['a decision that is not known', { decision: 'maybe', priority: 500 }, 'require_approval'],
    ['a key that is not known', { decision: 'deny', someKey: 1, priority: 500 }, 'require_approval'],
    ['less priority', { decision: 'deny', priority: 1 }, 'allow'],
    ['the same priority', { decision: 'deny', priority: 100 }, 'deny'],
  ])('%s', (_, rule, expected) => {
    const list = geminiPolicy({
      rule: [
        { mcpName: 's', toolName: 'x', decision: 'allow', priority: 100 },
        { mcpName: 's', toolName: 'x', ...rule },
      ],
    });
    expect(entries(list, 's')['x']).toBe(expected);
  });
});

describe('rules of agentgateway', () => {
  const of = (...rules: unknown[]) =>
    gatewayPolicy(
      { binds: [{ listeners: [{ routes: [{ policies: { mcpAuthorization: { rules } } }] }] }] },
      parse,
    );

  it.each<[string, unknown[], Record<string, string>]>([
    ['a name', ['mcp.tool.name == "echo"'], { '*': 'deny', echo: 'allow' }],
    ['a name on the other side', ['"echo" == mcp.tool.name'], { '*': 'deny', echo: 'allow' }],
    [
      'several names',
      ['mcp.tool.name in ["a", "b"]', 'mcp.tool.name == "c" || mcp.tool.name == "d"'],
      { '*': 'deny', a: 'allow', b: 'allow', c: 'allow', d: 'allow' },
    ],
    ['a start', ['mcp.tool.name.startsWith("get_")'], { '*': 'deny', 'get_*': 'allow' }],
    ['more than a name', ['jwt.sub == "x" && mcp.tool.name == "echo"'], { '*': 'deny', echo: 'deny' }],
    ['something else', ['has(jwt.sub)'], { '*': 'deny' }],
    ['a refusal', ['mcp.tool.name == "a"', { deny: 'mcp.tool.name == "a"' }], { '*': 'deny', a: 'deny' }],
    [
      'a refusal of something else',
      ['mcp.tool.name == "a"', { deny: 'jwt.sub == "x"' }],
      { '*': 'deny', a: 'require_approval' },
    ],
    [
      'a refusal of more than a name',
      ['mcp.tool.name == "a"', { deny: 'mcp.tool.name == "a" && jwt.sub == "x"' }],
      { '*': 'deny', a: 'require_approval' },
    ],
    ['a negation', ['!(mcp.tool.name == "a")'], { '*': 'deny' }],
    [
      'a requirement',
      ['mcp.tool.name == "a"', { require: 'has(jwt.sub)' }],
      { '*': 'deny', a: 'require_approval' },
    ],
    ['no CEL', ['mcp.tool.name =='], { '*': 'deny' }],
    ['refusals alone', [{ deny: 'mcp.tool.name == "a"' }], { '*': 'require_approval', a: 'deny' }],
  ])('%s', (_, rules, expected) => expect(entries(of(...rules))).toEqual(expected));

  it('knows targets as servers', () => {
    const list = of('mcp.tool.name == "a" && mcp.tool.target == "db"');
    expect(entries(list, 'db')).toEqual({ '*': 'deny', a: 'allow' });
    expect(entries(list)).toEqual({ '*': 'deny' });
  });
});

describe('Cedar of ToolHive', () => {
  it.each<[string, string[], Record<string, string>]>([
    [
      'a tool',
      ['permit(principal, action == Action::"call_tool", resource == Tool::"weather");'],
      { '*': 'deny', weather: 'allow' },
    ],
    [
      'a text without its semicolon',
      ['permit(principal, action == Action::"call_tool", resource == Tool::"weather")'],
      { '*': 'deny', weather: 'allow' },
    ],
    [
      'all tools',
      [
        'permit(principal, action == Action::"call_tool", resource);',
        'forbid(principal, action, resource == Tool::"drop");',
      ],
      { '*': 'allow', drop: 'deny' },
    ],
    [
      'a condition',
      [
        'permit(principal, action == Action::"call_tool", resource == Tool::"a") when { principal.claim_roles.contains("x") };',
      ],
      { '*': 'deny', a: 'deny' },
    ],
    [
      'a refusal with a condition',
      [
        'permit(principal, action == Action::"call_tool", resource);',
        'forbid(principal, action == Action::"call_tool", resource == Tool::"a") unless { context.arg_x == 1 };',
      ],
      { '*': 'allow', a: 'require_approval' },
    ],
    [
      'a certain user',
      ['permit(principal == Client::"ann", action == Action::"call_tool", resource == Tool::"a");'],
      { '*': 'deny', a: 'deny' },
    ],
    [
      'several actions',
      ['permit(principal, action in [Action::"call_tool", Action::"list_tools"], resource == Tool::"a");'],
      { '*': 'deny', a: 'allow' },
    ],
    [
      'another action',
      ['permit(principal, action == Action::"list_tools", resource == Tool::"a");'],
      { '*': 'deny' },
    ],
    [
      'a kind of resource',
      ['permit(principal, action == Action::"call_tool", resource is Tool);'],
      { '*': 'deny' },
    ],
    [
      'a refused kind of resource',
      [
        'permit(principal, action == Action::"call_tool", resource == Tool::"a");',
        'forbid(principal, action, resource in Group::"x");',
      ],
      { '*': 'deny', a: 'require_approval' },
    ],
    [
      'comments and annotations',
      ['// all\n@id("x;y")\npermit(principal, action == Action::"call_tool", resource == Tool::"a;b");'],
      { '*': 'deny', 'a;b': 'allow' },
    ],
  ])('%s', (_, texts, expected) => expect(entries(toolhivePolicy(texts))).toEqual(expected));

  it('has prompts by name, and asks about resources', () => {
    const list = toolhivePolicy([
      'permit(principal, action == Action::"get_prompt", resource == Prompt::"hi");',
      'permit(principal, action == Action::"read_resource", resource == Resource::"file____x");',
    ]);
    expect(list).toMatchObject({
      prompts: { '*': 'deny', hi: 'allow' },
      resources: { '*': 'require_approval' },
    });
  });

  it.each([
    'permit(principal);',
    'allow(principal, action, resource);',
    'permit(principal, action, resource',
    'permit(action, principal, resource);',
    '"a',
    'x',
  ])('%j is not Cedar', (text) => {
    expect(cedarPolicies(text)).toBeUndefined();
    expect(() => toolhivePolicy([text])).toThrow('policy 1 is not Cedar');
  });
});
