import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy } from '../../../../src/config/load.js';
import { isLoose, snippetsFor } from '../../../../src/core/authoring/report/snippets.js';
import { toolReports } from '../../../../src/core/authoring/report/tool-report.js';
import { preview } from '../../../../src/core/policy/decide/preview.js';
import { folderWith } from '../../../config/folder.js';

const NAMES = [
  'create_api_key',
  'API-post-page',
  'a.b',
  '-',
  '--x',
  '1',
  '1.5',
  '0x1',
  'true',
  'No',
  'null',
  '~',
  'a b',
  'a: b',
  'a #b',
  '#x',
  '&a',
  '*',
  '?',
  'a*b',
  'a?b',
  "it's",
  '"q"',
  'a\\b',
  'a\nb',
  'a\tb',
  'ä',
  '日本',
  '😀',
  'a\u202eb',
  'a\u2028b',
  '\u{e0041}',
  '\u0085',
  '{a}',
  '[a]',
  '<<',
  '=',
  '@a',
  '`a`',
  '%a',
  '!a',
  '|',
  '>',
  ',',
  'toString',
  '.inf',
  '2001-01-01',
  'x'.repeat(500),
  'a/b',
  '$',
  '- a',
  ': ',
  ' a ',
  '\ufeffa',
  'version',
  'constructor',
];

describe('snippets', () => {
  it.each(NAMES)('for %j are policies that do what they say', async (name) => {
    const snippets = snippetsFor(name);
    expect(snippets).toHaveLength(4);
    const decisions = [];
    for (const { text } of snippets) {
      const cwd = folderWith({ 'policy-wrap.yaml': `version: 1\ndefault: hide\n${text}` });
      const { policy } = await loadPolicy({ server: 's', config: 'policy-wrap.yaml', cwd });
      decisions.push(preview(policy, name));
    }
    expect(decisions.map(({ action }) => action)).toEqual(['allow', 'allow', 'require_approval', 'deny']);
    expect(decisions[1]?.limits).toEqual([expect.stringContaining('10 calls per 60 s')]);
    expect(decisions[3]?.reason).toBe('A person does this by hand.');
  });

  it.each(['', 'x'.repeat(501), 'a\ud800', 'a\0b'])(
    'are none for a name that no policy can give: %j',
    (name) => {
      expect(snippetsFor(name)).toEqual([]);
    },
  );

  it('are about as few other names as can be', () => {
    expect(snippetsFor('a*')[0]?.text).toContain('"a?"');
    expect(['a*', 'a?', 'a'].map(isLoose)).toEqual([true, true, false]);
  });
});

describe('a tool that may not be called as often as it likes with the same arguments', () => {
  /** What the policy says of a tool once the snippet is in it. */
  async function pasted(policy: string, snippet = '') {
    const cwd = folderWith({ 'policy-wrap.yaml': `version: 1\n${policy}${snippet}` });
    const loaded = await loadPolicy({ server: 's', config: 'policy-wrap.yaml', cwd });
    return toolReports([{ name: 'get_job_status' }], loaded.policy)[0];
  }

  it.each([
    ['a preset', 'extends: standard\n', '{ repeat: false }'],
    [
      'a category',
      'default: deny\ncategories: { read: { action: allow, repeat: { max: 20, window: 60 } } }\n',
      '{ repeat: false }',
    ],
    ['the file itself', 'default: allow\nrepeat: { max: 20, window: 60 }\n', '{ repeat: false }'],
  ])('has a line that lifts what %s says, and nothing else', async (_, policy, line) => {
    const before = await pasted(policy);
    expect(before?.decision.limits).toEqual(['the same call is limited to 20 times per 60 s']);
    const snippet = before?.snippets.find(({ text }) => text.includes('repeat'));
    expect(snippet?.text).toBe(`tools:\n  get_job_status: ${line}\n`);
    const after = await pasted(policy, snippet?.text);
    expect(after?.decision).toMatchObject({ action: before?.decision.action, limits: [] });
    expect(after?.snippets.some(({ text }) => text.includes('repeat'))).toBe(false);
  });

  it('keeps what its entry says', async () => {
    const report = await pasted('extends: standard\ntools: { get_job_status: require_approval }\n');
    const texts = report?.snippets.map(({ text }) => text);
    expect(texts).toContain('tools:\n  get_job_status: { action: require_approval, repeat: false }\n');
  });
});

describe('a parameter that chooses what the tool does', () => {
  it('has a snippet that asks by it', () => {
    const choices = { parameter: 'action', dangerous: ['delete'], mild: ['list', 'update'] };
    const snippet = snippetsFor('project', { choices }).at(3);
    expect(snippet?.title).toBe('Ask a person by what it is to do');
    expect(parse(snippet?.text ?? '')).toEqual({
      tools: {
        project: [
          { when: 'args.action == "delete"', action: 'require_approval' },
          { when: 'args.action in ["list", "update"]', action: 'allow' },
        ],
      },
    });
  });

  it('may be called as no variable can be', () => {
    const choices = { parameter: 'the-op', dangerous: ['drop', 'purge'], mild: ['get'] };
    expect(parse(snippetsFor('x', { choices }).at(3)?.text ?? '').tools.x[0].when).toBe(
      'args["the-op"] in ["drop", "purge"]',
    );
  });
});
