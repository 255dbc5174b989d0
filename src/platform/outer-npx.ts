import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The words that may follow the name of this program in a text of ours. */
export const SUB_COMMANDS =
  'approvals approve check completion demo deny doctor explain help import init inspect install page schema status test uninstall version'.split(
    ' ',
  );
const OWN_COMMAND = new RegExp(
  `(?<![\\w@/.-]|npx )policy-wrap (?=--|(?:${SUB_COMMANDS.join('|')})(?![\\w-]))`,
  'g',
);

type Environment = Record<string, string | undefined>;

/** What npm sets for whatever it runs (npm 7 to 11: `@npmcli/config` set-envs, `@npmcli/run-script` make-spawn-args). */
const OF_NPM =
  /^(?:npm_(?:config|package|lifecycle)_\w*|npm_(?:command|execpath|node_execpath)|INIT_CWD|NODE|COLOR|EDITOR)$/;
/** Of these, what npm sets however it is configured, and nobody else has a use for. */
const ALWAYS =
  /^npm_(?:package_\w+|lifecycle_\w+|command|execpath|node_execpath|config_(?:local_prefix|global_prefix|npm_version|node_gyp|package|yes|call))$|^INIT_CWD$/;
/** The last folder that npm puts in front of PATH. */
const NODE_GYP = /[\\/]node-gyp-bin$/;
const OF_PACKAGES = /[\\/]node_modules[\\/]\.bin$/;
/** npx, the shell it starts, and what a launcher puts in between. */
const GENERATIONS = 4;

/** Whether npx has started this process; looked at before its traces are taken out of the environment. */
const byNpx = isRunByNpx(process.env);

/** A text of ours with the command lines in it as the user has to type them: after `npx policy-wrap` there is no `policy-wrap` on the PATH. */
export function asTyped(text: string, npx = byNpx): string {
  return npx ? text.replace(OWN_COMMAND, 'npx policy-wrap ') : text;
}

/** Whether this process is what `npx policy-wrap` has started. */
export function isRunByNpx(env: Environment): boolean {
  return (
    env['npm_command'] === 'exec' &&
    /^(?:['"]*)policy-wrap(?:@[^\s'"]*)?(?:['"\s]|$)/.test(env['npm_lifecycle_script'] ?? '')
  );
}

/**
 * Takes out of an environment what the npx that has started us has put into it, so that what we start finds what it would
 * find without us. That includes the programs: npx puts the `node_modules/.bin` of every folder above the working directory
 * in front of PATH, where a repository that was cloned may have its own `uvx`.
 * @param before the environment of that npx where it is known; otherwise what npm sets by itself is recognised by its value
 */
export function leaveNpx(env: Environment, before: Environment | undefined): void {
  const found = { ...env };
  for (const [name, value = ''] of Object.entries(found)) {
    if (/^path$/i.test(name)) env[name] = pathWithoutNpx(value);
    else if (OF_NPM.test(name)) {
      const given = before === undefined ? unlessSetByNpm(found, name) : before[name];
      if (given === undefined) delete env[name];
      else env[name] = given;
    }
  }
}

/** @param delimiter of the platform, between the folders */
export function pathWithoutNpx(searchPath: string, delimiter: string = path.delimiter): string {
  const folders = searchPath.split(delimiter);
  const last = folders.findIndex((folder) => !OF_PACKAGES.test(folder));
  return NODE_GYP.test(folders[last] ?? '') ? folders.slice(last + 1).join(delimiter) : searchPath;
}

/** A value that npm would set by itself is no loss: whatever npm is started later sets it again. */
function unlessSetByNpm(env: Environment, name: string): string | undefined {
  const value = env[name];
  if (ALWAYS.test(name)) return undefined;
  return valuesOfNpm(env)[name]?.includes(value ?? '') ? undefined : value;
}

/** Values that npm itself gives where nobody has configured anything. */
function valuesOfNpm(env: Environment): Readonly<Record<string, readonly (string | undefined)[]>> {
  const { HOME, USERPROFILE, LOCALAPPDATA, VISUAL } = env;
  const home = (name: string) => [HOME, USERPROFILE].map((folder) => folder && path.join(folder, name));
  const prefix = env['npm_config_global_prefix'] ?? '';
  return {
    NODE: [env['npm_node_execpath']],
    COLOR: ['0', '1'],
    EDITOR: ['vi', 'notepad.exe', VISUAL],
    npm_config_allow_scripts: [''],
    npm_config_cache: [...home('.npm'), LOCALAPPDATA && path.join(LOCALAPPDATA, 'npm-cache')],
    npm_config_globalconfig: [path.join(prefix, 'etc', 'npmrc')],
    npm_config_init_module: home('.npm-init.js'),
    npm_config_noproxy: [''],
    npm_config_prefix: [prefix],
    npm_config_user_agent: [
      /^npm\//.test(env['npm_config_user_agent'] ?? '') ? env['npm_config_user_agent'] : '',
    ],
    npm_config_userconfig: home('.npmrc'),
  };
}

/**
 * The environment that our npx was started with: that of the nearest process above us that does not have what npx sets.
 * Only Linux lets one read it.
 */
export function environmentOfNpx(env: Environment): Environment | undefined {
  let pid = process.ppid;
  try {
    for (let step = 0; step < GENERATIONS && pid > 1; step++) {
      const above = parseEnvironment(readFileSync(`/proc/${pid}/environ`, 'utf8'));
      if (above['npm_lifecycle_script'] !== env['npm_lifecycle_script']) return above;
      pid = parentIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    }
  } catch {
    // Another system, or a process of another user.
  }
  return undefined;
}

function parseEnvironment(block: string): Environment {
  const pairs = block.split('\0').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** proc(5): the parent is the second field after the name, which stands in parentheses and may hold anything. */
function parentIn(stat: string): number {
  return Number(
    stat
      .slice(stat.lastIndexOf(')') + 1)
      .trim()
      .split(' ')[1],
  );
}
