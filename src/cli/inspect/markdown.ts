import { decisionWords } from '../../core/authoring/report/decision-words.js';
import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import { visible } from '../../core/text/visible.js';
import { version } from '../../core/version.js';
import type { ServerReport } from './server-report.js';
import { sectionsOf, type ToolSection } from './tool-sections.js';
import { categoryWord, policyOf, serverOf, shownLine, summaryOf } from './words.js';

/** A report of the whole server as GitHub Flavored Markdown. What the server says stays text. */
export function markdownReport(report: ServerReport): string {
  const { tools, serverTools } = report;
  return [
    `# The tools of ${code(serverOf(report))}`,
    `${escaped(summaryOf(report))}. Policy: ${escaped(visible(policyOf(report)))}.`,
    ...serverTools.warnings.map((warning) => `⚠ ${escaped(shownLine(warning))}`),
    ...(tools.length > 0 ? [overview(tools)] : []),
    ...tools.flatMap((tool) => [
      `## ${code(visible(tool.name))}`,
      `${categoryWord(tool)}, **${tool.risk}**`,
      ...sectionsOf(tool).flatMap(section),
    ]),
    `---\n\nMade by policy-wrap ${version()}.`,
  ].join('\n\n');
}

function overview(tools: readonly ToolReport[]): string {
  return tableOf(
    ['', 'tool', 'category', 'risk', 'parameters', 'required', 'policy'],
    tools.map(({ name, category, known, risk, parameters, decision, contradictions, warnings }) => [
      contradictions.length + warnings.length > 0 ? '⚠' : '',
      code(visible(name)),
      categoryWord({ category, known }),
      risk,
      String(parameters.total),
      String(parameters.required),
      escaped(decisionWords(decision)),
    ]),
  );
}

function section({ title, lines, quoted, parameters = [], snippets = [] }: ToolSection): string[] {
  const text = quoted ? [fenced(lines.join('\n'))] : lines.length > 0 ? [lines.map(item).join('\n')] : [];
  const rows = parameters.map(({ name, type, required, description, values }) => [
    code(name),
    escaped(type),
    required ? 'yes' : '',
    [escaped(description), values && code(values)].filter(Boolean).join(' '),
  ]);
  return [
    `### ${escaped(title)}`,
    ...(rows.length > 0 ? [tableOf(['parameter', 'type', 'required', 'description'], rows)] : []),
    ...text,
    ...snippets.flatMap(({ title: what, text: yaml }) => [
      `${escaped(what)}:`,
      fenced(yaml.trimEnd(), 'yaml'),
    ]),
  ];
}

function item(line: string): string {
  return `- ${escaped(line)}`;
}

/** A cell ends at a bar, also within code (GFM, "Tables"). */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) =>
      line(row.map((cell) => cell.replace(/\\*\|/g, (bar) => (bar.length % 2 ? '\\' : '') + bar))),
    ),
  ].join('\n');
}

/** Nothing in it means anything to Markdown, nor is an address in it made a link. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/^(\s*)(?=[-+=#])/, '$1\\')
    .replace(/^(\s*\d+)(?=[.)])/, '$1\\')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/@/g, '&#64;')
    .replace(/\b(www|ftp)\./gi, '$1&#46;');
}

/** Code in a line, between more backticks than are in it. */
function code(text: string): string {
  if (text.trim() === '') return '(no name)';
  const marks = '`'.repeat(longestRun(text) + 1);
  const edge = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${marks}${edge}${text}${edge}${marks}`;
}

function fenced(text: string, language = 'text'): string {
  const marks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${marks}${language}\n${text}\n${marks}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
}
