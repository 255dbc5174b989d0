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
  category: 'read' | 'write' | 'execute' | 'destructive' | 'financial';
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
  const applied = firstThatNames(sections, call) ?? [{ action: 'deny' }];
  return {
    action: strictest(applied),
    limits: [...(call.kind === 'tool' ? sections : []), ...applied].flatMap(limitsOf).sort((a, b) => a - b),
    observe: document.mode === 'observe',
  };
}

/** "What is written here overrides it": maps name by name, everything else as a whole. */
function override(base: object, over: object): object {
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const old = result.get(key);
    result.set(key, isNamed(key) && isMap(old) ? overrideMap(key, old, value) : value);
  }
  return Object.fromEntries(result);
}

function overrideMap(key: string, base: object, over: object): object {
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [name, value] of Object.entries(over)) {
    const old = result.get(name);
    result.set(name, key === 'servers' && isMap(old) ? override(old, value) : value);
  }
  return Object.fromEntries(result);
}

const isMap = (value: unknown): value is object => typeof value === 'object' && !Array.isArray(value);
const isNamed = (key: string) => ['tools', 'resources', 'prompts', 'categories', 'servers'].includes(key);

/** The `servers` sections that match, of those only the closest; several when they are equally close. */
function closestSections(document: PolicyDocument, server: string): SectionDocument[] {
  const matching = Object.entries(document.servers ?? {}).filter(([id]) => globMatches(id, server));
  const best = Math.max(...matching.map(([id]) => closeness(id)));
  return matching.filter(([id]) => closeness(id) === best).map(([, section]) => section);
}

/** "The entry of tools that names the tool most closely; else the category; else default", each by section. */
function firstThatNames(sections: readonly SectionDocument[], call: PlainCall): RuleDocument[] | undefined {
  for (const section of sections) {
    const found = closestEntry(section[`${call.kind}s`] ?? {}, call);
    if (found) return found;
  }
  if (call.kind !== 'tool') return fromDefault(sections, call);
  for (const section of sections) {
    const found = applying(section.categories?.[call.category], call);
    if (found.length > 0) return found;
  }
  return fromDefault(sections, call);
}

/** `default` speaks of tools. Resources and prompts that nothing names pass. */
function fromDefault(sections: readonly SectionDocument[], call: PlainCall): RuleDocument[] | undefined {
  if (call.kind !== 'tool') return [{ action: 'allow' }];
  return sections.map((section) => applying(section.default, call)).find((rules) => rules.length > 0);
}

/** Among the entries that match and of which a rule applies: the closest. Equally close ones have no order, so they are one. */
function closestEntry(
  entries: Readonly<Record<string, EntryDocument>>,
  call: PlainCall,
): RuleDocument[] | undefined {
  const naming = Object.entries(entries)
    .filter(([pattern]) => globMatches(pattern, call.name))
    .map(([pattern, entry]) => ({ close: closeness(pattern), rules: applying(entry, call) }))
    .filter(({ rules }) => rules.length > 0);
  const best = Math.max(...naming.map(({ close }) => close));
  const tied = naming.filter(({ close }) => close === best).flatMap(({ rules }) => rules);
  return tied.length > 0 ? tied : undefined;
}

/** "Every rule whose `when` is true applies"; a condition that fails never grants. */
function applying(entry: EntryDocument | undefined, call: PlainCall): RuleDocument[] {
  if (entry === undefined) return [];
  const rules = (Array.isArray(entry) ? entry : [entry]).map(asRule);
  return rules.filter(({ when, action }) => {
    if (when === undefined) return true;
    const answer = call.when(when);
    return answer === 'failed' ? (action ?? 'allow') !== 'allow' : answer;
  });
}

function asRule(rule: Action | RuleDocument): RuleDocument {
  return typeof rule === 'string' ? { action: rule } : rule;
}

function strictest(rules: readonly RuleDocument[]): Action {
  return (
    STRICTEST_FIRST.find((action) => rules.some((rule) => (rule.action ?? 'allow') === action)) ?? 'allow'
  );
}

function limitsOf({ rate_limit: rates }: Pick<RuleDocument, 'rate_limit'>): number[] {
  return [rates ?? []].flat().map(({ max }) => max);
}

/** Exact names before all globs, globs by the number of their literal characters. */
function closeness(pattern: string): number {
  return /[*?]/.test(pattern) ? pattern.replace(/[*?]/g, '').length : Number.POSITIVE_INFINITY;
}

/** `*` is any text, `?` any one character. */
function globMatches(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return globMatches(pattern.slice(1), text) || (text !== '' && globMatches(pattern, text.slice(1)));
  }
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    globMatches(pattern.slice(1), text.slice(1))
  );
}
