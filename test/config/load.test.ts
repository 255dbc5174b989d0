import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFile, loadPolicy, type PolicyChoice } from '../../src/config/load.js';
import { PolicyError } from '../../src/config/policy-error.js';
import { decide } from '../../src/core/policy/decide/decide.js';
import { sampleCall } from '../../src/core/policy/decide/sample-call.js';
import { combine } from '../../src/core/policy/decide/settle.js';
import { withoutLinux } from '../skip.js';
import { folderWith } from './folder.js';

const DENY = 'version: 1\ndefault: deny\n';
const ALLOW = 'version: 1\ndefault: allow\n';
const ASK = 'version: 1\ndefault: require_approval\n';

/** The user's own files, for platforms on which a variable says where they are. */
let userFolder = '';
const onLinux = it.skipIf(withoutLinux("where a variable names the user's own folder"));

beforeEach(() => {
  const home = folderWith();
  vi.stubEnv('XDG_CONFIG_HOME', home);
  vi.stubEnv('POLICY_WRAP_CONFIG', '');
  userFolder = path.join(home, 'policy-wrap');
  mkdirSync(userFolder);
});
afterEach(() => vi.unstubAllEnvs());

async function load(files: Readonly<Record<string, string>>, choice: Partial<PolicyChoice> = {}) {
  return loadPolicy({ server: 'server', cwd: folderWith(files), ...choice });
}

async function sources(
  files: Readonly<Record<string, string>>,
  choice?: Partial<PolicyChoice>,
): Promise<string[]> {
  const { policy } = await load(files, choice);
  return policy.layers.map(({ source, mode }) => `${path.basename(source)} ${mode}`);
}

async function mistake(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PolicyError)) throw error ?? new Error('nothing was wrong');
  return error.message;
}

describe('which files judge', () => {
  it.each<[string, Record<string, string>, Partial<PolicyChoice>, string[]]>([
    ['the preset where there is nothing', {}, {}, ['preset standard enforce']],
    ['the file of the project', { 'policy-wrap.yaml': DENY }, {}, ['policy-wrap.yaml enforce']],
    [
      'a preset that is named, instead of it',
      { 'policy-wrap.yaml': DENY },
      { preset: 'strict' },
      ['preset strict enforce'],
    ],
    [
      'a mode that is named, over that of the file',
      { 'policy-wrap.yaml': `${DENY}mode: enforce\n` },
      { mode: 'observe' },
      ['policy-wrap.yaml observe'],
    ],
    ['the preset observe', {}, { preset: 'observe' }, ['preset observe observe']],
  ])('%s', async (_, files, choice, expected) => {
    expect(await sources(files, choice)).toEqual(expected);
  });

  it('a file that is named, instead of that of the project', async () => {
    const files = { 'policy-wrap.yaml': DENY, 'other.yaml': ALLOW };
    expect(await sources(files, { config: 'other.yaml' })).toEqual(['other.yaml enforce']);
    const elsewhere = folderWith({ 'other.yaml': ALLOW });
    vi.stubEnv('POLICY_WRAP_CONFIG', path.join(elsewhere, 'other.yaml'));
    expect(await sources(files)).toEqual(['other.yaml enforce']);
    expect(await sources(files, { config: 'policy-wrap.yaml' })).toEqual(['policy-wrap.yaml enforce']);
  });

  it.each(['other.yaml', './other.yaml', '../x/other.yaml', 'a/../other.yaml'])(
    'the variable does not name a file of whichever folder this is: %s',
    async (written) => {
      vi.stubEnv('POLICY_WRAP_CONFIG', written);
      await expect(load({ 'other.yaml': ALLOW })).rejects.toThrow(
        `POLICY_WRAP_CONFIG is '${written}', which is another file in each folder`,
      );
    },
  );

  it('an empty name is a mistake and not no name', async () => {
    expect(await mistake(load({ 'policy-wrap.yaml': DENY }, { config: '' }))).toContain(
      'is a folder, not a policy file',
    );
  });

  onLinux('the file of the user beside that of the project', async () => {
    writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), ASK);
    expect(await sources({})).toEqual(['policy-wrap.yaml enforce']);
    expect(await sources({ 'policy-wrap.json': '{"version":1,"default":"deny"}' })).toEqual([
      'policy-wrap.json enforce',
      'policy-wrap.yaml enforce',
    ]);
    expect(await sources({ 'x.yaml': ALLOW }, { config: 'x.yaml' })).toEqual([
      'x.yaml enforce',
      'policy-wrap.yaml enforce',
    ]);
    expect(await sources({}, { preset: 'read-only' })).toEqual([
      'preset read-only enforce',
      'policy-wrap.yaml enforce',
    ]);
  });

  onLinux('the file of the user only once', async () => {
    writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), ASK);
    expect(await sources({}, { config: path.join(userFolder, 'policy-wrap.yaml') })).toHaveLength(1);
    expect(await sources({}, { cwd: userFolder })).toHaveLength(1);
  });

  onLinux.each<[string, string, Partial<PolicyChoice>, string[]]>([
    ['observes', ALLOW, { mode: 'observe' }, ['policy-wrap.json observe', 'policy-wrap.yaml enforce']],
    [
      'enforces',
      `${ALLOW}mode: observe\n`,
      { mode: 'enforce' },
      ['policy-wrap.json enforce', 'policy-wrap.yaml enforce'],
    ],
    [
      'observes both',
      `${ALLOW}mode: observe\n`,
      { mode: 'observe' },
      ['policy-wrap.json observe', 'policy-wrap.yaml observe'],
    ],
    [
      'is a preset',
      ALLOW,
      { preset: 'observe', mode: 'observe' },
      ['preset observe observe', 'policy-wrap.yaml enforce'],
    ],
  ])(
    'a mode that is named loosens the file of the user no further: %s',
    async (_, user, choice, expected) => {
      writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), user);
      const files = { 'policy-wrap.json': '{"version":1,"default":"deny"}' };
      expect(await sources(files, choice)).toEqual(expected);
    },
  );

  onLinux('nor does it where the file of the user is named, or the only one, and says so', async () => {
    const own = path.join(userFolder, 'policy-wrap.yaml');
    writeFileSync(own, ASK);
    const loads = [
      await load({}, { mode: 'observe' }),
      await load({}, { mode: 'observe', config: own }),
      await load({}, { mode: 'observe', cwd: userFolder }),
    ];
    for (const { policy, overruled } of loads) {
      expect(policy.layers.map(({ mode }) => mode)).toEqual(['enforce']);
      expect(overruled).toEqual([
        expect.stringMatching(/^--mode observe does not apply to .*policy-wrap\.yaml, which is your own/),
      ]);
    }
    expect((await load({}, {})).overruled).toEqual([]);
    writeFileSync(own, `${ASK}mode: observe\n`);
    expect((await load({}, { mode: 'observe' })).overruled).toEqual([]);
  });

  onLinux.each<[string, string, string]>([
    [ALLOW, ASK, 'require_approval'],
    [ASK, ALLOW, 'require_approval'],
    [DENY, ASK, 'deny'],
    [`${DENY}mode: observe\n`, ASK, 'require_approval'],
    [ALLOW, `${DENY}mode: observe\n`, 'allow'],
  ])('the stricter answer wins: %j beside %j', async (project, user, action) => {
    writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), user);
    const { policy } = await load({ 'policy-wrap.yaml': project });
    const call = sampleCall({ kind: 'tool', name: 'x', argumentsText: '{}', server: 'server', now: 0 });
    expect(combine(decide(policy, call)).action).toBe(action);
  });
});

describe('what is wrong', () => {
  const WRONG = `version: 1
default: alow
tools:
  key: deny
  when: deny
  constructor: deny
  a: { when: arg.n > 1, action: dney }
  b: { action: deny, when: tool.nme == "x", rate_limit: { max: 1, window: 60, key: "args." } }
  c: [{ when: 'wihtin(args.path, "/")' }, { budget: { sum: "'a'", max: 1, window: 5 minutes } }]
tests: [{ call: x, args: { when: "arg.n" }, expect: deny }]
`;

  it('is all shown at once: keys, values, times and expressions, in the order of the file', async () => {
    const text = await mistake(load({ 'policy-wrap.yaml': WRONG }));
    expect(text.split('\n').map((line) => line.replace(/: .*\(/, ': ('))).toEqual([
      'policy-wrap.yaml:2:10: (/default)',
      "  help: did you mean 'allow'?",
      'policy-wrap.yaml:7:14: (/tools/a/when)',
      "  help: did you mean 'args'?",
      'policy-wrap.yaml:7:33: (/tools/a/action)',
      "  help: did you mean 'deny'?",
      'policy-wrap.yaml:8:33: (/tools/b/when)',
      "  help: did you mean 'tool.name'?",
      'policy-wrap.yaml:8:89: (/tools/b/rate_limit/key)',
      expect.stringMatching(/^ {2}help: .*compare with ==/),
      'policy-wrap.yaml:9:16: (/tools/c/0/when)',
      "  help: did you mean 'within'?",
      'policy-wrap.yaml:9:60: (/tools/c/1/budget/sum)',
      expect.stringMatching(/^ {2}help: write what one call adds/),
      'policy-wrap.yaml:9:83: (/tools/c/1/budget/window)',
      '  help: write `window: 5m`',
    ]);
  });

  it('is shown with places also when only the expressions are', async () => {
    const text = await mistake(
      load({
        'policy-wrap.yaml': `${DENY}tools:\n  b: { when: b.n }\n  a:\n    when: a.n\n    action: deny\n`,
      }),
    );
    expect(text.split('\n').filter((line) => !line.startsWith('  help'))).toEqual([
      "policy-wrap.yaml:4:14: unknown variable 'b' in `b.n` (/tools/b/when)",
      "policy-wrap.yaml:6:11: unknown variable 'a' in `a.n` (/tools/a/when)",
    ]);
  });

  it.each<[string, string, string]>([
    [
      'a missing default',
      'version: 1\ntools: { x: deny }\n',
      'policy-wrap.yaml:1:1: nothing says what happens to a tool that no entry names\n  help: add `default: require_approval`, or start from a preset with `extends: standard`',
    ],
    [
      'a hidden tool with a condition',
      `${DENY}tools: { x: { action: hide, when: args.n > 1 } }\n`,
      'policy-wrap.yaml:3:29: `hide` takes no `when`: a tool list has no arguments to look at (/tools/x/when)\n  help: use `deny` for a condition',
    ],
    [
      'a hidden prompt',
      `${DENY}prompts: { x: hide }\n`,
      'policy-wrap.yaml:3:12: `hide` is for tools; prompts are never cut out of lists (/prompts/x)\n  help: use `deny`',
    ],
    [
      'a condition that is no condition',
      `${DENY}tools: { x: { when: args.n + 1, action: deny } }\n`,
      'policy-wrap.yaml:3:21: the result is an integer, not true or false, in `args.n + 1` (/tools/x/when)\n  help: compare it with something, such as `args.amount > 100`',
    ],
    [
      'an expression in what is extended',
      'version: 1\nextends: ./base.yaml\n',
      "base.yaml:2:18: unknown variable 'arg' in `arg.n` (/default/when)\n  help: did you mean 'args'?",
    ],
  ])('%s', async (_, text, expected) => {
    const loading = load({ 'policy-wrap.yaml': text, 'base.yaml': 'version: 1\ndefault: { when: arg.n }\n' });
    expect(await mistake(loading)).toBe(expected);
  });

  onLinux('is shown for both files', async () => {
    writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), 'version: 1\ndefault: alow\n');
    const text = await mistake(load({ 'policy-wrap.json': '{"version":1,"default":"dney"}' }));
    expect(text).toMatch(
      /policy-wrap\.json:1:24: unknown action 'dney'.*policy-wrap\.yaml:2:10: unknown action 'alow'/s,
    );
  });

  it('a link that leads nowhere is no absent policy', async () => {
    const cwd = folderWith();
    symlinkSync(path.join(cwd, 'gone.yaml'), path.join(cwd, 'policy-wrap.yaml'));
    expect(await mistake(load({}, { cwd }))).toContain('policy-wrap.yaml does not exist');
  });
});

describe('a policy that is read again', () => {
  it('is an error when its file is gone, and not another policy', async () => {
    const cwd = folderWith({ '.git/': '', 'policy-wrap.yaml': ALLOW, 'a/policy-wrap.yaml': DENY });
    const choice = { server: 'server', cwd: path.join(cwd, 'a') };
    const { found } = await loadPolicy(choice);
    rmSync(path.join(cwd, 'a/policy-wrap.yaml'));
    expect(await mistake(loadPolicy({ ...choice, found }))).toContain('policy-wrap.yaml does not exist');
    expect((await loadPolicy(choice)).chains[0]?.documents[0].document.default).toBe('allow');
  });
});

describe('loadFile', () => {
  onLinux('reads one file and leaves out that of the user', async () => {
    writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), DENY);
    const { chain, policyFor } = await loadFile('x.yaml', folderWith({ 'x.yaml': ALLOW }));
    expect(chain.documents).toHaveLength(1);
    expect((await policyFor('any')).layers).toHaveLength(1);
  });

  it('compiles for the server that is asked for', async () => {
    const text = `${DENY}servers: { a: { default: allow }, b: { default: hide } }\n`;
    const { policyFor } = await loadFile('x.yaml', folderWith({ 'x.yaml': text }));
    const actionFor = async (server: string) =>
      (await policyFor(server)).layers[0]?.sections[0]?.default?.[0]?.action;
    expect([await actionFor('a'), await actionFor('b'), await actionFor('c')]).toEqual([
      'allow',
      'hide',
      'deny',
    ]);
  });
});
