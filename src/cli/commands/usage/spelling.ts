import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from '../definition.js';

/** How an option is written, such as `-c, --config <file>`. */
export function optionFlags(name: string, { short, value }: OptionDefinition): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;
}

/** What an option does, with its choices and its default. */
export function optionSummary({ summary, choices, default: usual }: OptionDefinition): string {
  const notes = [choices?.join(', '), usual ? `default: ${usual}` : undefined].filter((note) => note);
  return notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`;
}

/** How an argument is written, such as `<tool>` or `[files...]`. */
export function argumentTerm({ name, optional, variadic }: ArgumentDefinition): string {
  if (variadic) return `[${name}...]`;
  return optional ? `[${name}]` : `<${name}>`;
}

/** The ways to write a command, given with those that it is below. */
export function usageLines(path: readonly CommandDefinition[]): readonly string[] {
  const words = path.map(({ name }) => name).join(' ');
  const { arguments: positional = [], commands = [], server } = path.at(-1) ?? {};
  const started = '-- <command> [args...]';
  const tail = server === undefined ? [] : [server === 'required' ? started : `[${started}]`];
  const own = [words, ...positional.map(argumentTerm), '[options]', ...tail].join(' ');
  return commands.length === 0 ? [own] : [own, `${words} <sub-command> [options]`];
}
