import { byCloseness, matches, pattern } from '../../text/glob.js';
import { CATEGORY_NAMES } from '../../tools/category.js';
import type { CompileExpression } from '../conditions/expression.js';
import type { ExtendsChain, SourcedFlaw } from '../document/chain.js';
import { ownValueAt } from '../document/lookup.js';
import { auditFlaws, testFlaws } from '../document/test-flaws.js';
import { approvalFlaws } from './approval-flaws.js';
import { combineSettings } from './combine-settings.js';
import { compileSection } from './compile-section.js';
import type { Layer, Policy, Section } from './policy.js';

/** What `compile` makes of policy files. */
export interface Compiled {
  /** Must not judge anything while there are flaws: parts of it may be missing. */
  policy: Policy;
  /** Empty when the policy can be used. */
  flaws: SourcedFlaw[];
}

/**
 * Turns policy files into what `decide` works with, for one server. What a file says overrides what it
 * extends, key by key; the chains then judge side by side. Flaws that the schema cannot see (expressions,
 * missing defaults) are all collected.
 * @param chains policies that judge side by side, each followed by what it extends (see `followExtends`); none at all
 *   makes a policy that denies everything
 * @param server the id of the server: it picks the section of `servers` that applies
 * @param compileExpression compiles conditions (see `policy-wrap/conditions`); a stand-in that returns a flaw is enough
 *   for policies without any
 */
export function compile(
  chains: readonly ExtendsChain[],
  server: string,
  compileExpression: CompileExpression,
): Compiled {
  const flaws: SourcedFlaw[] = [];
  const layers = chains.map((chain) => compileLayer(chain, server, compileExpression, flaws));
  for (const { source, document } of chains.flat()) {
    flaws.push(...[...testFlaws(document), ...auditFlaws(document)].map((flaw) => ({ ...flaw, source })));
  }
  for (const chain of chains) {
    flaws.push(
      ...approvalFlaws(
        chain,
        chains.filter((other) => other !== chain),
      ),
    );
  }
  const settings = combineSettings(chains.map((chain) => chain.map(({ document }) => document)));
  return {
    policy: { server, layers, ...settings },
    flaws,
  };
}

function compileLayer(
  chain: ExtendsChain,
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
  const base = chain.at(-1);
  if (base?.document.extends !== undefined) {
    flaws.push({
      source: base.source,
      path: ['extends'],
      message: `'${base.document.extends}' is extended and not given`,
      help: 'use `followExtends` to add it',
    });
  }
  if (!sections.some(({ default: rules }) => rules) && !nameEveryCategory(sections)) {
    flaws.push({
      source: own.source,
      path: [],
      message: 'nothing says what happens to a tool that no entry names',
      help: 'add `default: require_approval`, or start from a preset with `extends: standard`',
    });
  }
  const mode = chain.find(({ document }) => document.mode)?.document.mode ?? 'enforce';
  return {
    source: own.source,
    mode,
    hides: sections.some(hides),
    judgesMethods: sections.some(({ methods }) => methods.exact.size + methods.globs.length > 0),
    trustsAnnotations:
      sections.find((section) => section.trustsAnnotations !== undefined)?.trustsAnnotations ?? false,
    sections,
  };
}

function hides({ tools, categories, default: rules = [] }: Section): boolean {
  const entries = [...tools.exact.values(), ...tools.globs].flatMap((entry) => entry.rules);
  return [...entries, ...[...categories.values()].flat(), ...rules].some(({ action }) => action === 'hide');
}

function nameEveryCategory(sections: readonly Section[]): boolean {
  return CATEGORY_NAMES.every((name) => sections.some(({ categories }) => categories.has(name)));
}

/** The `servers` section that names the server most closely. Two that are equally close have no order, so that is a flaw. */
function closestServer(chain: ExtendsChain, server: string, flaws: SourcedFlaw[]): string | undefined {
  const [first, second] = serverNames(chain)
    .map(pattern)
    .filter((name) => matches(name, server))
    .sort(byCloseness);
  if (first !== undefined && second !== undefined && byCloseness(first, second) === 0) {
    const owner = chain.find(({ document }) => ownValueAt(document, ['servers', first.text])) ?? chain[0];
    flaws.push({
      source: owner.source,
      path: ['servers', first.text],
      message: `'${first.text}' and '${second.text}' name the server '${server}' equally closely`,
      help: `write '${server}' itself for one of them`,
    });
  }
  return first?.text;
}

function serverNames(chain: ExtendsChain): string[] {
  return [...new Set(chain.flatMap(({ document }) => Object.keys(document.servers ?? {})))];
}
