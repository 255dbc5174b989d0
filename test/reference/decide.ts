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

/** What one policy says of a call. */
export interface PlainVerdict {
  action: Action;
  limits: PlainLimit[];
  observe: boolean;
}

/** A limit is what is written at one place: the calls that it is for share one counter, or one for each call that is the same. */
export interface PlainLimit {
  written: { max: number };
  kind: 'rate' | 'repeat';
}

const STRICTEST_FIRST: readonly Action[] = ['hide', 'deny', 'require_approval', 'allow'];

/** DESIGN section 3, "Which rule?", sentence by sentence and as slowly as it reads. */
export function plainDecide(chain: readonly PolicyDocument[], call: PlainCall): PlainVerdict {
  const document = chain.reduceRight<object>((base, over) => override(base, over), {}) as PolicyDocument;
  const sections = [...closestSections(document, call.server), document];
  const { steps, decided } = allThatApply(places(sections, call), call);
  const general = call.kind === 'tool' ? sections.map((section) => [section]) : [];
  return {
    action: decided || call.kind !== 'tool' ? strictest(steps.flat()) : 'deny',
    limits: [...[...steps, ...general].flat().flatMap(ratesOf), ...repeatsOf([...steps, ...general], call)],
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
): { steps: RuleDocument[][]; decided: boolean } {
  const steps: RuleDocument[][] = [];
  for (const place of found) {
    const applying = place.filter((rule) => applies(rule, call));
    steps.push(applying);
    if (applying.some(({ action }) => action !== undefined)) return { steps, decided: true };
  }
  return { steps, decided: false };
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

function ratesOf({ rate_limit: rates }: Pick<RuleDocument, 'rate_limit'>): PlainLimit[] {
  return [rates ?? []].flat().map((written) => ({ written, kind: 'rate' }));
}

/** "Of several that apply, the closest counts", and what only counts because its condition failed is not one of them. */
function repeatsOf(
  steps: readonly (readonly Pick<RuleDocument, 'repeat' | 'when'>[])[],
  { when: answerTo }: PlainCall,
): PlainLimit[] {
  const closest = steps.findIndex((step) =>
    step.some(({ repeat, when }) => repeat !== undefined && (when === undefined || answerTo(when) === true)),
  );
  return steps
    .slice(0, closest < 0 ? undefined : closest + 1)
    .flat()
    .flatMap(({ repeat: written }) => (written ? [{ written, kind: 'repeat' }] : []));
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
