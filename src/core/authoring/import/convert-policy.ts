import { describeValue } from '../../policy/document/describe-value.js';
import type { BudgetDocument, RateLimitDocument, RuleDocument } from '../../policy/document/document.js';
import { visible } from '../../text/visible.js';
import { isNamable } from '../draft/draft-tools.js';
import { type ConvertedRules, statesOf, toolRules } from './convert-rule.js';
import { type Foreign, foreignList, foreignText, isForeign, unknownKeys } from './foreign-policy.js';

/** One entry of the policy that comes out. */
export interface ImportedEntry {
  name: string;
  rules: readonly ImportedRule[];
  /** What is to be said of the whole entry. */
  notes: readonly string[];
}

export interface ImportedRule {
  rule: RuleDocument;
  /** The names of the rules that it stands for. */
  titles: readonly string[];
  notes: readonly string[];
}

/** The policy that comes out of somebody else's. */
export interface Imported {
  description: string | undefined;
  default: ImportedEntry;
  /** The limits of all calls together. */
  everyCall: ImportedRule | undefined;
  tools: readonly ImportedEntry[];
  /** What is to be said of the file as a whole. */
  notes: readonly string[];
}

const KEYS = ['version', 'description', 'default', 'hide', 'tools', 'all_tools'];
const EVERY_TOOL = '*';

/** Turns a policy of PolicyLayer or Intercept into one of ours that is at least as strict. */
export function importedFrom(document: Foreign): Imported {
  const tools = isForeign(document['tools']) ? document['tools'] : {};
  const states = statesOf(tools);
  const shared = [
    ...toolRules(tools[EVERY_TOOL], '_global', states),
    ...toolRules(document['all_tools'], '_global', states),
  ];
  const isLimit = ({ rule }: ConvertedRules) => rule.rate_limit !== undefined || rule.budget !== undefined;
  const everywhere = shared.filter((each) => !isLimit(each));
  const hidden = foreignList(document['hide']).flatMap((name) => foreignText(name) ?? []);
  const names = Object.keys(tools).filter((name) => name !== EVERY_TOOL && name !== '');
  const entries = names.map((name) => {
    if (hidden.includes(name)) return hiddenEntry(name, 'it is hidden, so its rules are left out');
    return entryOf(name, toolRules(tools[name], name, states), everywhere);
  });
  const onlyHidden = hidden.filter((name) => name !== EVERY_TOOL && name !== '' && !names.includes(name));
  const limits = shared.filter(isLimit);
  const imported: Imported = {
    description: foreignText(document['description']),
    default: defaultOf(document['default'], everywhere),
    everyCall: limits.length > 0 ? merged(limits, undefined) : undefined,
    tools: [...entries, ...onlyHidden.map((name) => hiddenEntry(name))],
    notes: [
      ...(hidden.length < foreignList(document['hide']).length ? ['what is hidden has to be a name'] : []),
      ...unknownKeys(document, KEYS).map((key) => `'${visible(key)}' is not known, so it is left out`),
    ],
  };
  return withGeneralNotes(hidden.includes(EVERY_TOOL) ? allHidden(imported) : imported);
}

function defaultOf(written: unknown, everywhere: readonly ConvertedRules[]): ImportedEntry {
  if (written === 'deny') {
    const rule: RuleDocument = { action: 'deny', reason: 'Only tools that the policy names are allowed.' };
    return { name: 'default', rules: [{ rule, titles: [], notes: [] }], notes: [] };
  }
  if (written === undefined || written === null || written === '' || written === 'allow')
    return entryOf('default', [], everywhere);
  const what =
    foreignText(written) === undefined ? 'the default' : `the default '${visible(describeValue(written))}'`;
  const why = `${what} is not known, so a person is asked`;
  return {
    name: 'default',
    rules: [{ rule: { action: 'require_approval' }, titles: [], notes: [why] }],
    notes: [],
  };
}

function hiddenEntry(name: string, ...notes: string[]): ImportedEntry {
  return { name, rules: [{ rule: { action: 'hide' }, titles: [], notes: [] }], notes };
}

function allHidden(imported: Imported): Imported {
  return {
    ...imported,
    default: hiddenEntry('default', 'all tools are hidden, so no rule is left'),
    everyCall: undefined,
    tools: [],
  };
}

/** One rule for what always applies, with all limits, and one for each refusal with a condition. */
function entryOf(
  name: string,
  own: readonly ConvertedRules[],
  everywhere: readonly ConvertedRules[],
): ImportedEntry {
  const rules = [...own, ...everywhere];
  const refusal = rules.find(({ rule }) => rule.action === 'deny' && rule.when === undefined);
  if (refusal) {
    const others = own.filter((each) => each !== refusal && Object.keys(each.rule).length > 0);
    const notes = others.length > 0 ? ['it is always refused, so its other rules are left out'] : [];
    return { name, rules: [plain(refusal)], notes };
  }
  const always = rules.filter(({ rule }) => rule.action !== 'deny');
  const conditional = rules.filter(({ rule }) => rule.action === 'deny');
  const glob =
    isNamable(name) || !/[*?]/.test(name)
      ? undefined
      : '* and ? match other characters here, so whatever the name matches needs approval';
  return { name, rules: [merged(always, glob), ...conditional.map(plain)], notes: [] };
}

function plain({ rule, title, notes }: ConvertedRules): ImportedRule {
  return { rule, titles: title === undefined ? [] : [title], notes };
}

/** Rules without conditions, as one. */
function merged(rules: readonly ConvertedRules[], asked: string | undefined): ImportedRule {
  const asking = rules.find(({ rule }) => rule.action === 'require_approval');
  const rates = rules.flatMap(({ rule }) => (rule.rate_limit as RateLimitDocument | undefined) ?? []);
  const budgets = rules.flatMap(({ rule }) => (rule.budget as BudgetDocument | undefined) ?? []);
  const rule: RuleDocument = {
    action: asking || asked !== undefined ? 'require_approval' : 'allow',
    ...(asking?.rule.reason !== undefined && { reason: asking.rule.reason }),
    ...(rates.length > 0 && { rate_limit: rates.length === 1 ? rates[0] : rates }),
    ...(budgets.length > 0 && { budget: budgets.length === 1 ? budgets[0] : budgets }),
  };
  return {
    rule,
    titles: rules.flatMap(({ title }) => title ?? []),
    notes: [...(asked === undefined ? [] : [asked]), ...rules.flatMap(({ notes }) => notes)],
  };
}

/** What differs wherever something of the kind is. */
function withGeneralNotes(imported: Imported): Imported {
  const rules = [
    ...imported.tools.flatMap((entry) => entry.rules),
    ...imported.default.rules,
    ...(imported.everyCall ? [imported.everyCall] : []),
  ];
  const hasLimits = rules.some(({ rule }) => rule.rate_limit ?? rule.budget);
  const hasBudgets = rules.some(({ rule }) => rule.budget);
  const hasConditions = rules.some(({ rule }) => rule.when);
  const notes = [
    ...(hasLimits
      ? [
          'windows slide: no minute, hour or day ever holds more, where calendar windows let twice as much through around their ends',
          'counters are those of one running policy-wrap, where a database kept them over restarts and for all processes',
          'a call is counted even when the server answers with an error',
        ]
      : []),
    ...(hasBudgets ? ['amounts are not rounded, and a negative one is refused'] : []),
    ...(hasConditions
      ? [
          'what is compared must have the same type: the text "5" is not the number 5, and to compare them refuses',
        ]
      : []),
  ];
  return { ...imported, notes: [...imported.notes, ...notes] };
}
