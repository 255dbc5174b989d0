import { UserError } from '../../platform/user-error.js';
import type { AgainstOptions } from './against/against.js';
import { type CheckOptions, check } from './check.js';

/** All that `check` takes. `command` is what starts the server to compare with. */
export interface CheckCommandOptions extends CheckOptions, AgainstOptions {
  against?: boolean;
}

/**
 * Checks a policy by itself, or compares it with the tools of a server where that is wanted. What starts servers is loaded only then.
 * @throws {UserError} when the options do not go together
 */
export async function checkOrCompare(
  words: readonly string[],
  options: CheckCommandOptions,
): Promise<number> {
  const compares = options.against || options.tools !== undefined || options.updateLock;
  if (options.command.length > 0 && !compares)
    throw new UserError(
      'check does not start a server',
      'to compare the policy with the tools of the server, write --against before `--`',
    );
  if (compares && options.print)
    throw new UserError('--print cannot be combined with --against', 'leave out one of the two');
  if (!compares) return check(words, options);
  const { checkAgainst } = await import('./against/against.js');
  return checkAgainst(words, options);
}
