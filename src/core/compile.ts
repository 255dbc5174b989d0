import type { Category } from './classify.js';
import { compileRules, type RuleContext } from './compile-rules.js';
import type { EntryDocument, PolicyDocument, SectionDocument } from './document.js';
import { auditFlaws, testFlaws } from './document-flaws.js';
import type { CompileExpression } from './expression.js';
import { fold } from './fold.js';
import { byCloseness, matches, type Pattern, pattern } from './match.js';
import type { Entry, EntryTable, Flaw, Layer, Policy, Section, SourcedDocument } from './policy.js';
import { CATEGORY_NAMES } from './schema-names.js';
import { combineSettings } from './settings.js';

/** A policy file followed by what it extends: the file itself first. */
export type Chain = readonly [SourcedDocument, ...SourcedDocument[]];

/** A flaw together with the document that has it. */
export interface SourcedFlaw extends Flaw {
  source: string;
}

export interface Compiled {
  policy: Policy;
  /** Empty when the policy can be used. */
  flaws: SourcedFlaw[];
}

/**
 * Turns policy files into what `decide` works with, for one server. What a file says overrides what it
 * extends, key by key; the chains then judge side by side. Flaws that the schema cannot see (expressions,
 * missing defaults) are all collected.
 */
export function compile(
  chains: readonly Chain[],
  server: string,
  compileExpression: CompileExpression,
): Compiled {
  const flaws: SourcedFlaw[] = [];
  const layers = chains.map((chain) => compileLayer(chain, server, compileExpression, flaws));
  for (const { source, document } of chains.flat()) {
    flaws.push(...[...testFlaws(document), ...auditFlaws(document)].map((flaw) => ({ ...flaw, source })));
  }
  const settings = combineSettings(chains.map((chain) => chain.map(({ document }) => document)));
  return {
    policy: { server, layers, ...settings },
    flaws,
  };
}

function compileLayer(
  chain: Chain,
  server: string,
  compileExpression: CompileExpression,
  flaws: SourcedFlaw[],
): Layer {
  const serverName = closestServer(chain, server, flaws);
  const paths: string[][] = serverName === undefined ? [[]] : [['servers', serverName], []];
  const sections = paths.map((path) => compileSection(chain, path, compileExpression, flaws));
  // Sections of other servers judge nothing here, but what is wrong with them is wrong with the file.
  for (const name of serverNames(chain))
    if (name !== serverName) compileSection(chain, ['servers', name], compileExpression, flaws);
  const [own] = chain;
  if (!sections.some(({ default: rules }) => rules) && !nameEveryCategory(sections)) {
    flaws.push({
      source: own.source,
      path: [],
      message: 'nothing says what happens to a tool that no entry names',
      help: 'add `default: require_approval`, or start from a preset with `extends: standard`',
    });
  }
  const mode = chain.find(({ document }) => document.mode)?.document.mode ?? 'enforce';
  return { source: own.source, mode, hides: sections.some(hides), sections };
}

function hides({ tools, categories, default: rules = [] }: Section): boolean {
  const entries = [...tools.exact.values(), ...tools.globs].flatMap((entry) => entry.rules);
  return [...entries, ...[...categories.values()].flat(), ...rules].some(({ action }) => action === 'hide');
}

function nameEveryCategory(sections: readonly Section[]): boolean {
  return CATEGORY_NAMES.every((name) => sections.some(({ categories }) => categories.has(name)));
}

/** The `servers` section that names the server most closely. Two that are equally close have no order, so that is a flaw. */
function closestServer(chain: Chain, server: string, flaws: SourcedFlaw[]): string | undefined {
  const [first, second] = serverNames(chain)
    .map(pattern)
    .filter((name) => matches(name, server))
    .sort(byCloseness);
  if (first !== undefined && second !== undefined && byCloseness(first, second) === 0) {
    const owner = chain.find(({ document }) => valueAt(document, ['servers', first.text])) ?? chain[0];
    flaws.push({
      source: owner.source,
      path: ['servers', first.text],
      message: `'${first.text}' and '${second.text}' name the server '${server}' equally closely`,
      help: `write '${server}' itself for one of them`,
    });
  }
  return first?.text;
}

function serverNames(chain: Chain): string[] {
  return [...new Set(chain.flatMap(({ document }) => Object.keys(document.servers ?? {})))];
}

function compileSection(
  chain: Chain,
  path: string[],
  compileExpression: CompileExpression,
  flaws: SourcedFlaw[],
): Section {
  const context = (owner: SourcedDocument, tail: string[], subject: string): RuleContext => ({
    owner,
    path: [...path, ...tail],
    subject,
    compileExpression,
    flaws,
  });
  const rules = (tail: string[], subject: string): Entry['rules'] | undefined => {
    const found = closestOwner(chain, [...path, ...tail]);
    return found && compileRules(found.value as EntryDocument, context(found.owner, tail, subject));
  };
  const table = (key: 'tools' | 'resources' | 'prompts'): EntryTable => {
    const names = new Set(
      chain.flatMap(({ document }) => Object.keys(valueAt(document, [...path, key]) ?? {})),
    );
    const entries = [...names].map((name) => {
      const owner = closestOwner(chain, [...path, key, name])?.owner ?? chain[0];
      const written = rules([key, name], name) ?? [];
      if (key !== 'tools' && written.some(({ action }) => action === 'hide')) {
        flaws.push({
          source: owner.source,
          path: [...path, key, name],
          message: `\`hide\` is for tools; ${key} are not cut out of lists`,
          help: 'use `deny`',
        });
      }
      return { pattern: pattern(name), rules: written, origin: originOf(owner, [...path, key, name]) };
    });
    return entryTable(entries);
  };
  const everyCall = sectionLimits(chain, path, context);
  return {
    tools: table('tools'),
    resources: table('resources'),
    prompts: table('prompts'),
    categories: new Map(
      CATEGORY_NAMES.flatMap((name): [Category, Entry['rules']][] => {
        const found = rules(['categories', name], `${name} tools`);
        return found ? [[name, found]] : [];
      }),
    ),
    default: rules(['default'], 'tools without a rule of their own'),
    limits: everyCall.limits,
    timeout: everyCall.timeout,
  };
}

/** The limits that stand beside `tools` and `default`: those of every call, each overridden key by key. */
function sectionLimits(
  chain: Chain,
  path: string[],
  context: (owner: SourcedDocument, tail: string[], subject: string) => RuleContext,
) {
  const keys = ['rate_limit', 'budget', 'concurrency', 'repeat', 'timeout'] as const;
  const found = keys.flatMap((key) => {
    const at = closestOwner(chain, [...path, key]);
    return at
      ? compileRules({ [key]: at.value } as EntryDocument, context(at.owner, [], 'this session'))
      : [];
  });
  return {
    limits: found.flatMap((rule) => rule.limits),
    timeout: found.find((rule) => rule.timeout)?.timeout,
  };
}

/** Of the documents of a chain, the most derived one that says something at the path. */
function closestOwner(
  chain: Chain,
  path: readonly string[],
): { owner: SourcedDocument; value: unknown } | undefined {
  for (const owner of chain) {
    const value = valueAt(owner.document, path);
    if (value !== undefined) return { owner, value };
  }
  return undefined;
}

function valueAt(
  document: PolicyDocument | SectionDocument,
  path: readonly string[],
): Record<string, unknown> | undefined {
  let value: unknown = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value as Record<string, unknown> | undefined;
}

function originOf(owner: SourcedDocument, path: readonly string[]): Entry['origin'] {
  return { pointer: `/${path.join('/')}`, source: owner.source, line: owner.lineOf(path) };
}

function entryTable(entries: readonly Entry[]): EntryTable {
  const restricting = entries.filter(({ rules }) => rules.some(({ action }) => action !== 'allow'));
  return {
    exact: new Map(
      entries.filter((entry) => entry.pattern.exact).map((entry) => [entry.pattern.text, entry]),
    ),
    globs: entries
      .filter((entry) => !entry.pattern.exact)
      .sort((left, right) => byCloseness(left.pattern, right.pattern)),
    restricting: restricting.map((entry) => ({ folded: foldedPattern(entry.pattern), entry })),
  };
}

function foldedPattern(original: Pattern): Pattern {
  return pattern(fold(original.text));
}
