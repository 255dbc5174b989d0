import { yamlText } from '../../text/yaml-text.js';
import type { ToolDefinition } from '../../tools/definition.js';
import { draftTools, groupHeading, toolLines, unnamableLines } from './draft-tools.js';

/** What a person decides before a policy is written. */
export interface DraftChoices {
  /** What happens to tools that write. */
  write: 'allow' | 'require_approval' | 'deny';
  /** What happens to those of them that overwrite, force-push or move something away. */
  overwriting: 'as-writing' | 'require_approval';
  /** What happens to tools that run code, delete or pay. */
  dangerous: 'require_approval' | 'deny';
  /** How a person is asked where the client cannot; absent: as it is by default. */
  asking?: AskedBy;
}

/** What appears where a call waits: page and notification, one of them, or nothing but what a person looks at. */
export type AskedBy = 'both' | 'browser' | 'notification' | 'terminal';

export const USUAL_CHOICES: DraftChoices = {
  write: 'allow',
  overwriting: 'require_approval',
  dangerous: 'require_approval',
};

/** Whether a person is asked by entry: where writing is not allowed as such, its category is strict enough, and an entry would loosen it. */
export function isAsking({ write, overwriting }: DraftChoices): boolean {
  return write === 'allow' && overwriting === 'require_approval';
}

/** How many calls of one kind of tool pass in a minute. */
export const WRITES_PER_MINUTE = 30;
const REPEATS_PER_MINUTE = 20;

/** The text of a policy file for one server, up to its tests. `schema` is where an editor finds the JSON Schema. */
export function draftPolicy(
  id: string,
  definitions: readonly ToolDefinition[],
  choices: DraftChoices,
  schema: string,
): string {
  return `${[...opening(schema), ...categories(choices), ...channels(choices), 'servers:', ...sectionLines(id, definitions, '  ', isAsking(choices))].join('\n')}\n`;
}

function opening(schema: string): string[] {
  return [
    `# yaml-language-server: $schema=${schema}`,
    '#',
    '# What agents may do with the tools of your MCP servers. Change it as you like, then see what it does:',
    '#   policy-wrap check            whether it can be used',
    '#   policy-wrap test             whether it does what `tests:` says',
    '#   policy-wrap init --update …  adds tools that a server has since, and keeps the rest',
    '',
    'version: 1',
    '',
    '# Anything not covered below asks a person: also a tool of which nothing shows what it does.',
    'default: require_approval',
    '',
  ];
}

function categories({ write, dangerous }: DraftChoices): string[] {
  const isLimited = write === 'allow';
  return [
    '# What happens to a call, by what its tool does: allow, require_approval (a person is asked), deny, or hide (not',
    '# even listed). This decides for all tools below, and for those that a server adds later.',
    'categories:',
    `  # Changes nothing. The same call passes ${REPEATS_PER_MINUTE} times in any 60 seconds, so that no agent runs in circles.`,
    `  read: { action: allow, repeat: { max: ${REPEATS_PER_MINUTE}, window: 60 } }`,
    `  # Changes what can be changed back.${isLimited ? ` All of these together pass ${WRITES_PER_MINUTE} times in any 60 seconds.` : ''}`,
    `  write: ${isLimited ? `{ action: allow, rate_limit: { max: ${WRITES_PER_MINUTE}, window: 60 } }` : write}`,
    '  # Runs code, commands or free queries; starts, stops and deploys.',
    `  execute: ${dangerous}`,
    '  # Deletes, drops and resets.',
    `  destructive: ${dangerous}`,
    '  # Moves money, or commits to paying.',
    `  financial: ${dangerous}`,
    '',
  ];
}

/** How a person is asked. */
function channels({ asking: by }: DraftChoices): string[] {
  if (by === undefined) return [];
  const open = by === 'both' || by === 'browser';
  const notify = by === 'both' || by === 'notification';
  return [
    '# How a person is asked where the client cannot: the page opens in the browser, the desktop announces what waits.',
    '# Always, in a terminal: policy-wrap approvals watch',
    `approvals: { open: ${open}, notify: ${notify} }`,
    '',
  ];
}

/** The section of one server in `servers`. */
export function sectionLines(
  id: string,
  definitions: readonly ToolDefinition[],
  indent: string,
  asking: boolean,
): string[] {
  return [`${indent}${yamlText(id)}:`, ...toolsLines(definitions, `${indent}  `, asking)];
}

/** `tools:` with an entry for each tool. */
function toolsLines(definitions: readonly ToolDefinition[], indent: string, asking: boolean): string[] {
  const { groups } = draftTools(definitions);
  const example = yamlText(
    groups.filter(({ category }) => category !== 'unknown').at(-1)?.tools[0]?.name ?? 'name_of_the_tool',
  );
  return [
    `${indent}# To decide for one tool, put an action in place of its category: ${example}: deny`,
    groups.length > 0 ? `${indent}tools:` : `${indent}tools: {}`,
    ...entryLines(definitions, `${indent}  `, asking),
  ];
}

/** The entries of tools, category by category. */
export function entryLines(
  definitions: readonly ToolDefinition[],
  indent: string,
  asking: boolean,
): string[] {
  const { groups, unnamable } = draftTools(definitions);
  const blocks = groups.map(({ category, tools }) => [
    groupHeading(category, indent),
    ...toolLines(tools, indent, asking),
  ]);
  if (unnamable.length > 0) blocks.push(unnamableLines(unnamable, indent));
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}
