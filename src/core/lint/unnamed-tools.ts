import type { Category } from '../classify.js';
import { decide, isStricter, type Verdict } from '../decide.js';
import type { Action } from '../document.js';
import { resolve, stepsOf } from '../resolve.js';
import { sampleCall } from '../sample-call.js';
import { count, type Finding, list } from './finding.js';
import type { KnownTool, LintSubject } from './subject.js';

const DANGEROUS: ReadonlySet<Category> = new Set(['execute', 'destructive', 'financial']);

/**
 * Tools that no entry names, by what decides about them instead; and tools that can do harm and pass without a
 * condition or a limit. Only that a default lets through what is more than reading is a warning: the author has
 * never thought of the tool, nor of its kind.
 */
export function unnamedTools(subject: LintSubject): Finding[] {
  const outlooks = subject.tools.map((tool) => outlookOf(tool, subject));
  const unnamed = groups(outlooks.filter(({ isNamed }) => !isNamed));
  const harmful = groups(outlooks.filter(({ isOpen, category }) => isOpen && DANGEROUS.has(category)));
  return [...unnamed.flatMap(unnamedFinding), ...harmful.flatMap(harmfulFinding)];
}

interface ToolOutlook {
  tool: KnownTool;
  category: Category;
  verdict: Verdict;
  /** Whether neither an entry nor the category decides. */
  byDefault: boolean;
  /** Whether an entry of any layer is about it. */
  isNamed: boolean;
  /** Whether it passes whatever it is called with, and as often as one likes. */
  isOpen: boolean;
}

function outlookOf(tool: KnownTool, { policy }: LintSubject): ToolOutlook {
  const { name } = tool;
  const classification = tool.classification(
    policy.layers.every(({ trustsAnnotations }) => trustsAnnotations),
  );
  const { server } = policy;
  const sample = sampleCall({ kind: 'tool', name, argumentsText: '{}', server, now: 0, classification });
  const call = { ...sample, classification: tool.classification };
  const { verdicts } = decide(policy, call);
  const verdict = verdicts.reduce((one, other) => (isStricter(other.action, one.action) ? other : one));
  const resolutions = policy.layers.map((layer) => resolve(layer, 'tool', name));
  const steps = policy.layers.flatMap((layer) => stepsOf(layer, tool));
  return {
    tool,
    category: resolutions.find(({ category }) => category)?.category ?? classification.category,
    verdict,
    byDefault: steps.some(
      ({ how, rules }) => how === 'default' && rules.some(({ origin }) => origin === verdict.rule),
    ),
    isNamed: resolutions.some(({ entries, category }) => entries.length > 0 || category !== undefined),
    isOpen:
      verdict.action === 'allow' &&
      verdicts.every(({ charges }) => charges.length === 0) &&
      steps.every(({ rules }) => rules.every(({ when }) => when === undefined)),
  };
}

/** By the rule that decides, and among those of a default by whether they only read. */
function groups(outlooks: readonly ToolOutlook[]): ToolOutlook[][] {
  const found = new Map<string, ToolOutlook[]>();
  for (const outlook of outlooks) {
    const { rule } = outlook.verdict;
    const key = `${rule?.source} ${rule?.pointer} ${outlook.byDefault && outlook.category === 'read'}`;
    found.set(key, [...(found.get(key) ?? []), outlook]);
  }
  return [...found.values()];
}

function unnamedFinding(outlooks: readonly ToolOutlook[]): Finding[] {
  const [first] = outlooks;
  if (first === undefined || first.verdict.rule === undefined) return [];
  const { verdict, category, byDefault } = first;
  const names = outlooks.map(({ tool }) => tool.name);
  const isCareless = byDefault && verdict.action === 'allow' && category !== 'read';
  const what = byDefault ? 'by default' : `as ${category}`;
  return [
    {
      rule: 'unnamed-tool',
      severity: isCareless && verdict.rule?.line !== undefined ? 'warning' : 'info',
      origin: first.verdict.rule,
      message: `no entry names ${count(names.length, 'tool')}, ${CONSEQUENCE[verdict.action]} ${what}: ${list(names)}`,
      help: isCareless
        ? 'name what may be called, and make the default `require_approval`; or give categories a rule'
        : 'write an entry where one of them needs a rule of its own',
      tools: names,
    },
  ];
}

const CONSEQUENCE: Readonly<Record<Action, string>> = {
  allow: 'allowed',
  require_approval: 'asked about',
  deny: 'denied',
  hide: 'hidden',
};

function harmfulFinding(outlooks: readonly ToolOutlook[]): Finding[] {
  const [first] = outlooks;
  if (first === undefined || first.verdict.rule === undefined) return [];
  const names = outlooks.map(({ tool }) => tool.name);
  return [
    {
      rule: 'harmful-tool-allowed',
      severity: 'info',
      origin: first.verdict.rule,
      message: `${count(names.length, 'tool')} that can do harm ${names.length === 1 ? 'is' : 'are'} allowed without a condition or a limit: ${list(outlooks.map(({ tool, category }) => `${tool.name} (${category})`))}`,
      help: 'add a `rate_limit`, a `when`, or `require_approval`, if that is not meant',
      tools: names,
    },
  ];
}
