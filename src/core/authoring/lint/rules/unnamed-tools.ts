import { classOf } from '../../../policy/compile/written-category.js';
import { resolve } from '../../../policy/decide/resolve.js';
import { isStricter } from '../../../policy/decide/verdicts.js';
import type { Action } from '../../../policy/document/document.js';
import { nameList } from '../../../text/name-list.js';
import type { Origin } from '../../../text/origin.js';
import { counted } from '../../../text/plural.js';
import type { Category } from '../../../tools/category.js';
import type { Finding } from '../finding.js';
import { reachedSteps } from '../reachable-rules.js';
import { isBuiltIn, type KnownTool, type LintSubject } from '../subject.js';

const DANGEROUS: ReadonlySet<Category> = new Set(['execute', 'destructive', 'financial']);

/**
 * Tools that no entry names, by what decides about them instead; and tools that can do harm and pass without a
 * condition or a limit. Only that a default lets through what is more than reading is a warning: the author has
 * never thought of the tool, nor of its kind.
 */
export function unnamedTools(subject: LintSubject): Finding[] {
  const previews = subject.tools.flatMap((tool) => previewOf(tool, subject));
  const unnamed = groups(previews.filter(({ isNamed }) => !isNamed));
  const harmful = groups(previews.filter(({ isOpen, category }) => isOpen && DANGEROUS.has(category)));
  return [...unnamed.flatMap(unnamedFinding), ...harmful.flatMap(harmfulFinding)];
}

interface ToolPreview {
  tool: KnownTool;
  category: Category;
  /** What decides where no condition applies: the strictest of all layers. */
  rule: { action: Action; origin: Origin };
  /** Whether neither an entry nor the category decides. */
  byDefault: boolean;
  /** Whether nothing is known of what it does. */
  isUnknown: boolean;
  /** Whether an entry of any layer is about it. */
  isNamed: boolean;
  /** Whether it passes whatever it is called with, and as often as one likes. */
  isOpen: boolean;
}

/** Read off the rules, and no call is judged: of ten thousand conditions each would be evaluated for each tool. */
function previewOf(tool: KnownTool, { policy: { layers } }: LintSubject): ToolPreview[] {
  const resolutions = layers.map((layer) => resolve(layer, 'tool', tool.name));
  const { category, known } =
    resolutions.flatMap(({ category: written }) => (written ? classOf(written) : []))[0] ??
    tool.classification(layers.every(({ trustsAnnotations }) => trustsAnnotations));
  const steps = layers.flatMap((layer) => reachedSteps(layer, tool));
  const certain = steps.flatMap(({ how, rules }) =>
    rules.flatMap(({ when, action, origin }) =>
      when === undefined && action !== undefined ? [{ how, action, origin }] : [],
    ),
  );
  const [first, ...others] = certain;
  if (first === undefined) return [];
  const strictest = others.reduce(
    (one, other) => (isStricter(other.action, one.action) ? other : one),
    first,
  );
  const rules = steps.flatMap((step) => step.rules);
  return [
    {
      tool,
      category,
      rule: strictest,
      byDefault: strictest.how === 'default',
      isUnknown: !known,
      isNamed: resolutions.some((found) => found.entries.length > 0 || found.category !== undefined),
      isOpen:
        rules.every(
          ({ when, action, limits }) => when === undefined && action === 'allow' && limits.length === 0,
        ) && layers.every(({ sections }) => sections.every(({ limits }) => limits.length === 0)),
    },
  ];
}

/** By the rule that decides, and among those of a default by whether they only read. */
function groups(previews: readonly ToolPreview[]): ToolPreview[][] {
  const found = new Map<string, ToolPreview[]>();
  for (const preview of previews) {
    const { source, pointer } = preview.rule.origin;
    const key = `${source} ${pointer} ${preview.byDefault && preview.category === 'read'} ${preview.isUnknown}`;
    const group = found.get(key);
    if (group) group.push(preview);
    else found.set(key, [preview]);
  }
  return [...found.values()];
}

function unnamedFinding(previews: readonly ToolPreview[]): Finding[] {
  const [first] = previews;
  if (first === undefined) return [];
  const {
    rule: { action, origin },
    category,
    byDefault,
    isUnknown,
  } = first;
  const names = previews.map(({ tool }) => tool.name);
  const isCareless = byDefault && action === 'allow' && category !== 'read';
  const what = !byDefault
    ? `as ${category}`
    : isUnknown
      ? 'by default, as nothing is known of them'
      : 'by default';
  return [
    {
      rule: 'unnamed-tool',
      severity: isCareless && !isBuiltIn(origin) ? 'warning' : 'info',
      place: origin,
      message: `no entry names ${counted(names.length, 'tool')}, ${CONSEQUENCE[action]} ${what}: ${nameList(names)}`,
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

function harmfulFinding(previews: readonly ToolPreview[]): Finding[] {
  const [first] = previews;
  if (first === undefined) return [];
  const names = previews.map(({ tool }) => tool.name);
  return [
    {
      rule: 'harmful-tool-allowed',
      severity: 'info',
      place: first.rule.origin,
      message: `${counted(names.length, 'tool')} that can do harm ${names.length === 1 ? 'is' : 'are'} allowed without a condition or a limit: ${nameList(previews.map(({ tool, category }) => `${tool.name} (${category})`))}`,
      help: 'add a `rate_limit`, a `when`, or `require_approval`, if that is not meant',
      tools: names,
    },
  ];
}
