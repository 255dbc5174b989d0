import { visible } from '../../text/visible.js';
import { commentText, yamlText } from '../../text/yaml-text.js';
import { CATEGORY_NAMES, type Category, type Classification } from '../../tools/category.js';
import { classify } from '../../tools/classify/classify.js';
import type { ToolDefinition } from '../../tools/definition.js';

/** Columns of a line of a policy file. */
const WIDTH = 110;
/** An entry that is longer has its comment above it, so that it moves no other comment to the right. Columns. */
const LONGEST_ENTRY = 64;
/** YAML takes no longer name, and nobody reads half of it. Characters. */
const LONGEST_NAME = 200;

/** A tool that gets a line of its own in a policy file. */
export interface DraftTool {
  name: string;
  category: Category;
  /** From the server. */
  description: string;
  contradictions: readonly string[];
}

/** The tools of one category, as they are below each other. */
export interface ToolGroup {
  category: Category;
  tools: readonly DraftTool[];
}

/** Tools by category, the mildest first, and those that no entry can name: a `*` would match others, a hidden character nobody would see. */
export function draftTools(definitions: readonly ToolDefinition[]): {
  groups: ToolGroup[];
  unnamable: string[];
} {
  const tools = definitions.filter(({ name }) => isNamable(name)).map(draftTool);
  const groups = CATEGORY_NAMES.map((category) => ({
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

function draftTool(definition: ToolDefinition): DraftTool {
  const { name, title, description } = definition;
  const { category, contradictions }: Classification = classify(definition);
  return { name, category, description: description || title || '', contradictions };
}

/** One line for each tool, with what its server says of it after it, and above it what does not fit together. */
export function toolLines(tools: readonly DraftTool[], indent: string): string[] {
  const entries = tools.map(({ name, category }) => `${indent}${yamlText(name)}: { category: ${category} }`);
  const lengths = entries.map((entry) => entry.length).filter((length) => length <= LONGEST_ENTRY);
  const column = Math.max(...lengths, 0) + 1;
  return tools.flatMap((tool, index) => withComments(tool, entries[index] ?? '', indent, column));
}

function withComments(
  { description, contradictions }: DraftTool,
  entry: string,
  indent: string,
  column: number,
): string[] {
  const above = contradictions.map(
    (sentence) => `${indent}# note: ${commentText(sentence, 2 * WIDTH - indent.length)}`,
  );
  const isLong = entry.length > LONGEST_ENTRY;
  const text = commentText(description, WIDTH - (isLong ? indent.length : column) - 2);
  if (text === '') return [...above, entry];
  return isLong ? [...above, `${indent}# ${text}`, entry] : [...above, `${entry.padEnd(column)}# ${text}`];
}

/** `# Read`, above its tools. */
export function groupHeading(category: Category, indent: string): string {
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
