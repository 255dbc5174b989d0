import type { CommandDefinition, Offer, OptionSet } from '../definition.js';
import { HELP_OPTION } from '../shared-options.js';

/** What can be completed after the names of a command. */
export interface CompletionPlace {
  /** The names after `policy-wrap`, separated by spaces; empty for the program itself. */
  name: string;
  /** Its listed sub-commands. */
  commands: readonly { name: string; summary: string }[];
  options: readonly CompletionOption[];
  /** What its arguments offer. */
  offer: CompletionOffer;
  /** Whether the words after `--` are the command of a server. */
  server: boolean;
}

export interface CompletionOption {
  /** Such as `-c` and `--config`. */
  spellings: readonly string[];
  summary: string;
  /** What its value is called; undefined where it has none. */
  value: string | undefined;
  offer: CompletionOffer;
  list: boolean;
}

export type CompletionOffer = 'files' | readonly string[];

/** All places of a program, the program itself first. */
export function completionPlaces(root: CommandDefinition): readonly CompletionPlace[] {
  const names = listed(root).map(({ name }) => name);
  return placesBelow(root, [], names);
}

function placesBelow(
  command: CommandDefinition,
  path: readonly string[],
  names: readonly string[],
): CompletionPlace[] {
  const [argument] = command.arguments.filter(({ offer, choices }) => offer ?? choices);
  const place: CompletionPlace = {
    name: path.join(' '),
    commands: listed(command).map(({ name, summary }) => ({ name, summary })),
    options: optionsOf({ ...command.options, ...HELP_OPTION }, names),
    offer: offerOf(argument?.choices ?? argument?.offer, names),
    server: command.server !== undefined,
  };
  return [place, ...listed(command).flatMap((each) => placesBelow(each, [...path, each.name], names))];
}

/** What has no group is hidden. */
function listed({ commands }: CommandDefinition): readonly CommandDefinition[] {
  return commands.filter(({ group }) => group !== undefined);
}

function optionsOf(options: OptionSet, names: readonly string[]): CompletionOption[] {
  return Object.entries(options).flatMap(([name, { short, summary, value, choices, offer, list, hidden }]) =>
    hidden
      ? []
      : {
          spellings: [...(short === undefined ? [] : [`-${short}`]), `--${name}`],
          summary,
          value,
          offer: offerOf(choices ?? offer, names),
          list: list ?? false,
        },
  );
}

function offerOf(offer: Offer | undefined, commandNames: readonly string[]): CompletionOffer {
  return offer === 'commands' ? commandNames : (offer ?? []);
}
