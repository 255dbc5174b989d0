import { describe, expect, it } from 'vitest';
import { POLICY_WRAP } from '../../src/cli/commands/policy-wrap.js';
import { asTyped, isRunByNpx, leaveNpx, pathWithoutNpx, SUB_COMMANDS } from '../../src/platform/outer-npx.js';

const GYP = '/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin';

/** As npm 11 leaves it. */
const OF_NPX = {
  npm_command: 'exec',
  npm_lifecycle_event: 'npx',
  npm_lifecycle_script: "'policy-wrap'",
  npm_package_json: '/home/ann/project/package.json',
  npm_execpath: '/usr/lib/node_modules/npm/bin/npm-cli.js',
  npm_node_execpath: '/usr/bin/node',
  npm_config_cache: '/home/ann/.npm',
  npm_config_global_prefix: '/usr',
  npm_config_globalconfig: '/usr/etc/npmrc',
  npm_config_init_module: '/home/ann/.npm-init.js',
  npm_config_local_prefix: '/home/ann/project',
  npm_config_node_gyp: '/usr/lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js',
  npm_config_noproxy: '',
  npm_config_npm_version: '11.19.1',
  npm_config_prefix: '/usr',
  npm_config_user_agent: 'npm/11.19.1 node/v20.20.2 linux x64 workspaces/false',
  npm_config_userconfig: '/home/ann/.npmrc',
  npm_config_yes: 'true',
  INIT_CWD: '/home/ann/project',
  NODE: '/usr/bin/node',
  COLOR: '0',
  EDITOR: 'vi',
};
const OF_CLIENT = { HOME: '/home/ann', API_KEY: 'k', LANG: 'C.UTF-8' };
const PATH = `/home/ann/.npm/_npx/b59c/node_modules/.bin:/home/ann/project/node_modules/.bin:/home/ann/node_modules/.bin:/node_modules/.bin:${GYP}:/home/ann/bin:/usr/bin`;

function left(env: Record<string, string>, before?: Record<string, string>) {
  const copy: Record<string, string | undefined> = { ...env };
  leaveNpx(copy, before);
  return copy;
}

describe('what npx leaves behind', () => {
  it('is taken out of the environment and of PATH', () => {
    expect(left({ ...OF_NPX, ...OF_CLIENT, PATH })).toEqual({ ...OF_CLIENT, PATH: '/home/ann/bin:/usr/bin' });
  });

  it.each([
    ['npm_config_registry', 'https://packages.example.test/'],
    ['npm_config_cache', '/var/cache/npm'],
    ['npm_config_userconfig', '/etc/acme.npmrc'],
    ['NODE', '/opt/node/bin/node'],
    ['EDITOR', 'emacs'],
    ['COLOR', 'always'],
    ['NPM_CONFIG_REGISTRY', 'https://packages.example.test/'],
    ['NODE_OPTIONS', '--max-old-space-size=512'],
    ['npm_config_user_agent', 'acme/1'],
  ])('a %s that only a client can have given stays', (name, value) => {
    expect(left({ ...OF_NPX, ...OF_CLIENT, PATH, [name]: value })).toMatchObject({
      ...OF_CLIENT,
      [name]: value,
    });
  });

  it('is exactly what came on top, where the environment of npx can be read', () => {
    const before = {
      ...OF_CLIENT,
      EDITOR: 'vi',
      npm_config_yes: 'true',
      INIT_CWD: '/elsewhere',
      PATH: '/usr/bin',
    };
    const env = {
      ...OF_NPX,
      ...OF_CLIENT,
      PATH,
      npm_config_registry: 'https://from.npmrc.example/',
      SHLVL: '1',
    };
    expect(left(env, before)).toEqual({ ...before, PATH: '/home/ann/bin:/usr/bin', SHLVL: '1' });
  });

  it.each([
    [PATH, ':', '/home/ann/bin:/usr/bin'],
    ['/usr/bin:/bin', ':', '/usr/bin:/bin'],
    ['/home/ann/project/node_modules/.bin:/usr/bin', ':', '/home/ann/project/node_modules/.bin:/usr/bin'],
    [
      `/x/node_modules/.bin:${GYP}:/y/node_modules/.bin:${GYP}:/usr/bin`,
      ':',
      `/y/node_modules/.bin:${GYP}:/usr/bin`,
    ],
    [
      'C:\\p\\node_modules\\.bin;C:\\node_modules\\.bin;C:\\npm\\node_modules\\@npmcli\\run-script\\lib\\node-gyp-bin;C:\\Windows',
      ';',
      'C:\\Windows',
    ],
    [`/x/node_modules/.bin:${GYP}`, ':', ''],
    ['', ':', ''],
  ])('PATH %s', (searchPath, delimiter, expected) => {
    expect(pathWithoutNpx(searchPath, delimiter)).toBe(expected);
  });

  it.each<[Record<string, string>, boolean]>([
    [{ npm_command: 'exec', npm_lifecycle_script: "'policy-wrap'" }, true],
    [{ npm_command: 'exec', npm_lifecycle_script: 'policy-wrap "--" "uvx" "x"' }, true],
    [{ npm_command: 'exec', npm_lifecycle_script: '"policy-wrap"' }, true],
    [{ npm_command: 'exec', npm_lifecycle_script: "'some-client'" }, false],
    [{ npm_command: 'exec', npm_lifecycle_script: 'policy-wrapper' }, false],
    [{ npm_command: 'run', npm_lifecycle_script: 'policy-wrap -- x' }, false],
    [{}, false],
  ])('%j: is our npx: %j', (env, expected) => expect(isRunByNpx(env)).toBe(expected));
});

describe('command lines in our texts', () => {
  it.each([
    ['see policy-wrap --help', 'see npx policy-wrap --help'],
    ['look with `policy-wrap inspect`', 'look with `npx policy-wrap inspect`'],
    ['write: policy-wrap -- npx -y x', 'write: npx policy-wrap -- npx -y x'],
    ['npx policy-wrap check', 'npx policy-wrap check'],
    ['its policy-wrap has ended', 'its policy-wrap has ended'],
    ['policy-wrap inspects it', 'policy-wrap inspects it'],
    ['~/.config/policy-wrap/policy-wrap.yaml', '~/.config/policy-wrap/policy-wrap.yaml'],
  ])('%s', (text, expected) => {
    expect(asTyped(text, true)).toBe(expected);
    expect(asTyped(text, false)).toBe(text);
  });

  it('knows every command', () => {
    expect([...SUB_COMMANDS].sort()).toEqual(
      expect.arrayContaining(
        POLICY_WRAP.commands.filter(({ name }) => name !== 'example-server').map(({ name }) => name),
      ),
    );
  });
});
