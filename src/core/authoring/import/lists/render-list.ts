import type { Action } from '../../../policy/document/document.js';
import { commentText, yamlText } from '../../../text/yaml-text.js';
import { schemaAddress } from '../../../version.js';
import { entriesFor, serversOf } from './resolve-rules.js';
import type { ResolvedEntry, RuleList } from './rule-list.js';

/** A policy as the text of a file of ours, and what a person should know of it. */
export interface RenderedList {
  text: string;
  notes: readonly string[];
}

/** @param file where it comes from */
export function renderList(list: RuleList, file: string): RenderedList {
  const servers = serversOf(list);
  const general = entriesFor(list, undefined);
  const sections = servers.map((server) => ({ server, entries: entriesFor(list, server) }));
  const naming =
    servers.length > 0 && !list.byId
      ? [
          `the servers are called as ${list.product} calls them: compare with \`policy-wrap status\`, and start a server that has another id there with --server`,
        ]
      : [];
  const notes = [...list.notes, ...naming];
  const lines = [
    `# yaml-language-server: $schema=${schemaAddress()}`,
    '#',
    `# Made of ${commentText(file, 400)}, a policy of ${list.product}, by \`policy-wrap import\`.`,
    ...notes.map((note) => `# note: ${commentText(note, 400)}`),
    '',
    'version: 1',
    '',
    ...sectionLines(general, ''),
    ...mapLines('prompts', list.prompts),
    ...mapLines('resources', list.resources),
    ...(sections.length > 0 ? ['', 'servers:'] : []),
    ...sections.flatMap(({ server, entries }) => [
      `  ${yamlText(server)}:`,
      ...sectionLines(entries, '    '),
    ]),
    ...testLines(sections, general),
  ];
  const all = [...general, ...sections.flatMap(({ entries }) => entries)];
  const about = all.flatMap(({ tool, notes: own }) =>
    own.map((note) => `${tool === '*' ? 'default' : tool}: ${note}`),
  );
  return { text: `${lines.join('\n')}\n`, notes: [...notes, ...new Set(about)] };
}

function sectionLines([rest, ...tools]: readonly ResolvedEntry[], indent: string): string[] {
  return [
    ...(rest ? entryLine('default', rest, indent) : []),
    ...(tools.length > 0 ? [`${indent}tools:`] : []),
    ...tools.flatMap((entry) => entryLine(yamlText(entry.tool), entry, `${indent}  `)),
  ];
}

function entryLine(key: string, { action, notes }: ResolvedEntry, indent: string): string[] {
  return [...notes.map((note) => `${indent}# note: ${commentText(note, 400)}`), `${indent}${key}: ${action}`];
}

function mapLines(key: string, entries: Readonly<Record<string, Action>> | undefined): string[] {
  if (entries === undefined) return [];
  return [
    '',
    `${key}:`,
    ...Object.entries(entries).map(([name, action]) => `  ${yamlText(name)}: ${action}`),
  ];
}

/** A call of each tool that is named in full, and of one that nothing names. */
function testLines(
  sections: readonly { server: string; entries: readonly ResolvedEntry[] }[],
  general: readonly ResolvedEntry[],
): string[] {
  const test = (server: string | undefined, { tool, action }: ResolvedEntry) => {
    const of = server === undefined ? '' : `server: ${yamlText(server)}, `;
    return `  - { ${of}call: ${yamlText(tool)}, expect: ${action} }`;
  };
  const exact = ({ tool }: ResolvedEntry) => !/[*?]/.test(tool);
  const lines = [
    ...general.filter(exact).map((entry) => test(undefined, entry)),
    ...sections.flatMap(({ server, entries }) => entries.filter(exact).map((entry) => test(server, entry))),
  ];
  return lines.length === 0 ? [] : ['', 'tests:', ...lines];
}
