import path from 'node:path';
import envPaths from 'env-paths';
import { UserError } from './user-error.js';

const HELP = 'set HOME, and XDG_… where it is set, to a path from the root';

/**
 * The folders of the user that policy-wrap reads and writes, by the conventions of the platform.
 * @throws {UserError} where they would be below the working directory: a repository that was cloned there must not pass for the user
 */
export function userFolders(): { config: string; state: string; cache: string } {
  const { config, log, cache } = envPaths('policy-wrap', { suffix: '' });
  for (const folder of [config, log, cache])
    if (!path.isAbsolute(folder))
      throw new UserError(`the folder of the user is not known: '${folder}'`, HELP);
  return { config, state: log, cache };
}
