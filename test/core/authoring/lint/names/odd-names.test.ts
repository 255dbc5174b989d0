import { describe, expect, it } from 'vitest';
import type { NamedTable } from '../../../../../src/core/authoring/lint/names/named-tables.js';
import { oddName } from '../../../../../src/core/authoring/lint/names/odd-name.js';
import { oddNames } from '../../../../../src/core/authoring/lint/names/odd-names.js';
import { chainOf, type Written } from '../../../policy/policies.js';

const said = (text: string, table: NamedTable = 'tools') => {
  const odd = oddName(text, table);
  return odd && `${odd.message} | ${odd.help}`;
};

describe('names as clients show them', () => {
  it.each<[string, string[]]>([
    ['mcp__github__delete_repo', ['delete_repo']],
    ['mcp__my_server__get__all', ['get__all']],
    ['mcp__x__*', ['*']],
    ['mcp__github', ['*']],
    ['mcp__x*', ['*']],
    ['MCP__x__y', ['y']],
    ['mcp--x--y', ['y']],
    ['mcp0_delete_repo', ['delete_repo']],
    ['mcp_github_delete_repo', ['delete_repo']],
    ['mcp.x.y', ['y']],
    ['mcp:x:y', ['y']],
    ['Mcp(github:create_issue)', ['create_issue']],
    ['github-mcp-server(create_issue)', ['create_issue']],
    ['Bash(rm:*)', ['rm']],
    ['delete_x()', ['delete_x']],
    ['@git/push', ['push']],
    ['@push', ['push']],
    ['#push', ['push']],
    ['github.delete_repo', ['delete_repo']],
    ['github.*', ['*']],
    ['spy-server:delete_broker', ['delete_broker']],
    ['server/tool', ['tool']],
    ['developer__shell', ['shell']],
  ])('%s: %j', (text, meant) => {
    expect(oddName(text, 'tools')?.meant).toEqual(meant);
  });

  it('says what to write, and where what is meant for one server goes', () => {
    expect(said('mcp__github__delete_repo')).toBe(
      "'mcp__github__delete_repo' is how clients show tools, and not a name that a server has | write 'delete_repo'; what is for one server alone is written below `servers: { github: { tools: … } }`",
    );
    expect(said('github.delete_repo')).toMatch(
      /^'github.delete_repo' looks like a name that a client shows, with 'github.' in front of the server's own \|/,
    );
  });

  it('never offers what would hold for all tools of all servers', () => {
    expect(said('mcp__x__*')).toMatch(/\| write '\*' below `servers: \{ x: \{ tools: … \} \}`$/);
    expect(oddName('mcp__x__*', 'tools', true)?.help).toBe("write '*'");
  });

  it('are no keys of a rule', () => {
    expect(said('action')).toBe(
      `'action' is a key of a rule, and is taken for the name of a tool here | write it below the name of a tool, or below "*" for all: \`"*": { action: … }\``,
    );
    for (const key of ['when', 'reason', 'category', 'rate_limit', 'repeat', 'timeout'])
      expect(said(key), key).toContain('is a key of a rule');
    expect(said('action', 'prompts')).toBeUndefined();
    expect(said('actions')).toBeUndefined();
  });

  it.each<[string, NamedTable, string[]]>([
    ['/mcp__x__summarize', 'prompts', ['summarize']],
    ['@github:issue://7', 'resources', ['issue://7']],
    ['mcp__github__*', 'servers', ['github']],
  ])('%s of %s: %j', (text, table, meant) => {
    expect(oddName(text, table)?.meant).toEqual(meant);
  });
});

describe('patterns of other languages', () => {
  it.each<[string, string[]]>([
    ['{get,list}_*', ['get_*', 'list_*']],
    ['{a,b}_{c,d}', ['a_c', 'a_d', 'b_c', 'b_d']],
    ['delete_*, drop_*', ['delete_*', 'drop_*']],
    ['delete_x|drop_x', ['delete_x', 'drop_x']],
    ['(create|delete)_x', ['create_x', 'delete_x']],
    ['^delete_.*$', ['delete_*']],
    ['^drop', ['drop*']],
    ['/^drop/i', ['drop*']],
    ['_key$', ['*_key']],
    ['delete_.*', ['delete_*']],
    ['delete_.+', ['delete_*']],
    ['.*', ['*']],
    ['get\\.x', ['get.x']],
    ['delete_%', ['delete_*']],
    ['get_[a-z]*', []],
    ['v\\d+', []],
    ['!read_*', []],
  ])('%s: %j', (text, meant) => {
    expect(oddName(text, 'tools')).toMatchObject({
      meant,
      message: expect.stringMatching(/a glob has \* and \? alone$/),
    });
  });

  it('says what the glob matches instead', () => {
    expect(said('{get,list}_*')).toBe(
      "'{get,list}_*' only matches names that begin with '{get,list}_', because a glob has * and ? alone | write an entry for each: 'get_*' and 'list_*'",
    );
    expect(said('*_[a-z]')).toMatch(/only matches names that end with '_\[a-z\]'/);
    expect(said('a*, b*')).toMatch(/only matches names with ', b' in them/);
    expect(said('(a|b)')).toMatch(/only matches what is called exactly so/);
    expect(said('!read_*')).toMatch(/what holds for all others is written under "\*"/);
  });

  it('knows what URIs have of their own', () => {
    expect(said('users://{id}/x', 'resources')).toMatch(/\| write 'users:\/\/\*\/x'$/);
    expect(said('file:///srv/**/secret', 'resources')).toMatch(
      /^\*\*\/ in .* needs a folder, .* \| write an entry for each: 'file:\/\/\/srv\/\*\/secret' and 'file:\/\/\/srv\/secret'$/,
    );
    expect(said('/srv/*', 'resources')).toMatch(/has no scheme/);
    expect(said('notes', 'resources')).toMatch(/has no scheme/);
  });
});

describe('methods that resemble those of the protocol', () => {
  it.each<[string, string[] | undefined]>([
    ['completions/complete', ['completion/complete']],
    ['completions/*', ['completion/*']],
    ['root/list', ['roots/list']],
    ['elicitation/creat', ['elicitation/create']],
    ['com.example/anything', undefined],
    ['vendor/*', undefined],
    ['*', undefined],
    ['tasks/*', undefined],
  ])('%s: %j', (text, meant) => {
    expect(oddName(text, 'methods')?.meant).toEqual(meant);
  });
});

describe('what is a part of a name by mistake', () => {
  it.each<[string, string[]]>([
    ['“delete_x”', ['delete_x']],
    ['„delete_x“', ['delete_x']],
    ["'delete_x'", ['delete_x']],
    ['`delete_x`', ['delete_x']],
    ['delete_x”', ['delete_x']],
    [' delete_x', ['delete_x']],
    ['delete_x\u00a0', ['delete_x']],
    ['a\u200bb', ['ab']],
    ['“{a,b}”', ['a', 'b']],
    ['“”', []],
  ])('%j: %j', (text, meant) => {
    expect(oddName(text, 'tools')?.meant).toEqual(meant);
  });
});

it.each<[NamedTable, string[]]>([
  ['tools', ['*', '**', 'delete_*', '*_key', 'get-user', 'löschen', 'Get_X2', '???', '__init__', 'a b']],
  ['prompts', ['summarize', 'review*']],
  [
    'resources',
    ['*', 'file:///srv/*', '*secret*', 'https://x/?a=1,2', 'notion*', 'http://[::1]/x', 'urn:x:y'],
  ],
  ['methods', ['completion/*', 'logging/setLevel']],
  ['servers', ['github', 'server-*', 'my.server', '@scope/server']],
])('says nothing of usual names: %s', (table, names) => {
  expect(names.filter((name) => oddName(name, table) !== undefined)).toEqual([]);
});

describe('all names of a policy', () => {
  const warned = (written: Written, tools: string[] = []) =>
    oddNames([chainOf({ default: 'deny', ...written })], tools).map(
      ({ severity, place }) => `${severity} ${place?.pointer}`,
    );

  it('are looked at in each section', () => {
    expect(
      warned({
        tools: { 'a,b': 'deny' },
        prompts: { '!x': 'deny' },
        resources: { '/x': 'deny' },
        methods: { 'completion/{a,b}': 'deny' },
        servers: { '{a,b}': { tools: { mcp__x__y: 'deny' } } },
      }),
    ).toEqual([
      'warning /tools/a,b',
      'warning /resources//x',
      'warning /prompts/!x',
      'warning /methods/completion/{a,b}',
      'warning /servers/{a,b}',
      'warning /servers/{a,b}/tools/mcp__x__y',
    ]);
  });

  it('are those of a server that has such tools', () => {
    expect(warned({ tools: { 'github.delete_repo': 'deny' } }, ['github.delete_repo'])).toEqual([]);
    expect(warned({ tools: { 'github.*': 'deny', 'a/b': 'deny' } }, ['github.push'])).toEqual([
      'warning /tools/a/b',
    ]);
  });

  it('are told once where a server may have a dot in all of them', () => {
    const tools = { 'files.read': 'allow', 'files.write': 'deny', 'shell.run': 'deny' } as const;
    expect(warned({ tools })).toEqual(['warning /tools/files.read', 'warning /tools/shell.run']);
  });
});
