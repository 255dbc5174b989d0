import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from './user-error.js';

const NAME = 'policy-wrap';
const HELP = 'set HOME, and XDG_… where it is set, to a path from the root';

/** Folders of the user, for this program alone. */
export interface UserFolders {
  config: string;
  state: string;
  cache: string;
}

/**
 * The folders of the user that policy-wrap reads and writes, by the conventions of the platform.
 * @throws {UserError} where they would be below the working directory: a repository that was cloned there must not pass for the user
 */
export function userFolders(): UserFolders {
  const { env, platform } = process;
  const folders = (FOLDERS[platform] ?? ofXdg)(env);
  for (const folder of [folders.config, folders.state, folders.cache])
    if (!path.isAbsolute(folder))
      throw new UserError(`the folder of the user is not known: '${folder}'`, HELP);
  return folders;
}

type Environment = Readonly<Record<string, string | undefined>>;

const FOLDERS: Partial<Record<NodeJS.Platform, (env: Environment) => UserFolders>> = {
  darwin: (env) => {
    const library = path.join(homeOf(env['HOME']), 'Library');
    return {
      config: path.join(library, 'Preferences', NAME),
      state: path.join(library, 'Logs', NAME),
      cache: path.join(library, 'Caches', NAME),
    };
  },
  win32: (env) => {
    const roaming = env['APPDATA'] || path.join(homeOf(env['USERPROFILE']), 'AppData', 'Roaming');
    const local = env['LOCALAPPDATA'] || path.join(homeOf(env['USERPROFILE']), 'AppData', 'Local');
    return {
      config: path.join(roaming, NAME, 'Config'),
      state: path.join(local, NAME, 'Log'),
      cache: path.join(local, NAME, 'Cache'),
    };
  },
};

/** https://specifications.freedesktop.org/basedir-spec/latest */
function ofXdg(env: Environment): UserFolders {
  const at = (name: string, ...below: string[]) =>
    path.join(env[name] || path.join(homeOf(env['HOME']), ...below), NAME);
  return {
    config: at('XDG_CONFIG_HOME', '.config'),
    state: at('XDG_STATE_HOME', '.local', 'state'),
    cache: at('XDG_CACHE_HOME', '.cache'),
  };
}

/** As `os.homedir` finds it, which looks into the same variable first; loading `os` takes longer than all else here. */
function homeOf(variable: string | undefined): string {
  return variable || homedir();
}
