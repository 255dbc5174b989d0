import type { ToolDefinition } from './tool-definition.js';
import {
  FREE,
  INTERPRETERS,
  MONEY,
  MONEY_PAIRS,
  OFTEN_NOUNS,
  ORDERING,
  QUERIED,
  READ_NOUNS,
  SENDING,
  UNMISTAKABLE,
  VERBS,
} from './verbs.js';
import { words } from './words.js';

/** From the mildest to the worst; of several the worst counts. */
export type Category = 'read' | 'write' | 'execute' | 'destructive' | 'financial';
export type Risk = 'low' | 'medium' | 'high' | 'critical';

/** What a tool does. */
export interface Classification {
  category: Category;
  risk: Risk;
  /** Why, in short phrases, the one that decides first. */
  evidence: string[];
  /** Where what the server says of the tool disagrees with the evidence, one sentence each. */
  contradictions: string[];
}

export const RISKS: Readonly<Record<Category, Risk>> = {
  read: 'low',
  write: 'medium',
  execute: 'high',
  destructive: 'critical',
  financial: 'critical',
};
const SEVERITY: readonly Category[] = ['read', 'write', 'execute', 'destructive', 'financial'];

/** Says what a tool does by its name: the worst that the name says. A name that says nothing is write, never read. */
export function classify(tool: ToolDefinition, _options: ClassifyOptions = {}): Classification {
  const parts = words(tool.name);
  const found = [actingVerb(parts), ...worseVerbs(parts), money(parts), interpreter(parts)].filter(
    (each) => each !== undefined,
  );
  let worst = found[0] ?? withoutVerb(parts);
  for (const each of found)
    if (SEVERITY.indexOf(each.category) > SEVERITY.indexOf(worst.category)) worst = each;
  return {
    category: worst.category,
    risk: RISKS[worst.category],
    evidence: [worst.because],
    contradictions: [],
  };
}

export interface ClassifyOptions {
  /** Whether hints of the server may make a tool milder than it looks. */
  trustAnnotations?: boolean | undefined;
}

export function isWorse(category: Category, than: Category): boolean {
  return SEVERITY.indexOf(category) > SEVERITY.indexOf(than);
}

interface Finding {
  category: Category;
  because: string;
}

/** The first word that is a verb for certain; a noun that may be one only if it stands before any read verb, or there is no other. */
function actingVerb(parts: readonly string[]): Finding | undefined {
  const word = actingWord(parts);
  const category = word === undefined ? undefined : VERBS.get(word);
  if (word === undefined || category === undefined) return undefined;
  const freeForm = word === 'query' && (parts.at(-1) === word || parts.some((part) => QUERIED.has(part)));
  return said(freeForm ? 'execute' : category, word);
}

function actingWord(parts: readonly string[]): string | undefined {
  const verbs = parts.filter((part) => VERBS.has(part));
  const certain = verbs.find((verb) => !OFTEN_NOUNS.has(verb));
  const nounFirst = certain === undefined || VERBS.get(certain) !== 'read' || certain === parts.at(-1);
  return nounFirst ? (certain ?? verbs[0]) : verbs[0];
}

/** `get_or_create`, `search_and_replace`, `fetch_delete_message`: the second verb is done as well. */
function worseVerbs(parts: readonly string[]): Finding[] {
  return parts.flatMap((part, index) => {
    const category = VERBS.get(part);
    const joined = /^(?:and|or|then)$/.test(parts[index - 1] ?? '');
    return category && (joined || UNMISTAKABLE.has(part)) ? said(category, part) : [];
  });
}

/** Whatever is done to a payment, other than reading about it, is about money. */
function money(parts: readonly string[]): Finding | undefined {
  const last = parts.at(-1) ?? '';
  const pair = parts.slice(-2).join(' ');
  const verb = actingWord(parts);
  if (verb !== undefined && VERBS.get(verb) === 'read') return undefined;
  if (parts.some((part) => FREE.has(part))) return undefined;
  if (last === 'order' && parts.some((part) => ORDERING.has(part))) return said('financial', pair);
  const singular = verb === undefined ? last : last.replace(/s$/, '');
  if (MONEY.has(last) || MONEY.has(singular)) return said('financial', last);
  return MONEY_PAIRS.has(pair) || MONEY_PAIRS.has(pair.replace(/s$/, ''))
    ? said('financial', pair)
    : undefined;
}

function interpreter(parts: readonly string[]): Finding | undefined {
  const target = parts.find((part) => INTERPRETERS.has(part));
  return target !== undefined && parts.some((part) => SENDING.has(part))
    ? said('execute', target)
    : undefined;
}

function withoutVerb(parts: readonly string[]): Finding {
  const last = parts.at(-1) ?? '';
  for (const part of parts) {
    const start = [...UNMISTAKABLE].find((verb) => part.startsWith(verb));
    const category = VERBS.get(start ?? '');
    if (start !== undefined && category !== undefined) return said(category, start);
  }
  if (parts.length > 1 && READ_NOUNS.has(last)) return said('read', last);
  return { category: 'write', because: 'nothing in the name says what it does' };
}

function said(category: Category, word: string): Finding {
  return { category, because: `the name says "${word}"` };
}
