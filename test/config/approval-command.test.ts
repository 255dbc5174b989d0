import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadPolicy, type PolicyChoice } from '../../src/config/load.js';
import { PolicyError } from '../../src/config/policy-error.js';
import { onWindows, withoutLinux } from '../skip.js';
import { folderWith } from './folder.js';

const HEAD = 'version: 1\ndefault: require_approval\n';
const policyWith = (command: string) => `${HEAD}approvals: { via: [command], command: ${command} }\n`;

let userFolder = '';
const onLinux = it.skipIf(withoutLinux("where a variable names the user's own folder"));
const onPosix = it.skipIf(onWindows('paths are written otherwise'));

beforeEach(() => {
  const home = folderWith();
  vi.stubEnv('XDG_CONFIG_HOME', home);
  vi.stubEnv('POLICY_WRAP_CONFIG', '');
  userFolder = path.join(home, 'policy-wrap');
  mkdirSync(userFolder);
});
afterEach(() => vi.unstubAllEnvs());

function userPolicy(text: string): void {
  writeFileSync(path.join(userFolder, 'policy-wrap.yaml'), text);
}

/** The approvals of the policy that applies in a folder with these files. */
async function approvals(files: Readonly<Record<string, string>>, choice: Partial<PolicyChoice> = {}) {
  const cwd = folderWith(files);
  const { policy } = await loadPolicy({ server: 'server', cwd, ...choice });
  return { ...policy.approvals, cwd };
}

async function mistake(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PolicyError)) throw error ?? new Error('nothing was wrong');
  return error.message;
}

const NOT_NAMED =
  /policy-wrap\.yaml:3:\d+: this policy was discovered and not named, so it may not choose a program to run \(\/approvals\/command\)\n {2}help: name it with --config if you trust it, or put `command` in your own policy file$/;

describe('the program that is asked', () => {
  it('is looked up on the PATH when it is a plain name', async () => {
    const { command } = await approvals({ 'a.yaml': policyWith('ask') }, { config: 'a.yaml' });
    expect(command).toEqual(['ask']);
  });

  onPosix(
    'counts from the folder of the file that says it when it is a path; its arguments are left alone',
    async () => {
      const files = { 'in/a.yaml': policyWith('[./bin/ask, ./b, "../c d"]'), 'in/bin/ask': '' };
      const { command, cwd } = await approvals(files, { config: 'in/a.yaml' });
      expect(command).toEqual([path.join(cwd, 'in/bin/ask'), './b', '../c d']);
    },
  );

  onPosix('counts from the folder of the file that is extended, when that says it', async () => {
    const files = {
      'a.yaml': `version: 1\nextends: ./base/b.yaml\n`,
      'base/b.yaml': policyWith('./ask'),
      'base/ask': '',
    };
    const { command, cwd } = await approvals(files, { config: 'a.yaml' });
    expect(command).toEqual([path.join(cwd, 'base/ask')]);
  });

  onPosix('is what it is when it is named in full', async () => {
    const named = policyWith(process.execPath);
    const { command } = await approvals({ 'a.yaml': named }, { config: 'a.yaml' });
    expect(command).toEqual([process.execPath]);
  });

  it.each([
    ['"./ask.mjs --flag"', 'write a list for a program with arguments, such as [./ask.mjs, --flag]'],
    ['./nope.mjs', 'a path starts at the folder of the policy'],
  ])('is a mistake where nothing is there: %s', async (written, help) => {
    const files = { 'a.yaml': policyWith(written), 'ask.mjs': '' };
    const told = await mistake(approvals(files, { config: 'a.yaml' }));
    expect(told).toContain(`the program '${written.replaceAll('"', '')}' does not exist`);
    expect(told).toContain(`help: ${help}`);
  });

  it('is none where nobody says', async () => {
    expect((await approvals({ 'policy-wrap.yaml': HEAD })).command).toBeUndefined();
    expect((await approvals({})).command).toBeUndefined();
  });
});

describe('a policy that was found', () => {
  it('may not name a program', async () => {
    expect(await mistake(approvals({ 'policy-wrap.yaml': policyWith('ask') }))).toMatch(NOT_NAMED);
  });

  it('may not extend one that does', async () => {
    const files = {
      'policy-wrap.yaml': 'version: 1\nextends: ./base.yaml\n',
      'base.yaml': policyWith('./ask'),
    };
    expect(await mistake(approvals(files))).toContain('base.yaml:3:');
    expect(await mistake(approvals(files))).toContain('may not choose a program to run');
  });

  onLinux('may not even beside a policy of the user that names another', async () => {
    userPolicy(policyWith('mine'));
    expect(await mistake(approvals({ 'policy-wrap.yaml': policyWith('ask') }))).toMatch(NOT_NAMED);
  });

  onLinux("may name the channel, which then asks the user's program", async () => {
    userPolicy(`${HEAD}approvals: { via: [page, command], command: mine }\n`);
    const { via, command } = await approvals({
      'policy-wrap.yaml': `${HEAD}approvals: { via: [command] }\n`,
    });
    expect({ via, command }).toEqual({ via: ['page', 'command'], command: ['mine'] });
  });

  onLinux('may not name the channel where nobody names a program', async () => {
    userPolicy(HEAD);
    const files = { 'policy-wrap.yaml': `${HEAD}approvals: { via: [command] }\n` };
    expect(await mistake(approvals(files))).toContain("the channel 'command' has no program to ask");
  });
});

describe('two policies', () => {
  onLinux("the user's program is asked rather than that of a policy that is named", async () => {
    userPolicy(policyWith('mine'));
    const { command } = await approvals({ 'a.yaml': policyWith('ask') }, { config: 'a.yaml' });
    expect(command).toEqual(['mine']);
  });

  onLinux('that of a policy that is named is asked where the user has none', async () => {
    userPolicy(HEAD);
    const { via, command } = await approvals({ 'a.yaml': policyWith('ask') }, { config: 'a.yaml' });
    expect({ via, command }).toEqual({ via: ['command'], command: ['ask'] });
  });
});

describe('--via', () => {
  it('counts whatever the policy says', async () => {
    const files = { 'policy-wrap.yaml': `${HEAD}approvals: { via: [elicitation], hold: 5 }\n` };
    const { via, hold } = await approvals(files, { via: ['terminal', 'page'] });
    expect({ via, hold }).toEqual({ via: ['terminal', 'page'], hold: 5 });
    expect((await approvals({}, { preset: 'strict', via: ['page'] })).via).toEqual(['page']);
  });

  onLinux('leaves the channels of the user', async () => {
    userPolicy(`${HEAD}approvals: { via: [page] }\n`);
    expect((await approvals({}, { via: ['terminal'] })).via).toEqual(['page']);
    expect((await approvals({}, { preset: 'strict', via: ['terminal'] })).via).toEqual(['page']);
    userPolicy(`${HEAD}approvals: { hold: 5 }\n`);
    expect((await approvals({}, { via: ['terminal'] })).via).toEqual(['terminal']);
  });

  it('may name a program that the policy names', async () => {
    const files = { 'a.yaml': `${HEAD}approvals: { via: [page, command], command: ask }\n` };
    expect((await approvals(files, { config: 'a.yaml', via: ['command'] })).via).toEqual(['command']);
  });

  it('may not name one that no policy names', async () => {
    expect(await mistake(approvals({}, { via: ['command'] }))).toBe(
      "--via names the channel 'command', and no policy says which program to ask\n  help: write `approvals: { via: [command], command: the-program }` in your policy file",
    );
  });
});
