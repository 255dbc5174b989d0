import { parseArgs } from 'node:util';
import type { Channel, Mode } from '../../core/policy/document/document.js';
import { CHANNELS, MODES, PRESET_NAMES } from '../../core/policy/document/keywords.js';
import { isPresetName, type PresetName } from '../../core/policy/document/presets.js';
import { suggest } from '../../core/text/did-you-mean.js';
import { UserError } from '../../platform/user-error.js';

/** What comes before `--` on the command line. */
export interface RunOptions {
  config?: string | undefined;
  server?: string | undefined;
  preset?: PresetName | undefined;
  mode?: Mode | undefined;
  via?: readonly Channel[] | undefined;
  quiet: boolean;
}

export interface RunCommand {
  options: RunOptions;
  command: string;
  args: string[];
}

/** The options of `run`, for this parser, which is fast, and for help, completion and docs. */
export const RUN_OPTIONS = {
  config: {
    short: 'c',
    value: 'file',
    offer: 'files',
    summary: "use this policy file instead of the project's",
  },
  preset: {
    value: 'name',
    choices: PRESET_NAMES,
    summary: "use a built-in policy instead of the project's file",
  },
  mode: {
    value: 'mode',
    choices: MODES,
    summary: 'enforce the policy, or observe: let everything pass and log what would be refused',
  },
  server: { value: 'id', summary: 'id of the server, otherwise derived from the command' },
  via: {
    value: 'channels',
    list: true,
    offer: CHANNELS,
    summary: 'channels for approvals, such as page,terminal; overrides what a project says',
  },
  quiet: { short: 'q', summary: 'do not print the line at the start' },
} as const;

type RunOptionTypes = {
  [Name in keyof typeof RUN_OPTIONS]: {
    type: (typeof RUN_OPTIONS)[Name] extends { value: string } ? 'string' : 'boolean';
    short?: string;
  };
};

/** The same, as the parser of Node wants them. */
const PARSED_OPTIONS = Object.fromEntries(
  Object.entries(RUN_OPTIONS).map(([name, option]) => [
    name,
    {
      type: 'value' in option ? 'string' : 'boolean',
      ...('short' in option ? { short: option.short } : {}),
    },
  ]),
) as RunOptionTypes;

/** Whether this is `policy-wrap [options] -- command…`, which must start fast and needs no sub-command. */
export function isRun(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (
    end >= 0 &&
    (end === 0 || argv[0]?.startsWith('-') === true) &&
    !argv.slice(0, end).some((word) => /^(?:-[hvV]|--help|--version)$/.test(word))
  );
}

/**
 * Reads the options of `run`; everything after `--` is the server's.
 * @throws {UserError}
 */
export function readRunCommand(argv: readonly string[]): RunCommand {
  const end = argv.indexOf('--');
  const [command, ...args] = argv.slice(end + 1);
  const options = readOptions(argv.slice(0, end));
  if (command === undefined)
    throw new UserError(
      'no command after `--`',
      'write the command that starts the server, such as: policy-wrap -- npx -y some-mcp-server',
    );
  return { options, command, args };
}

/** All that most configs say, which is told without the parser of Node. */
const QUIET: readonly string[] = ['-q', '--quiet'];

function readOptions(args: string[]): RunOptions {
  if (args.every((word) => QUIET.includes(word))) return { quiet: args.length > 0 };
  const { values, positionals } = plainOptions(args) ?? parse(args);
  if (positionals[0] !== undefined) {
    throw new UserError(
      `'${positionals[0]}' is before \`--\``,
      'put `--` before the command that starts the server; a sub-command comes before its options',
    );
  }
  const { preset, mode } = values;
  if (preset !== undefined && !isPresetName(preset)) throw unknown('preset', preset, PRESET_NAMES);
  if (preset !== undefined && values.config !== undefined)
    throw new UserError(
      '--preset cannot be combined with --config',
      `write \`extends: ${preset}\` in the file instead`,
    );
  if (mode !== undefined && mode !== 'enforce' && mode !== 'observe') throw unknown('mode', mode, MODES);
  return {
    config: values.config,
    server: values.server,
    preset,
    mode,
    via: values.via === undefined ? undefined : channelsIn(values.via),
    quiet: values.quiet ?? false,
  };
}

type Values = ReturnType<typeof parse>['values'];

/**
 * What the parser of Node makes of options as most people write them, one word each and before its value; undefined for any
 * others. To load that parser takes 0.6 ms.
 */
export function plainOptions(args: readonly string[]): { values: Values; positionals: string[] } | undefined {
  const values: Values = {};
  for (let at = 0; at < args.length; at++) {
    const name = nameOf(args[at] ?? '');
    if (name === undefined) return undefined;
    if (name === 'quiet') {
      values.quiet = true;
      continue;
    }
    const value = args[++at];
    if (value === undefined || value.startsWith('-')) return undefined;
    values[name] = value;
  }
  return { values, positionals: [] };
}

/** The option that a word is, exactly as it is listed. */
function nameOf(word: string): keyof typeof RUN_OPTIONS | undefined {
  if (word === '-c') return 'config';
  if (word === '-q') return 'quiet';
  const name = word.slice(2);
  return word.startsWith('--') && Object.hasOwn(RUN_OPTIONS, name)
    ? (name as keyof typeof RUN_OPTIONS)
    : undefined;
}

function channelsIn(list: string): Channel[] {
  const names = list.split(',').map((name) => name.trim());
  return names.map((name, index) => {
    const channel = CHANNELS.find((known) => known === name);
    if (channel === undefined) throw unknown('channel', name, CHANNELS);
    if (names.indexOf(name) < index)
      throw new UserError(
        `'${name}' appears twice in --via`,
        'each channel is used once; remove one of the two',
      );
    return channel;
  });
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: PARSED_OPTIONS, allowPositionals: true });
  } catch (error) {
    const option = args.find((word) => word.startsWith('-') && !isKnown(word))?.replace(/=.*$/s, '');
    if (option === undefined)
      throw new UserError(
        (error as Error).message.split('\n')[0] ?? 'the options cannot be read',
        'see policy-wrap --help',
      );
    const close = suggest(option.replace(/^-+/, ''), Object.keys(RUN_OPTIONS));
    throw new UserError(
      `unknown option '${option}'`,
      close ? `did you mean '--${close}'?` : 'options of the server come after `--`; see policy-wrap --help',
    );
  }
}

function isKnown(word: string): boolean {
  const name = word.replace(/^-+/, '').replace(/=.*$/, '');
  return Object.entries(RUN_OPTIONS).some(
    ([long, option]) => name === long || ('short' in option && name === option.short),
  );
}

function unknown(what: string, word: string, known: readonly string[]): UserError {
  const close = suggest(word, known);
  return new UserError(
    `unknown ${what} '${word}'`,
    close ? `did you mean '${close}'?` : `write one of ${known.join(', ')}`,
  );
}
