import { UserError } from '../../../platform/user-error.js';
import type { CommandDefinition, OptionSet } from '../definition.js';
import { HELP_OPTION } from '../shared-options.js';

/**
 * What to say of a command line in which the command of a server follows without `--`: some shells (PowerShell, in front of
 * what npm installs) and the `mcp add` of some clients take it away. Undefined where that is not what is wrong.
 */
export function missingDashes(words: readonly string[], root: CommandDefinition): UserError | undefined {
  if (words.includes('--')) return undefined;
  const named = root.commands.find(({ name }) => name === words[0]);
  if (named?.server === undefined && named !== undefined) return undefined;
  const own = named === undefined ? 0 : 1;
  const at = own + ownWords(words.slice(own), (named ?? root).options);
  const program = words[at];
  if (program === undefined || (named !== undefined && mayBeFile(program, named))) return undefined;
  const line = [...words.slice(0, at), '"--"', ...words.slice(at)].map(shellWord).join(' ');
  return new UserError(
    `\`--\` is missing before the command of the server, '${program}'`,
    `write: policy-wrap ${line} (in quotes, \`--\` gets past shells and programs that would take it away)`,
  );
}

/** Whether a word may be what the command takes besides a server, such as a policy file. */
function mayBeFile(word: string, { server, arguments: positional }: CommandDefinition): boolean {
  return server === 'optional' && positional.length > 0 && /[./\\]/.test(word);
}

/** How many words are options of ours with their values. */
function ownWords(words: readonly string[], options: OptionSet): number {
  let at = 0;
  while (words[at]?.startsWith('-')) {
    const [flag = '', value] = (words[at] ?? '').split('=', 2);
    const option = Object.entries({ ...options, ...HELP_OPTION }).find(
      ([name, each]) => flag === `--${name}` || ('short' in each && flag === `-${each.short}`),
    )?.[1];
    if (option === undefined) return words.length;
    at += 'value' in option && value === undefined ? 2 : 1;
  }
  return at;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./~"-]+$/.test(word) ? word : `"${word.replace(/["\\$`]/g, '\\$&')}"`;
}
