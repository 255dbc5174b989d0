import type { BudgetDocument, RateLimitDocument, RuleDocument } from '../../policy/document/document.js';
import { commentText, yamlText } from '../../text/yaml-text.js';
import { schemaAddress } from '../../version.js';
import type { Imported, ImportedEntry, ImportedRule } from './convert-policy.js';

/** The policy as the text of a file of ours. */
export function importedText(imported: Imported, file: string): string {
  const { description, everyCall, tools } = imported;
  const lines = [
    `# yaml-language-server: $schema=${schemaAddress()}`,
    '#',
    `# Made of ${comment(file)} by \`policy-wrap import\`.${description === undefined ? '' : ` ${comment(description)}`}`,
    ...noted(imported.notes, ''),
    '',
    'version: 1',
    '',
    ...entryLines(imported.default, 'default', ''),
    ...(everyCall ? ['', ...about(everyCall, ''), ...limitLines(everyCall.rule, '')] : []),
    ...(tools.length > 0 ? ['', 'tools:'] : []),
    ...tools.flatMap((entry) => entryLines(entry, yamlText(entry.name), '  ')),
    ...testLines(imported),
  ];
  return `${lines.join('\n')}\n`;
}

/** All that a person should know, with the place that it is about. */
export function importNotes({ notes, default: rest, everyCall, tools }: Imported): string[] {
  const ofRule = (place: string) => (rule: ImportedRule) => rule.notes.map((note) => `${place}: ${note}`);
  return [
    ...notes,
    ...[rest, ...tools].flatMap(({ name, notes: own, rules }) => [
      ...own.map((note) => `${name}: ${note}`),
      ...rules.flatMap(ofRule(name)),
    ]),
    ...(everyCall ? ofRule('all tools')(everyCall) : []),
  ];
}

function entryLines({ rules, notes }: ImportedEntry, key: string, indent: string): string[] {
  const [only, ...more] = rules;
  const above = noted(notes, indent);
  if (only === undefined) return above;
  if (more.length > 0) {
    const inner = `${indent}  `;
    const list = rules.flatMap((each) => [
      ...about(each, inner),
      ...listed(ruleLines(each.rule, `${inner}  `), inner),
    ]);
    return [...above, `${indent}${key}:`, ...list];
  }
  const isPlain = Object.values(only.rule).filter((value) => value !== undefined).length === 1;
  const value =
    isPlain && only.rule.action !== undefined
      ? [`${indent}${key}: ${only.rule.action}`]
      : [`${indent}${key}:`, ...ruleLines(only.rule, `${indent}  `)];
  return [...above, ...about(only, indent), ...value];
}

function listed([first = '', ...rest]: string[], indent: string): string[] {
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function ruleLines(rule: RuleDocument, indent: string): string[] {
  return [
    `${indent}action: ${rule.action ?? 'allow'}`,
    ...(rule.when === undefined ? [] : [`${indent}when: ${scalar(rule.when)}`]),
    ...(rule.reason === undefined ? [] : [`${indent}reason: ${scalar(rule.reason)}`]),
    ...limitLines(rule, indent),
  ];
}

function limitLines({ rate_limit: rates, budget: budgets }: RuleDocument, indent: string): string[] {
  return [
    ...several(
      'rate_limit',
      rates,
      indent,
      ({ max, window }: RateLimitDocument) => `{ max: ${max}, window: ${window} }`,
    ),
    ...several(
      'budget',
      budgets,
      indent,
      ({ sum, max, window }: BudgetDocument) => `{ sum: ${scalar(sum)}, max: ${max}, window: ${window} }`,
    ),
  ];
}

function several<T>(
  key: string,
  written: T | T[] | undefined,
  indent: string,
  show: (one: T) => string,
): string[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return [`${indent}${key}: ${show(written)}`];
  return [`${indent}${key}:`, ...written.map((one) => `${indent}  - ${show(one)}`)];
}

function about({ titles, notes }: ImportedRule, indent: string): string[] {
  return [...titles.map((title) => `${indent}# ${comment(title)}`), ...noted(notes, indent)];
}

function noted(notes: readonly string[], indent: string): string[] {
  return notes.map((note) => `${indent}# note: ${comment(note)}`);
}

function comment(text: string): string {
  return commentText(text, 400);
}

/** In single quotes where there is much to escape otherwise. */
function scalar(text: string): string {
  return /["\\]/.test(text) && /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : yamlText(text);
}

/** What is always refused, and what happens to a tool that nothing names. */
function testLines({ tools, default: rest }: Imported): string[] {
  const certain = tools.flatMap(({ name, rules: [only, ...more] }) => {
    const action = only?.rule.action;
    return more.length === 0 && (action === 'deny' || action === 'hide') && !/[*?]/.test(name)
      ? [`  - { call: ${yamlText(name)}, expect: ${action} }`]
      : [];
  });
  const other = 'a_tool_that_nothing_names';
  const [base, ...more] = rest.rules;
  const isKnown = more.length === 0 && !tools.some(({ name }) => /[*?]/.test(name) || name === other);
  if (isKnown) certain.push(`  - { call: ${other}, expect: ${base?.rule.action ?? 'allow'} }`);
  return certain.length > 0 ? ['', 'tests:', ...certain] : [];
}
