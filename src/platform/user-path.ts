import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from './user-error.js';

/** `~`, or a path below it; also `~\` where that separates folders. */
const HOME = /^~(?=[\\/]|$)/;
/** The home folder of somebody else. */
const OTHER_HOME = /^~[^/]+/;
/** `$NAME`, `${NAME}` and `%NAME%` at the start of a folder's name, which some shell would have replaced. */
const VARIABLE = /(?:^|[\\/])(\$\w+|\$\{[^}]*\}|%[^%\\/]+%)/;

/** Why a path cannot be used as it was written. */
export interface PathFlaw {
  message: string;
  help: string;
}

/**
 * A path as a user wrote it, with `~` for the home folder. No shell has seen what stands in the config of a client, in a
 * policy or in quotes, so the rest of what shells replace is still there, and is refused: no folder is meant to be called so.
 */
export function expandPath(
  written: string,
  { home = homedir(), windows = process.platform === 'win32' } = {},
): string | PathFlaw {
  const { sep } = windows ? path.win32 : path.posix;
  if (HOME.test(written) && (windows || written[1] !== '\\')) {
    const below = written.slice(2);
    return below === '' ? home : `${home.endsWith(sep) ? home.slice(0, -1) : home}${sep}${below}`;
  }
  const other = OTHER_HOME.exec(written)?.[0];
  if (other !== undefined)
    return {
      message: `'${other}' at the start of the path '${written}' is not the home folder of anybody here`,
      help: `write the whole path, or \`~${sep}\` for your own home folder; what is really called so is written as .${sep}${written}`,
    };
  const variable = VARIABLE.exec(written)?.[1];
  if (variable === undefined) return written;
  return {
    message: `'${variable}' in the path '${written}' is not replaced: variables are not expanded here`,
    help: `write the whole path, or \`~${sep}\` for your home folder`,
  };
}

/**
 * The same, for the command line and the environment.
 * @throws {UserError}
 */
export function userPath(written: string): string {
  const expanded = expandPath(written);
  if (typeof expanded === 'string') return expanded;
  throw new UserError(expanded.message, expanded.help);
}
