import type {
  Action,
  EntryDocument,
  PolicyDocument,
  RuleDocument,
  SectionDocument,
} from '../../src/core/policy/document/document.js';

/** A call as the reference needs to know it. `when` says what a condition is for it; `failed` at run time. */
export interface PlainCall {
  kind: 'tool' | 'resource' | 'prompt';
  name: string;
  /** `unknown`: nothing is known of what the tool does. */
  category: 'read' | 'write' | 'execute' | 'destructive' | 'financial' | 'unknown';
  server: string;
  when(condition: string): boolean | 'failed';
}

/** What one policy says of a call. A limit is known by its `max`, which the tests make unique. */
export interface PlainVerdict {
  action: Action;
  limits: number[];
  observe: boolean;
}

const STRICTEST_FIRST: readonly Action[] = ['hide', 'deny', 'require_approval', 'allow'];

/** DESIGN section 3, "Which rule?", sentence by sentence and as slowly as it reads. */
export function plainDecide(chain: readonly PolicyDocument[], call: PlainCall): PlainVerdict {
  const document = chain.reduceRight<object>((base, over) => override(base, over), {}) as PolicyDocument;
  const sections = [...closestSections(document, call.server), document];
  const { rules, decided } = allThatApply(places(sections, call), call);
  return {
    action: decided || call.kind !== 'tool' ? strictest(rules) : 'deny',
    limits: [...(call.kind === 'tool' ? sections : []), ...rules].flatMap(limitsOf).sort((a, b) => a - b),
    observe: document.mode === 'observe',
  };
}

/**
 * "What is written here overrides it": maps name by name, entries as a whole unless they give no action, everything else as a
 * whole.
 */
function override(base: object, over: object): object {
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const old = result.get(key);
    if (key === 'default') result.set(key, overrideEntry(old as Written, value));
    else result.set(key, isNamed(key) && isMap(old) ? overrideMap(key, old, value) : value);
  }
  return Object.fromEntries(result);
}

type Written = EntryDocument | undefined;

/** "A rule without action leaves the decision to what would hold without it", so an entry of nothing else is added. */
function overrideEntry(base: Written, over: EntryDocument): EntryDocument {
  const rules = rulesIn(over);
  if (base === undefined || rules.some(({ action }) => action !== undefined)) return over;
  return [...rules, ...rulesIn(base)];
}

function overrideMap(key: string, base: object, over: object): object {
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [name, value] of Object.entries(over)) {
    const old = result.get(name);
    if (key !== 'servers') result.set(name, overrideEntry(old as Written, value));
    else result.set(name, isMap(old) ? override(old, value) : value);
  }
  return Object.fromEntries(result);
}

const isMap = (value: unknown): value is object => typeof value === 'object' && !Array.isArray(value);
const isNamed = (key: string) => ['tools', 'resources', 'prompts', 'categories', 'servers'].includes(key);

/** The `servers` sections that match, of those only the closest; several when they are equally close. */
function closestSections(document: PolicyDocument, server: string): SectionDocument[] {
  const matching = Object.entries(document.servers ?? {}).filter(([id]) => globMatches([...id], [...server]));
  const best = Math.max(...matching.map(([id]) => closeness(id)));
  return matching.filter(([id]) => closeness(id) === best).map(([, section]) => section);
}

/** Where rules are looked for, in this order. Entries that are equally close have no order, so they are one place. */
function places(sections: readonly SectionDocument[], call: PlainCall): RuleDocument[][] {
  const named = sections.flatMap((section) => closestFirst(section[`${call.kind}s`] ?? {}, call.name));
  if (call.kind !== 'tool') return named;
  const { category } = call;
  const ofCategory = category === 'unknown' ? [] : sections.map(({ categories }) => categories?.[category]);
  const rest = [...ofCategory, ...sections.map((section) => section.default)];
  return [...named, ...rest.map((entry) => (entry === undefined ? [] : rulesIn(entry)))];
}

function closestFirst(entries: Readonly<Record<string, EntryDocument>>, name: string): RuleDocument[][] {
  const naming = Object.entries(entries).filter(([pattern]) => globMatches([...pattern], [...name]));
  const distances = [...new Set(naming.map(([pattern]) => closeness(pattern)))].sort((a, b) => b - a);
  return distances.map((distance) =>
    naming.filter(([pattern]) => closeness(pattern) === distance).flatMap(([, entry]) => rulesIn(entry)),
  );
}

/** The rules that apply, place by place, up to the first place where one has an action. */
function allThatApply(
  found: readonly RuleDocument[][],
  call: PlainCall,
): { rules: RuleDocument[]; decided: boolean } {
  const rules: RuleDocument[] = [];
  for (const place of found) {
    const applying = place.filter((rule) => applies(rule, call));
    rules.push(...applying);
    if (applying.some(({ action }) => action !== undefined)) return { rules, decided: true };
  }
  return { rules, decided: false };
}

/** A condition that fails never grants. */
function applies({ when, action }: RuleDocument, call: PlainCall): boolean {
  if (when === undefined) return true;
  const answer = call.when(when);
  return answer === 'failed' ? action !== 'allow' : answer;
}

function rulesIn(entry: EntryDocument): RuleDocument[] {
  return (Array.isArray(entry) ? entry : [entry]).map(asRule);
}

function asRule(rule: Action | RuleDocument): RuleDocument {
  return typeof rule === 'string' ? { action: rule } : rule;
}

function strictest(rules: readonly RuleDocument[]): Action {
  return STRICTEST_FIRST.find((action) => rules.some((rule) => rule.action === action)) ?? 'allow';
}

function limitsOf({ rate_limit: rates }: Pick<RuleDocument, 'rate_limit'>): number[] {
  return [rates ?? []].flat().map(({ max }) => max);
}

/** Exact names before all globs, globs by the number of their literal characters. */
function closeness(pattern: string): number {
  return /[*?]/.test(pattern) ? pattern.replace(/[*?]/g, '').length : Number.POSITIVE_INFINITY;
}

/** `*` is any text, `?` any one character, given as characters. */
function globMatches([first, ...pattern]: readonly string[], text: readonly string[]): boolean {
  if (first === undefined) return text.length === 0;
  const [character, ...rest] = text;
  if (first === '*')
    return globMatches(pattern, text) || (character !== undefined && globMatches([first, ...pattern], rest));
  return character !== undefined && (first === '?' || first === character) && globMatches(pattern, rest);
}
