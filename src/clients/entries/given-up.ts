import { parseArgs } from 'node:util';
import { memberOf } from '../formats/config-text.js';
import { everyOwnOptions } from './command-words.js';
import { entryStart, type ServerEntry } from './entry.js';

/** Something in a wrapped entry that takes from the policies which would judge without it. */
export interface GivenUp {
  /** The option or variable, as it is written. */
  by: string;
  what: string;
}

/** Variables that say where the user's own policy file is. */
const USER_FOLDERS = new Set(['HOME', 'USERPROFILE', 'APPDATA', 'XDG_CONFIG_HOME']);

const OPTIONS = {
  config: { type: 'string', short: 'c' },
  preset: { type: 'string' },
  mode: { type: 'string' },
  via: { type: 'string' },
  server: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
} as const;

/**
 * What the options and variables of a wrapped entry give up. Who has written them cannot be told when it runs: a repository
 * that was cloned may bring its own.
 * @param ofProject whether the config belongs to a project
 */
export function givenUp(entry: ServerEntry, ofProject: boolean): GivenUp[] {
  const start = entryStart(entry);
  if (start.kind !== 'command' && start.kind !== 'list') return [];
  const every = everyOwnOptions(start.words);
  if (every.length === 0) return [];
  return [...every.flatMap((options) => byOptions(options, ofProject)), ...byVariables(entry, ofProject)];
}

function byOptions(options: readonly string[], ofProject: boolean): GivenUp[] {
  const { values } = parseArgs({ args: [...options], options: OPTIONS, strict: false });
  const { config, preset, mode, via } = values;
  return [
    ...(mode === 'observe'
      ? [{ by: '--mode observe', what: 'nothing is refused but by your own policy file' }]
      : []),
    ...(typeof preset === 'string' ? [{ by: `--preset ${preset}`, what: ofPreset(preset) }] : []),
    ...(typeof via === 'string'
      ? [{ by: `--via ${via}`, what: 'you are asked so, unless your own policy file says how' }]
      : []),
    ...(typeof config === 'string' && ofProject ? [{ by: `--config ${config}`, what: NAMED }] : []),
  ];
}

const NAMED = 'a policy that is named may choose the program that is asked and where it logs';

function ofPreset(preset: string): string {
  const instead = 'the policy of the project does not judge';
  return preset === 'observe' ? `${instead}, and nothing is refused but by your own policy file` : instead;
}

function byVariables({ node }: ServerEntry, ofProject: boolean): GivenUp[] {
  const value =
    node.kind === 'map' ? (memberOf(node, 'env') ?? memberOf(node, 'environment'))?.value : undefined;
  if (value?.kind !== 'map') return [];
  return value.members.flatMap(({ key }) => {
    if (USER_FOLDERS.has(key.toUpperCase()))
      return [{ by: key, what: 'your own policy file is looked for elsewhere' }];
    return key === 'POLICY_WRAP_CONFIG' && ofProject ? [{ by: key, what: NAMED }] : [];
  });
}
