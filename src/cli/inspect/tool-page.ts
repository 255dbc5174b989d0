import { ACTION_WORDS } from '../../core/decision-words.js';
import { quote } from '../../core/quote.js';
import { placeOf } from '../../core/reply.js';
import { isLoose } from '../../core/snippets.js';
import type { ToolReport } from '../../core/tool-report.js';
import { visible } from '../../core/visible.js';
import { MEANING } from '../../core/why-policy.js';
import { bold, dim, paintDecision, paintRisk } from '../paint.js';
import { table } from '../table.js';
import { shortened, wrapped } from '../text-width.js';
import type { ServerReport } from './inspect.js';
import { valuesOf } from './parameter-words.js';
import { capitalised, policyOf, serverOf, shownLine, shownLines } from './words.js';

/** Lines longer than this are hard to read; a file or a pipe has no width. */
const WIDEST = 100;
/** Characters of a description that are shown; --json has all of it. */
const LONGEST_DESCRIPTION = 6_000;
const LONGEST_OF_PARAMETER = 600;

/** One tool, with what a person needs to write a policy for it. */
export function toolPage(report: ServerReport, tool: ToolReport, terminal: number | undefined): string {
  const width = Math.min(terminal ?? WIDEST, WIDEST);
  const text = (words: string) =>
    wrapped(words, width - 2)
      .map((line) => `  ${line}`)
      .join('\n');
  const section = (title: string, ...lines: string[]) => [bold(title), ...lines, ''].join('\n');
  const { category, risk, evidence, contradictions, warnings, parameters, why } = tool;
  const odd = [...contradictions, ...warnings].map((each) => text(`⚠ ${shownLine(each)}`));
  return [
    ...wrapped(visible(tool.name), width).map((line) => bold(line)),
    `${capitalised(category)}, ${paintRisk(risk)}`,
    `${dim(shortened(`of ${serverOf(report)}`, width))}\n`,
    section('What it does', text(descriptionOf(tool))),
    section(
      'Category and risk',
      text(`${capitalised(category)}, ${risk}: ${evidence.map(shownLine).join('; ')}.`),
      text(MEANING[category]),
      ...(tool.classified
        ? [text(`By itself it looks like ${capitalised(tool.classified.category)}, ${tool.classified.risk}.`)]
        : []),
    ),
    ...(odd.length > 0 ? [section('Look twice', ...odd)] : []),
    section(
      `Parameters: ${parameters.total}, ${parameters.required} required`,
      ...(parameters.list.length > 0 ? [parameterTable(tool, width)] : []),
      ...(parameters.cut ? [text('There are more than can be shown.')] : []),
    ),
    section('Why it needs a policy', ...why.map(text)),
    section("What today's policy does", ...decisionLines(report, tool).map(text)),
    snippetsOf(tool, text),
  ].join('\n');
}

function descriptionOf({ title, name, description }: ToolReport): string {
  const shown = shownLines((description ?? '').slice(0, LONGEST_DESCRIPTION));
  const cut =
    (description?.length ?? 0) > LONGEST_DESCRIPTION ? '\n… it goes on; --json prints all of it.' : '';
  const heading = title !== undefined && title !== name ? `${shownLine(title.slice(0, 300))}\n` : '';
  return `${heading}${shown === '' ? 'The server does not say.' : shown}${cut}`;
}

function parameterTable({ parameters }: ToolReport, width: number): string {
  const list = parameters.list.map((each) => {
    const { name, type, required, description = '' } = each;
    const values = valuesOf(each);
    const said = shownLine(description.slice(0, 2 * LONGEST_OF_PARAMETER));
    const words = [shortened(said, LONGEST_OF_PARAMETER), values && dim(values)].filter(Boolean);
    return { name: visible(name.slice(0, 300)), type, required: required ? 'yes' : '', words };
  });
  const nameWidth = Math.min(Math.max(9, ...list.map(({ name }) => name.length)), Math.floor(width / 3));
  const typeWidth = Math.min(Math.max(4, ...list.map(({ type }) => type.length)), Math.floor(width / 4));
  const left = Math.max(width - nameWidth - typeWidth - 8 - 4 * 2, 20);
  return table(
    ['parameter', 'type', 'required', 'description'].map((head) => dim(head)),
    list.map(({ name, type, required, words }) => [
      wrapped(name, nameWidth).join('\n'),
      wrapped(type, typeWidth).join('\n'),
      required,
      words.flatMap((each) => wrapped(each, left)).join('\n'),
    ]),
  );
}

function decisionLines(report: ServerReport, { decision }: ToolReport): string[] {
  const { action, rule, reason, observed, limits, conditions } = decision;
  const by = conditions.map(
    ({ when, action: then, rule: origin }) =>
      `${paintDecision(ACTION_WORDS[then])} when ${visible(when)}, by ${visible(`${origin.pointer} (${placeOf(origin)})`)}`,
  );
  const where = rule ? `, by ${rule.pointer} (${placeOf(rule)})` : '';
  const otherwise = `${by.length > 0 ? 'otherwise ' : ''}${paintDecision(ACTION_WORDS[action])}${visible(where)}`;
  return [
    `Policy: ${visible(policyOf(report))}`,
    ...by,
    otherwise,
    ...(reason ? [`Reason: ${shownLine(reason)}`] : []),
    ...(observed ? [`Only observed: a policy that observes would ${ACTION_WORDS[observed]}.`] : []),
    ...limits.map((limit) => `Limit: ${shownLine(limit)}`),
  ];
}

function snippetsOf({ name, snippets }: ToolReport, text: (words: string) => string): string {
  const heading = bold('Ready to paste');
  if (snippets.length === 0)
    return `${heading}\n${text('A policy file cannot name this tool; its category or `default` decides.')}`;
  const loose = isLoose(name)
    ? [text(`? stands for any one character, so this is about more names than ${quote(name)}.`)]
    : [];
  const lines = snippets.flatMap(({ title, text }) => [
    `  ${dim(`# ${title}`)}`,
    ...text.trimEnd().replace(/^/gm, '  ').split('\n'),
  ]);
  return [
    heading,
    text('In policy-wrap.yaml, which begins with `version: 1` and `extends: standard`:'),
    ...loose,
    ...lines,
  ].join('\n');
}
