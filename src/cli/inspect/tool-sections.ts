import { ACTION_WORDS } from '../../core/authoring/report/decision-words.js';
import { isLoose, type Snippet } from '../../core/authoring/report/snippets.js';
import type { ToolReport } from '../../core/authoring/report/tool-report.js';
import { MEANING } from '../../core/authoring/report/why-policy.js';
import { placeOf } from '../../core/replies/refusal.js';
import { visible } from '../../core/text/visible.js';
import { shortened } from '../terminal/text-width.js';
import { parameterValues } from './parameter-words.js';
import { capitalised, shownLine, shownLines } from './words.js';

/** A part of what is said of one tool. All texts may be shown in a terminal, and hide nothing. */
export interface ToolSection {
  title: string;
  lines: string[];
  /** The lines are the server's own words. */
  quoted?: true;
  parameters?: ParameterRow[];
  snippets?: readonly Snippet[];
}

export interface ParameterRow {
  name: string;
  type: string;
  required: boolean;
  /** What the server says, and which values it lists; either may be empty. */
  description: string;
  values: string;
}

/** Characters of a description that are shown; JSON has all of it. */
const LONGEST_DESCRIPTION = 6_000;
const LONGEST_OF_PARAMETER = 600;
const LONGEST_LINE = 600;

/** What a person needs to write a policy for a tool. */
export function sectionsOf(tool: ToolReport): ToolSection[] {
  const odd = [...tool.contradictions, ...tool.warnings].map((each) => oneLine(each));
  return [
    { title: 'What it does', lines: descriptionOf(tool), quoted: true },
    { title: 'Category and risk', lines: classLines(tool) },
    ...(odd.length > 0 ? [{ title: 'Look twice', lines: odd }] : []),
    parameterSection(tool),
    { title: 'Why it needs a policy', lines: tool.why },
    { title: "What today's policy does", lines: decisionLines(tool) },
    snippetSection(tool),
  ];
}

function descriptionOf({ title, name, description = '' }: ToolReport): string[] {
  const shown = shownLines(description.slice(0, LONGEST_DESCRIPTION));
  const cut = description.length > LONGEST_DESCRIPTION ? ['… it goes on; --json prints all of it.'] : [];
  const heading = title !== undefined && title !== name ? [oneLine(title)] : [];
  return [...heading, ...(shown === '' ? ['The server has not said.'] : shown.split('\n')), ...cut];
}

function classLines({ category, known, risk, marks, evidence, classified }: ToolReport): string[] {
  const why = evidence.map((each) => oneLine(each)).join('; ');
  return [
    `${capitalised(category)}, ${risk}: ${why}.`,
    known ? MEANING[category] : 'Nothing shows what it does, so `default` decides and not the category.',
    ...(marks.length > 0 ? [`Marks: ${marks.join(', ')}. A condition can name them in tool.marks.`] : []),
    ...(classified
      ? [`By itself it looks like ${capitalised(classified.category)}, ${classified.risk}.`]
      : []),
  ];
}

function parameterSection({ parameters }: ToolReport): ToolSection {
  const { total, required, list, cut } = parameters;
  return {
    title: `Parameters: ${total}, ${required} required`,
    lines: cut ? ['There are more than can be shown.'] : [],
    parameters: list.map((each) => ({
      name: visible(shortened(each.name, 300)),
      type: each.type,
      required: each.required,
      description: oneLine(each.description ?? '', LONGEST_OF_PARAMETER),
      values: parameterValues(each),
    })),
  };
}

function decisionLines({ decision }: ToolReport): string[] {
  const { action, rule, reason, observed, limits, conditions } = decision;
  const where = rule ? `, by ${visible(`${rule.pointer} (${placeOf(rule)})`)}` : '';
  return [
    ...conditions.map(
      ({ when, action: then, rule: origin }) =>
        `${ACTION_WORDS[then]} when ${visible(when)}, by ${visible(`${origin.pointer} (${placeOf(origin)})`)}`,
    ),
    `${conditions.length > 0 ? 'otherwise ' : ''}${ACTION_WORDS[action]}${where}`,
    ...(reason ? [`Reason: ${oneLine(reason)}`] : []),
    ...(observed ? [`Only observed: a policy that observes would ${ACTION_WORDS[observed]}.`] : []),
    ...limits.map((limit) => `Limit: ${oneLine(limit)}`),
  ];
}

function snippetSection({ name, snippets, decision }: ToolReport): ToolSection {
  const title = 'Ready to paste';
  if (snippets.length === 0)
    return { title, lines: ['A policy file cannot name this tool; its category or `default` decides.'] };
  const loose = isLoose(name)
    ? ['`?` stands for any one character, so this is about other names as well.']
    : [];
  return {
    title,
    lines: [placeToPaste(decision), ...loose],
    snippets,
  };
}

/** An entry at the top level of a file does nothing where the section of the server has one that decides. */
function placeToPaste({ rule }: ToolReport['decision']): string {
  if (rule?.line === undefined)
    return 'In policy-wrap.yaml, which begins with version: 1 and extends: standard:';
  const [, section] = /^(\/servers\/[^/]+)\//.exec(rule.pointer) ?? [];
  const where = section === undefined ? 'tools' : `tools of ${visible(section)}`;
  return `In ${visible(rule.source)}, in ${where}, instead of what it says of the tool:`;
}

function oneLine(text: string, longest = LONGEST_LINE): string {
  return shortened(shownLine(text.slice(0, 2 * longest)), longest);
}
