import { suggest } from '../../core/text/did-you-mean.js';
import { version } from '../../core/version.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { SHELLS } from './completion/shells.js';
import { type CommandDefinition, command } from './definition.js';
import { helpText } from './usage/help-text.js';

const help = command({
  name: 'help',
  group: 'shell',
  summary: 'print the help of policy-wrap or of a command',
  arguments: [{ name: 'command', variadic: true, offer: 'commands' }],
  examples: ['help', 'help check', 'help approvals watch'],
  load:
    async () =>
    ({ arguments: [names], root }) => {
      process.stdout.write(helpText(pathTo(names, root)));
      return EXIT.fine;
    },
});

/** The command of these names below each other, after those that it is below. */
function pathTo(names: readonly string[], root: CommandDefinition): readonly CommandDefinition[] {
  const path = [root];
  for (const name of names) {
    const { commands } = path.at(-1) ?? root;
    const found = commands.find((each) => each.name === name);
    if (found === undefined) {
      const close = suggest(
        name,
        commands.map((each) => each.name),
      );
      throw new UserError(
        `unknown command '${name}'`,
        close ? `did you mean '${close}'?` : 'see all commands with: policy-wrap --help',
      );
    }
    path.push(found);
  }
  return path;
}

const completion = command({
  name: 'completion',
  group: 'shell',
  summary: 'print a script with which a shell completes commands, options and values',
  arguments: [{ name: 'shell', choices: SHELLS }],
  examples: [
    'completion bash >> ~/.bashrc',
    'completion zsh >> ~/.zshrc',
    'completion fish > ~/.config/fish/completions/policy-wrap.fish',
    'completion powershell >> $PROFILE',
  ],
  load: async () => {
    const { completionScript } = await import('./completion/completion.js');
    return ({ arguments: [shell], root }) => {
      process.stdout.write(completionScript(shell, root));
      return EXIT.fine;
    };
  },
});

const versionCommand = command({
  name: 'version',
  summary: 'print the version',
  examples: ['version'],
  load: async () => () => {
    process.stdout.write(`${version()}\n`);
    return EXIT.fine;
  },
});

/** The commands that speak of the other commands. */
export const shellCommands = [help, completion, versionCommand] as const;
