import { DOCS_ADDRESS } from '../../../core/version.js';
import { widthOf, wrapped } from '../../terminal/text-width.js';
import { COMMAND_GROUPS, type CommandDefinition, type OptionSet } from '../definition.js';
import { HELP_OPTION } from '../shared-options.js';
import { argumentTerm, optionFlags, optionSummary, usageLines } from './spelling.js';

const ENVIRONMENT: readonly Row[] = [
  ['POLICY_WRAP_CONFIG', 'policy file to use where --config is not given'],
  ['POLICY_WRAP_DESKTOP', 'off: nothing opens and nothing is announced on the desktop'],
  ['NO_COLOR', 'when it is set, nothing is coloured'],
  ['FORCE_COLOR', 'when it is set, colours are used where output is not a terminal, too'],
];
const DOCS = `The manual, with every command and the policy file: ${DOCS_ADDRESS}`;
/** Columns, of what is not a terminal. */
const USUAL_WIDTH = 80;
/** Columns. Longer terms have their text on the next line. */
const WIDEST_TERM = 26;

type Row = readonly [term: string, text: string];

/** The help of a command, given with those that it is below; of the program where it is alone. */
export function helpText(path: readonly CommandDefinition[], width = screenWidth()): string {
  const [root, ...below] = path;
  const own = path.at(-1);
  if (root === undefined || own === undefined) return '';
  const blocks = [
    `Usage: ${usageLines(path).join('\n       ')}`,
    ['Examples:', ...own.examples.map((example) => `  policy-wrap ${example}`)].join('\n'),
    wrapped(below.length === 0 ? own.summary : sentence(own.summary), width).join('\n'),
    list('Options', optionRows({ ...own.options, ...HELP_OPTION }), width),
    ...commandLists(own, width),
    ...(below.length === 0 ? [list('Environment variables', ENVIRONMENT, width)] : []),
    list('Exit codes', exitCodeRows(own, below.length === 0), width),
    ...(below.length === 0 ? [wrapped(DOCS, width).join('\n')] : []),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function screenWidth(): number {
  return (process.stdout.isTTY && process.stdout.columns) || USUAL_WIDTH;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

function optionRows(options: OptionSet): Row[] {
  return Object.entries(options)
    .filter(([, { hidden }]) => !hidden)
    .map(([name, option]) => [optionFlags(name, option), optionSummary(option)]);
}

/** One list for each group; commands below a command are in one. */
function commandLists({ commands, group }: CommandDefinition, width: number): string[] {
  const column = columnFor(commands.map(commandRow));
  if (group !== undefined) return [list('Sub-commands', commands.map(commandRow), width, column)];
  return Object.entries(COMMAND_GROUPS).map(([name, heading]) => {
    const members = commands.filter((each) => each.group === name);
    return list(heading, members.map(commandRow), width, column);
  });
}

function commandRow(command: CommandDefinition): Row {
  return [[command.name, ...command.arguments.map(argumentTerm)].join(' '), command.summary];
}

function exitCodeRows({ exitCodes = {} }: CommandDefinition, ofProgram: boolean): Row[] {
  const rows: Row[] = Object.entries(exitCodes).map(([code, meaning]) => [code, meaning]);
  const passed: Row = ['other', "the server's own exit code (128 + n for a signal)"];
  return ofProgram ? [...rows, passed] : rows;
}

/** Two columns below a heading; nothing where there are no rows. */
function list(heading: string, rows: readonly Row[], width: number, column = columnFor(rows)): string {
  if (rows.length === 0) return '';
  const gap = ' '.repeat(column + 4);
  const lines = rows.flatMap(([term, text]) => {
    const [first = '', ...more] = wrapped(text, width - gap.length);
    const rest = more.map((line) => `${gap}${line}`);
    return term.length > column
      ? [`  ${term}`, `${gap}${first}`, ...rest]
      : [`  ${term.padEnd(column)}  ${first}`, ...rest];
  });
  return [`${heading}:`, ...lines].join('\n');
}

/** How wide the terms of these rows are, in columns. */
function columnFor(rows: readonly Row[]): number {
  return Math.min(Math.max(0, ...rows.map(([term]) => widthOf(term))), WIDEST_TERM);
}
