import { describe, expect, it } from 'vitest';
import { lint } from '../../../../../src/core/authoring/lint/lint.js';
import { chainOf, type Written } from '../../../policy/policies.js';
import { lintOf, subjectOf, told } from '../subjects.js';

const TOOLS = ['list_brokers', 'describe_broker', 'delete_broker', 'delete_queue'];

describe('entries of tools', () => {
  it.each<[string, Written, RegExp]>([
    [
      'a misspelt name',
      { tools: { delete_brokr: 'deny' } },
      /^error no-such-tool \/tools\/delete_brokr: the server has no tool 'delete_brokr' \| did you mean 'delete_broker'\?$/,
    ],
    [
      'a name in another case',
      { tools: { Delete_Broker: 'allow' } },
      /^error .* did you mean 'delete_broker'\?$/,
    ],
    [
      'a name that is like none',
      { tools: { promote: 'hide' } },
      /^warning no-such-tool \/tools\/promote: the server has no tool 'promote' \| look at the names with/,
    ],
    [
      'a misspelt glob',
      { tools: { 'delte_*': 'deny' } },
      /^warning .*no tool of the server matches 'delte_\*' \| did you mean 'delete_\*'\?$/,
    ],
    [
      'a misspelt end',
      { tools: { '*_brokr': 'deny' } },
      /^warning .*matches '\*_brokr' \| did you mean '\*_broker'\?$/,
    ],
    [
      'a glob that is like nothing',
      { tools: { 'purge_*': 'deny' } },
      /^warning .*matches 'purge_\*' \| look at the names with `policy-wrap inspect`; where it guards against future tools, add a test that calls one$/,
    ],
    [
      'in the part of this server',
      { servers: { 'ser*': { tools: { promote: 'hide' } } } },
      /^warning no-such-tool \/servers\/ser\*\/tools\/promote/,
    ],
    [
      'of a file for several servers',
      { servers: { server: {}, other: {} }, tools: { promote: 'hide', list_broker: 'deny' } },
      /^info no-such-tool .* it may be meant for another server, or for future tools$/,
    ],
    [
      'a glob that a test says to be for tools to come',
      { tools: { 'purge_*': 'deny' }, tests: [{ call: 'purge_all', expect: 'deny' }] },
      /^info no-such-tool/,
    ],
    [
      'a name as clients show it',
      { tools: { mcp__spy__delete_broker: 'deny' } },
      /^error no-such-tool .*: 'mcp__spy__delete_broker' is how clients show tools, .* \| did you mean 'delete_broker'\?$/,
    ],
    [
      'a name with a colon',
      { tools: { 'spy-server:delete_broker': 'deny' } },
      /^error .* did you mean 'delete_broker'\?$/,
    ],
    [
      'a name with a dot',
      { tools: { 'github.delete_queue': 'deny' } },
      /^error .* did you mean 'delete_queue'\?$/,
    ],
    [
      'a name with two',
      { tools: { 'a.b.delete_queue': 'deny' } },
      /^error .* did you mean 'delete_queue'\?$/,
    ],
    [
      'the server in front',
      { tools: { server_delete_queue: 'deny' } },
      /^error .* did you mean 'delete_queue'\?$/,
    ],
    [
      'a glob as clients show it',
      { tools: { 'mcp__spy__delete_*': 'deny' } },
      /^warning .* did you mean 'delete_\*'\?$/,
    ],
    [
      'a name as clients show it, of another server',
      { tools: { mcp__github__delete_repo: 'deny' } },
      /^warning .* is how clients show tools, .* \| write 'delete_repo'; /,
    ],
    [
      'alternatives',
      { tools: { '{list,describe}_broker*': 'allow' } },
      /^warning .* a glob has \* and \? alone \| write an entry for each: 'list_broker\*' and 'describe_broker\*'$/,
    ],
    [
      'typographic quotes',
      { tools: { '“delete_queue”': 'deny' } },
      /^error .* did you mean 'delete_queue'\?$/,
    ],
    ['hostile names', { tools: { '\u001b[2Jx\u202e': 'deny' } }, /'\\u\{1b\}\[2Jx\\u\{202e\}'/],
  ])('%s', (_, written, expected) => {
    expect(told(lintOf(written, TOOLS))[0]).toMatch(expected);
  });

  it.each<[string, Written]>([
    [
      'that match',
      { tools: { 'delete_*': 'deny', '*_queue*': 'deny', describe_broker: 'allow', '*': 'deny' } },
    ],
    ['of another server', { servers: { other: { tools: { promote: 'hide' } }, server: {} } }],
    ['of a preset', { default: 'allow', categories: { read: 'allow', write: 'deny', destructive: 'deny' } }],
  ])('says nothing of those %s', (_, written) => {
    expect(told(lintOf(written, TOOLS)).filter((line) => line.includes('no-such'))).toEqual([]);
  });

  it('says nothing of a name with dots and slashes that the server has', () => {
    const names = ['github.delete_repo', 'a/b', 'x:y', 'mcp__a__b'];
    const tools = Object.fromEntries(names.map((name) => [name, 'deny' as const]));
    expect(told(lintOf({ tools }, names)).filter((line) => line.includes('no-such'))).toEqual([]);
  });

  it('never advises to remove what may make a rule stricter', () => {
    const tools = {
      promote: 'deny',
      'purge_*': { rate_limit: { max: 1, window: 1 } },
      mcp__x__y: 'hide',
    } as const;
    const helps = told(lintOf({ tools, resources: {} }, TOOLS));
    expect(helps).toHaveLength(3);
    expect(helps.join()).not.toContain('remove');
  });

  it('is mild about what a file extends, and the user’s own', () => {
    const chain = chainOf({ default: 'deny' }, { tools: { list_broker: 'deny' } });
    expect(told(lint(subjectOf([chain], TOOLS)))).toEqual([
      expect.stringMatching(/^info no-such-tool .* did you mean 'list_brokers'\?$/),
    ]);
    const general = ['policy-wrap.yaml'];
    expect(told(lintOf({ tools: { promote: 'deny' } }, TOOLS, { general }))).toEqual([
      expect.stringMatching(/^info no-such-tool/),
    ]);
  });

  it('does not compare all with all where both are many', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `tool_${index}_alike`);
    const tools = Object.fromEntries(names.map((name) => [name.replace('alike', 'alkie'), 'deny' as const]));
    const findings = lintOf({ tools }, names).filter(({ rule }) => rule === 'no-such-tool');
    expect(findings).toHaveLength(1_000);
    const compared = findings.filter(({ help }) => help.startsWith('did you mean'));
    expect(compared.length).toBeGreaterThan(10);
    expect(compared.length).toBeLessThan(100);
  });
});

describe('conditions that ask for the tool', () => {
  const ask = (when: string, more: Written = {}) =>
    told(lintOf({ tools: { '*': [{ when, action: 'deny' }, 'require_approval'] }, ...more }, TOOLS));

  it.each<[string, string]>([
    [
      'tool.name == "delete_brokr"',
      "warning no-such-tool /tools/*/0/when: the server has no tool 'delete_brokr' | did you mean 'delete_broker'?",
    ],
    ['"promote" != tool.name', "the server has no tool 'promote' | look at the names with"],
    ['tool.name == "mcp__spy__delete_queue"', "| did you mean 'delete_queue'?"],
    ['tool.name in ["list_brokers", "promote"]', "the server has no tool 'promote'"],
  ])('%s', (when, expected) => {
    expect(ask(when)).toEqual([expect.stringContaining(expected)]);
  });

  it('says nothing of what there is, and is mild where other servers are meant', () => {
    expect(
      ask('tool.name == "delete_broker" && tool.category in ["read", "write"] && tool.risk != "low"'),
    ).toEqual([]);
    expect(ask('[{"name": "x"}].exists(tool, tool.name == "x")')).toEqual([]);
    expect(ask('tool.name == "promote"', { servers: { other: {} } })).toContainEqual(
      expect.stringMatching(/^info no-such-tool /),
    );
  });
});

describe('tests that call tools', () => {
  it.each<[Written, RegExp | undefined]>([
    [
      { tests: [{ call: 'delete_brokr', expect: 'deny' }] },
      /^warning no-such-tool-in-test \/tests\/0: this test calls 'delete_brokr', which the server does not have \| did you mean 'delete_broker'\?$/,
    ],
    [
      { tests: [{ call: 'promote', expect: ['allow x10', 'limited'] }] },
      /^warning .* call a tool that the server has$/,
    ],
    [
      { tests: [{ call: 'promote', expect: ['deny x2'] }] },
      /^info .* leave it, if it is about future tools$/,
    ],
    [
      { tests: [{ call: 'promote', server: 'server', expect: 'allow' }], servers: { server: {} } },
      /^warning/,
    ],
    [{ tests: [{ call: 'promote', server: 'other', expect: 'allow' }] }, undefined],
    [{ tests: [{ call: 'promote', expect: 'allow' }], servers: { server: {} } }, undefined],
    [
      {
        tests: [
          { call: 'list_brokers', expect: 'deny' },
          { resource: 'x', expect: 'deny' },
        ],
      },
      undefined,
    ],
  ])('%j', (written, expected) => {
    const lines = told(lintOf(written, TOOLS)).filter((line) => line.includes('in-test'));
    expect(lines).toEqual(expected ? [expect.stringMatching(expected)] : []);
  });
});

describe('parts of servers', () => {
  it.each<[string, Written, string, RegExp | undefined]>([
    [
      'one that is much like it',
      { servers: { githb: {} } },
      'github',
      /^warning no-such-server \/servers\/githb: no part of `servers` is for the server 'github' \| write 'github' for 'githb'/,
    ],
    [
      'one that is a part of its name, as clients call it',
      { servers: { slack: {}, memory: {} } },
      '@modelcontextprotocol/server-memory',
      /^warning no-such-server \/servers\/memory: .* write '@modelcontextprotocol\/server-memory' for 'memory', or name the server with --server/,
    ],
    [
      'one that shares only what all are called',
      { servers: { 'mcp-server': {}, 'server-slack': {} } },
      '@modelcontextprotocol/server-memory',
      /^info no-such-server \/servers: /,
    ],
    ['others', { servers: { slack: {} } }, 'github', /^info no-such-server \/servers: /],
    ['a server without a name', { servers: { slack: {} } }, '', /^warning .* name it with --server$/],
    ['one that matches', { servers: { 'git*': {}, slack: {} } }, 'github', undefined],
    ['none', {}, '', undefined],
  ])('%s', (_, written, server, expected) => {
    const lines = told(lintOf(written, TOOLS, { server })).filter((line) => line.includes('-server '));
    expect(lines).toEqual(expected ? [expect.stringMatching(expected)] : []);
  });
});
