import type { WrittenCategory } from '../../policy/document/document.js';
import { WRITTEN_CATEGORIES } from '../../policy/document/keywords.js';
import { lookalikesAmong } from '../../shown/lookalike-names.js';
import { visible } from '../../text/visible.js';
import { commentText, yamlText } from '../../text/yaml-text.js';
import type { Classification, Mark } from '../../tools/category.js';
import type { ToolDefinition } from '../../tools/definition.js';
import { classifyTool } from '../../tools/listing/classify-listed.js';

/** Columns of a line of a policy file. */
const WIDTH = 110;
/** An entry that is longer has its comment above it, so that it moves no other comment to the right. Columns. */
const LONGEST_ENTRY = 64;
/** YAML takes no longer name, and nobody reads half of it. Characters. */
const LONGEST_NAME = 200;

/** Why a tool that writes is not like others that do. */
export type Caution = Extract<Mark, 'overwrites' | 'force_pushes' | 'moves'>;

const CAUTIONS: Readonly<Record<Caution, string>> = {
  force_pushes: 'asks, since it can force-push: commits of others are lost',
  overwrites: 'asks, since it overwrites: what was there before is lost',
  moves: 'asks, since it moves or renames: what was there is gone from its place',
};

/** A tool that gets a line of its own in a policy file. */
export interface DraftTool {
  name: string;
  category: WrittenCategory;
  /** From the server. */
  description: string;
  /** Why a person may want to be asked about it though it only writes. */
  caution: Caution | undefined;
  contradictions: readonly string[];
}

/** The tools of one category, as they are below each other. */
export interface ToolGroup {
  category: WrittenCategory;
  tools: readonly DraftTool[];
}

/** Tools by category, the mildest first and those of which nothing is known last, and those that no entry can name: a `*` would match others, a hidden character nobody would see. */
export function draftTools(definitions: readonly ToolDefinition[]): {
  groups: ToolGroup[];
  unnamable: string[];
} {
  const lookalikes = lookalikesAmong(definitions.map(({ name }) => name));
  const tools = definitions
    .filter(({ name }) => isNamable(name))
    .map((definition) => draftTool(definition, lookalikes.get(definition.name)));
  const groups = WRITTEN_CATEGORIES.map((category) => ({
    category,
    tools: tools.filter((tool) => tool.category === category),
  }));
  return {
    groups: groups.filter((group) => group.tools.length > 0),
    unnamable: definitions.flatMap(({ name }) => (isNamable(name) ? [] : [name])),
  };
}

/** Whether a key of a policy file can stand for this name and to no other. */
export function isNamable(name: string): boolean {
  const safe = name !== '' && name !== '__proto__' && visible(name) === name;
  return safe && !/[*?]/.test(name) && name.length <= LONGEST_NAME;
}

/** @param odd what is odd about its name */
function draftTool(definition: ToolDefinition, odd: string | undefined): DraftTool {
  const { name, title, description } = definition;
  const found = classifyTool(definition);
  const { category, known, contradictions } = found;
  return {
    name,
    category: known ? category : 'unknown',
    description: description || title || '',
    caution: cautionOf(found),
    contradictions: odd === undefined ? contradictions : [odd, ...contradictions],
  };
}

function cautionOf({ category, known, marks }: Classification): Caution | undefined {
  if (category !== 'write' || !known) return undefined;
  return (Object.keys(CAUTIONS) as Caution[]).find((mark) => marks.includes(mark));
}

/**
 * What stands in a policy file for a tool.
 * @param asking whether a person is asked about what overwrites, force-pushes or moves something away
 */
export function entryOf({ category, caution }: DraftTool, asking: boolean): DraftEntry {
  return asking && caution !== undefined ? { category, action: 'require_approval' } : { category };
}

interface DraftEntry {
  category: WrittenCategory;
  action?: 'require_approval';
}

/** One line for each tool, with what its server says of it after it, and above it what does not fit together. */
export function toolLines(tools: readonly DraftTool[], indent: string, asking: boolean): string[] {
  const entries = tools.map((tool) => {
    const { category, action } = entryOf(tool, asking);
    const more = action === undefined ? '' : `, action: ${action}`;
    return `${indent}${yamlText(tool.name)}: { category: ${category}${more} }`;
  });
  const lengths = entries.map((entry) => entry.length).filter((length) => length <= LONGEST_ENTRY);
  const column = lengths.reduce((most, length) => Math.max(most, length), 0) + 1;
  return tools.flatMap((tool, index) => withComments(tool, entries[index] ?? '', indent, column, asking));
}

function withComments(
  tool: DraftTool,
  entry: string,
  indent: string,
  column: number,
  asking: boolean,
): string[] {
  const { description, contradictions, caution } = tool;
  const above = contradictions.map(
    (sentence) => `${indent}# note: ${commentText(sentence, 2 * WIDTH - indent.length)}`,
  );
  if (asking && caution !== undefined) above.push(`${indent}# ${CAUTIONS[caution]}`);
  const isLong = entry.length > LONGEST_ENTRY;
  const text = commentText(description, WIDTH - (isLong ? indent.length : column) - 2);
  if (text === '') return [...above, entry];
  return isLong ? [...above, `${indent}# ${text}`, entry] : [...above, `${entry.padEnd(column)}# ${text}`];
}

/** `# Read`, above its tools. */
export function groupHeading(category: WrittenCategory, indent: string): string {
  if (category === 'unknown') return `${indent}# Nothing shows what these do, so \`default\` decides`;
  return `${indent}# ${category[0]?.toUpperCase()}${category.slice(1)}`;
}

/** Says which tools have no line, since no entry can name them. */
export function unnamableLines(names: readonly string[], indent: string): string[] {
  const shown = names.slice(0, 20).map((name) => `${indent}#   ${commentText(JSON.stringify(name), 80)}`);
  const more = names.length > shown.length ? [`${indent}#   and ${names.length - shown.length} more`] : [];
  return names.length === 0
    ? []
    : [
        `${indent}# No entry can name these tools alone, so the categories of their names decide:`,
        ...shown,
        ...more,
      ];
}
