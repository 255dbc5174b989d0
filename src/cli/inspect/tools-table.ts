import { decisionWords } from '../../core/authoring/report/decision-words.js';
import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import { visible } from '../../core/text/visible.js';
import { asTyped } from '../../platform/outer-npx.js';
import { bold, dim, paintDecision, paintRisk } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { shortened, widthOf, wrapped } from '../terminal/text-width.js';
import type { ServerReport } from './server-report.js';
import { categoryWord, policyOf, serverOf, shownLine, summaryOf } from './words.js';

const HEAD = ['', 'tool', 'category', 'risk', 'args', 'policy'] as const;
/** Places between columns. */
const GAP = 2;
/** Of names, and of what the policy does. */
const NARROWEST = [14, 10] as const;
/** Places in which a decision still says whether the call passes, and that there is a limit. */
const TELLING = 16;
/** Of the server. Characters. */
const LONGEST_NAME = 300;
/** Of one warning. Characters. */
const LONGEST_WARNING = 400;

/**
 * All tools of a server: first those to look twice at, then the riskiest, and below what is odd about them.
 * @param width places of the terminal; undefined where it is none, and nothing is cut
 */
export function toolsTable(report: ServerReport, width: number | undefined): string {
  const { tools } = report;
  const heading = [
    bold(shortened(serverOf(report), width ?? LONGEST_NAME)),
    ...lines(summaryOf(report), width),
    ...lines(`Policy: ${visible(policyOf(report))}`, width),
    ...(tools.length > 0
      ? ['', rows(tools, width), '', ...lines(legend(report), width).map((line) => dim(line))]
      : []),
  ];
  const odd = [
    ...tools.flatMap((tool) => oddities(tool, width)),
    ...report.serverTools.warnings.map((warning) => marked('', warning, width)),
  ];
  return [...heading, ...(odd.length > 0 ? ['', ...odd] : [])].join('\n');
}

function lines(text: string, width: number | undefined): string[] {
  return width === undefined ? [text] : wrapped(text, width);
}

function legend({ oneTool }: ServerReport): string {
  return `args: all / required. One tool in full: ${asTyped(`policy-wrap ${oneTool}`)}`;
}

function rows(tools: readonly ToolReport[], width: number | undefined): string {
  // A column without anything in it takes a place anyway.
  const from = tools.some(isOdd) ? 0 : 1;
  const cells = tools.map(cellsOf);
  const widths = HEAD.map((head, index) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), widthOf(head)),
  );
  const taken = [...widths.slice(from)].reduce((sum, each) => sum + GAP + each, 0);
  const [nameWidth, decisionWidth] = room(widths, width === undefined ? 0 : Math.max(0, taken - width));
  const painted = cells.map(([mark = '', name = '', category = '', risk = '', args = '', decision = '']) => [
    mark,
    shortened(name, nameWidth),
    category,
    paintRisk(risk),
    args,
    paintDecision(shortened(decision, decisionWidth)),
  ]);
  return table(
    HEAD.slice(from).map((head) => dim(head)),
    painted.map((row) => row.slice(from)),
  );
}

function cellsOf(tool: ToolReport): string[] {
  const { name, risk, parameters, decision } = tool;
  const mark = isOdd(tool) ? '⚠' : '';
  const args = `${parameters.total} / ${parameters.required}`;
  return [mark, visible(name), categoryWord(tool), risk, args, decisionWords(decision)];
}

/**
 * How wide names and decisions may be where so many places are missing. Decisions give way first, down to what says the most, since
 * a name is what a person types to see more; then names, down to a few places.
 */
function room([, name = 0, , , , decision = 0]: readonly number[], missing: number): [number, number] {
  const short = Math.max(decision - missing, Math.min(decision, TELLING));
  const left = missing - (decision - short);
  const forName = Math.max(name - left, Math.min(name, NARROWEST[0]));
  return [forName, Math.max(short - (left - (name - forName)), NARROWEST[1])];
}

function isOdd({ contradictions, warnings }: ToolReport): boolean {
  return contradictions.length + warnings.length > 0;
}

function oddities({ name, contradictions, warnings }: ToolReport, width: number | undefined): string[] {
  return [...contradictions, ...warnings].map((sentence) => marked(`${visible(name)}: `, sentence, width));
}

function marked(name: string, sentence: string, width: number | undefined): string {
  const shown = shortened(shownLine(sentence), LONGEST_WARNING);
  const line = `${shortened(name, 200)}${shown}`;
  return `⚠ ${width === undefined ? line : wrapped(line, width - 2).join('\n  ')}`;
}
