import { byCloseness, matches, pattern } from '../../text/glob.js';
import { CATEGORY_NAMES } from '../../tools/category.js';
import type { CompileExpression } from '../conditions/expression.js';
import type { ExtendsChain } from '../document/chain.js';
import type { Diagnostic } from '../document/diagnostic.js';
import { diagnosticOf, ownValueAt } from '../document/lookup.js';
import { approvalFlaws } from './approval-flaws.js';
import { combineSettings } from './combine-settings.js';
import { type CompiledSection, compileSection } from './compile-section.js';
import type { Layer, Policy, Section } from './policy.js';
import { auditFlaws, testFlaws } from './test-flaws.js';

/** What `compile` makes of policy files. */
export interface Compiled {
  /** Must not judge anything while there are diagnostics: parts of it may be missing. */
  policy: Policy;
  /** What makes the policy unusable; empty when it can be used. */
  diagnostics: Diagnostic[];
}

/**
 * Turns policy files into what `decide` works with, for one server. What a file says overrides what it
 * extends, key by key; the chains then judge side by side. What the schema cannot see (expressions,
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
  const diagnostics: Diagnostic[] = [];
  const names = layerNames(chains);
  const layers = chains.map((chain, index) =>
    compileLayer(chain, server, compileExpression, diagnostics, names[index] ?? ''),
  );
  for (const owner of chains.flat()) {
    const flaws = [...testFlaws(owner.document), ...auditFlaws(owner.document)];
    diagnostics.push(...flaws.map((flaw) => diagnosticOf(flaw, owner)));
  }
  for (const chain of chains) {
    diagnostics.push(
      ...approvalFlaws(
        chain,
        chains.filter((other) => other !== chain),
      ),
    );
  }
  const settings = combineSettings(chains.map((chain) => chain.map(({ document }) => document)));
  return {
    policy: { server, layers, ...settings },
    diagnostics,
  };
}

function compileLayer(
  chain: ExtendsChain,
  server: string,
  compileExpression: CompileExpression,
  diagnostics: Diagnostic[],
  layer: string,
): Layer {
  const serverName = closestServer(chain, server, diagnostics);
  const paths: string[][] = serverName === undefined ? [[]] : [['servers', serverName], []];
  const compiled = paths.map((path) => compileSection(chain, path, compileExpression, diagnostics, layer));
  const sections = compiled.map(({ section }) => section);
  // Sections of other servers judge nothing here, but an error in them is an error of the file.
  for (const name of serverNames(chain))
    if (name !== serverName) compileSection(chain, ['servers', name], compileExpression, diagnostics, layer);
  const [own] = chain;
  const base = chain.at(-1);
  if (base?.document.extends !== undefined) {
    const message = `'${base.document.extends}' is extended and not given`;
    diagnostics.push(
      diagnosticOf({ path: ['extends'], message, help: 'use `followExtends` to add it' }, base),
    );
  }
  if (!sections.some(({ default: rules }) => rules) && !nameEveryCategory(sections)) {
    const message = 'nothing says what happens to a tool that no entry names';
    const help = 'add `default: require_approval`, or start from a preset with `extends: standard`';
    diagnostics.push(diagnosticOf({ path: [], message, help }, own));
  }
  const mode = chain.find(({ document }) => document.mode)?.document.mode ?? 'enforce';
  return {
    source: own.source,
    mode,
    hides: compiled.some(hides),
    judgesMethods: sections.some(({ methods }) => methods.exact.size + methods.globs.length > 0),
    trustsAnnotations:
      sections.find((section) => section.trustsAnnotations !== undefined)?.trustsAnnotations ?? false,
    sections,
  };
}

/** By their files, so that a policy that comes or goes beside another changes no name. */
function layerNames(chains: readonly ExtendsChain[]): string[] {
  const sources = chains.map(([{ source }]) => source);
  return sources.map((source, index) => {
    const before = sources.slice(0, index).filter((other) => other === source).length;
    return before === 0 ? source : `${source} (${before + 1})`;
  });
}

function hides({ section: { categories, default: rules = [] }, hidesTool }: CompiledSection): boolean {
  return hidesTool || [...[...categories.values()].flat(), ...rules].some(({ action }) => action === 'hide');
}

function nameEveryCategory(sections: readonly Section[]): boolean {
  return CATEGORY_NAMES.every((name) => sections.some(({ categories }) => categories.has(name)));
}

/** The `servers` section that names the server most closely. Two that are equally close have no order, so that is an error. */
function closestServer(chain: ExtendsChain, server: string, diagnostics: Diagnostic[]): string | undefined {
  const [first, second] = serverNames(chain)
    .map(pattern)
    .filter((name) => matches(name, server))
    .sort(byCloseness);
  if (first !== undefined && second !== undefined && byCloseness(first, second) === 0) {
    const owner = chain.find(({ document }) => ownValueAt(document, ['servers', first.text])) ?? chain[0];
    const path = ['servers', first.text];
    const message = `'${first.text}' and '${second.text}' name the server '${server}' equally closely`;
    const help = `write '${server}' itself for one of them`;
    diagnostics.push(diagnosticOf({ path, message, help }, owner));
  }
  return first?.text;
}

function serverNames(chain: ExtendsChain): string[] {
  return [...new Set(chain.flatMap(({ document }) => Object.keys(document.servers ?? {})))];
}
