import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import { visible } from '../../core/text/visible.js';
import { bold, dim, paintDecision, paintRisk } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { shortened, widthOf, wrapped } from '../terminal/text-width.js';
import type { ServerReport } from './server-report.js';
import { type ParameterRow, sectionsOf, type ToolSection } from './tool-sections.js';
import { categoryWord, policyOf, serverOf } from './words.js';

/** Lines longer than this are hard to read; a file or a pipe has no width. */
const WIDEST = 100;

/** One tool, with what a person needs to write a policy for it. */
export function toolPage(report: ServerReport, tool: ToolReport, terminal: number | undefined): string {
  const width = Math.min(terminal ?? WIDEST, WIDEST);
  return [
    ...wrapped(visible(tool.name), width).map((line) => bold(line)),
    `${categoryWord(tool)}, ${paintRisk(tool.risk)}`,
    dim(shortened(`of ${serverOf(report)}`, width)),
    ...wrapped(`Policy: ${visible(policyOf(report))}`, width).map((line) => dim(line)),
    ...sectionsOf(tool).flatMap((section) => ['', ...sectionLines(section, width)]),
  ].join('\n');
}

function sectionLines(
  { title, lines, parameters = [], snippets = [] }: ToolSection,
  width: number,
): string[] {
  const mark = title === 'Look twice' ? '⚠ ' : '';
  return [
    bold(title),
    ...(parameters.length > 0 ? [parameterTable(parameters, width)] : []),
    ...lines.flatMap((line) => wrapped(`${mark}${line}`, width - 2)).map((line) => `  ${painted(line)}`),
    ...snippets.flatMap(({ title: what, text }) => [
      `  ${dim(`# ${what}`)}`,
      text.trimEnd().replace(/^/gm, '  '),
    ]),
  ];
}

/** The action in its colour, where the line begins with one. */
function painted(line: string): string {
  return line.replace(/^(otherwise )?(allow|ask|deny|hide)(?= when |, by |$)/, (_, before = '', action) => {
    return `${before}${paintDecision(action)}`;
  });
}

function parameterTable(rows: readonly ParameterRow[], width: number): string {
  // Not by arguments of `Math.max`: a server may list more parameters than it takes.
  const widest = (key: 'name' | 'type', least: number) =>
    rows.reduce((most, { [key]: text }) => Math.max(most, widthOf(text)), least);
  const nameWidth = Math.min(widest('name', 9), Math.floor(width / 3));
  const typeWidth = Math.min(widest('type', 4), Math.floor(width / 4));
  const left = Math.max(width - nameWidth - typeWidth - 8 - 4 * 2, 16);
  return table(
    ['parameter', 'type', 'required', 'description'].map((head) => dim(head)),
    rows.map(({ name, type, required, description, values }) => [
      wrapped(name, nameWidth).join('\n'),
      wrapped(type, typeWidth).join('\n'),
      required ? 'yes' : '',
      [
        ...(description ? wrapped(description, left) : []),
        ...(values ? wrapped(values, left).map((line) => dim(line)) : []),
      ].join('\n'),
    ]),
  );
}
