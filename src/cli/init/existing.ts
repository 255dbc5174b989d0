import { insertAtEnd, insertBehind, NoPlace } from '../../config/edit/insert.js';
import { entryLines, sectionLines } from '../../core/authoring/draft/draft.js';
import {
  type DraftTool,
  draftTools,
  entryOf,
  groupHeading,
  type ToolGroup,
  toolLines,
} from '../../core/authoring/draft/draft-tools.js';
import type { PolicyDocument, SectionDocument } from '../../core/policy/document/document.js';
import { ownValueAt } from '../../core/policy/document/lookup.js';
import { byCloseness, matches, pattern } from '../../core/text/glob.js';
import type { ToolDefinition } from '../../core/tools/definition.js';
import { UserError } from '../../platform/user-error.js';

/** A policy that is there: as its file says it, and with what it extends. */
export interface Existing {
  text: string;
  own: PolicyDocument;
  merged: PolicyDocument;
}

/** What an existing policy says of a server. */
export interface ExistingState {
  /** The key of its section: its id, or a glob. Its id where it has none yet. */
  key: string;
  /** Whether there is such a section. */
  known: boolean;
  /** The tools that nothing names, so that their entries change no choice. */
  fresh: readonly ToolDefinition[];
  /** The names of entries for tools that the server does not list. */
  gone: readonly string[];
  /** Whether what overwrites gets an entry that asks: not where the policy does not simply allow writing. */
  asking: boolean;
}

/** Compares a policy with the tools of a server. */
export function existingStateOf(
  { merged }: Existing,
  id: string,
  tools: readonly ToolDefinition[],
): ExistingState {
  const keys = Object.keys(merged.servers ?? {}).map(pattern);
  const [closest] = keys.filter((key) => matches(key, id)).sort(byCloseness);
  const section: SectionDocument = (closest && merged.servers?.[closest.text]) ?? {};
  const own = Object.keys(section.tools ?? {}).map(pattern);
  const naming = [...own, ...Object.keys(merged.tools ?? {}).map(pattern)];
  const listed = new Set(tools.map(({ name }) => name));
  return {
    key: closest?.text ?? id,
    known: closest !== undefined,
    fresh: tools.filter(({ name }) => !naming.some((each) => matches(each, name))),
    asking: allowsWriting(section, merged),
    gone: own.filter(({ exact, text }) => exact && !listed.has(text)).map(({ text }) => text),
  };
}

/** An entry that asks would loosen a category that refuses. */
function allowsWriting(section: SectionDocument, merged: PolicyDocument): boolean {
  const write = section.categories?.write ?? merged.categories?.write ?? section.default ?? merged.default;
  const { action } = typeof write === 'object' && !Array.isArray(write) ? write : { action: write };
  return action === 'allow';
}

/** The text with entries for the fresh tools, and what the document must be then. */
export function withTools(
  { text, own }: Existing,
  { key, fresh, asking }: ExistingState,
): { text: string; document: PolicyDocument } {
  const { groups } = draftTools(fresh);
  const added = groups.flatMap(({ tools }) => tools);
  const path = ['servers', key, 'tools'];
  const section = sectionOf(own, key);
  const document = withEntries(own, key, added, asking);
  try {
    if (section === undefined) {
      const isFirst = Object.keys(own.servers ?? {}).length === 0;
      const lines = (indent: string) => [
        ...(isFirst ? [] : ['']),
        ...sectionLines(key, fresh, indent, asking),
      ];
      return { text: insertAtEnd(text, ['servers'], lines), document };
    }
    if (Object.keys(section.tools ?? {}).length === 0) {
      const lines = (indent: string) => entryLines(fresh, indent, asking);
      return { text: insertAtEnd(text, path, lines), document };
    }
    const grown = groups.reduce((grows, group) => withGroup(grows, path, group, asking), text);
    return { text: grown, document };
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error;
    throw new UserError(`${error.message}`, byHand(key, added));
  }
}

/** After others of their category, where there are any that say so. */
function withGroup(
  text: string,
  path: readonly string[],
  { category, tools }: ToolGroup,
  asking: boolean,
): string {
  const isAlike = (value: unknown) => (value as { category?: unknown } | null)?.category === category;
  return (
    insertBehind(text, path, isAlike, (indent) => toolLines(tools, indent, asking)) ??
    insertAtEnd(text, path, (indent) => [
      '',
      groupHeading(category, indent),
      ...toolLines(tools, indent, asking),
    ])
  );
}

function withEntries(
  own: PolicyDocument,
  key: string,
  added: readonly DraftTool[],
  asking: boolean,
): PolicyDocument {
  const section = sectionOf(own, key) ?? {};
  const entries = Object.fromEntries(added.map((tool) => [tool.name, entryOf(tool, asking)]));
  const tools = { ...section.tools, ...entries };
  return { ...own, servers: { ...own.servers, [key]: { ...section, tools } } };
}

function sectionOf(document: PolicyDocument, key: string): SectionDocument | undefined {
  return ownValueAt(document, ['servers', key]);
}

function byHand(key: string, added: readonly DraftTool[]): string {
  const names = added
    .slice(0, 3)
    .map(({ name, category }) => `${JSON.stringify(name)}: { category: ${category} }`);
  const more = added.length > names.length ? ', …' : '';
  return `write it yourself: servers: { ${JSON.stringify(key)}: { tools: { ${names.join(', ')}${more} } } }`;
}
