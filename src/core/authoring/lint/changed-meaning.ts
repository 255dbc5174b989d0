import type { Entry, Layer, Policy, Rule, Section } from '../../policy/compile/policy.js';
import type { CallKind } from '../../policy/decide/call.js';
import {
  classifyName,
  isCertain,
  type ResolutionStep,
  resolve,
  restOf,
} from '../../policy/decide/resolve.js';
import { isStricter } from '../../policy/decide/verdicts.js';
import type { Diagnostic } from '../../policy/document/diagnostic.js';
import type { Action } from '../../policy/document/document.js';
import type { Origin } from '../../text/origin.js';

/** The last version for which a rule without an action allowed, and tools of which nothing is known were decided by `write`. */
const BEFORE = '0.1.0';
const KINDS: readonly CallKind[] = ['tool', 'resource', 'prompt', 'method'];

interface Decider {
  action: Action;
  origin: Origin;
}

/** Says where a policy means something else than it did for an earlier version of policy-wrap. */
export function changedMeaning({ layers }: Policy): Diagnostic[] {
  return layers.flatMap((layer) => [
    ...KINDS.flatMap((kind) =>
      layer.sections.flatMap((section) =>
        entriesOf(section, kind).flatMap((entry) => ofEntry(entry, kind, layer)),
      ),
    ),
    ...layer.sections.flatMap((section) => ofCategories(section, layer)),
    ...ofUnknownTools(layer),
  ]);
}

function entriesOf(section: Section, kind: CallKind): readonly Entry[] {
  const { exact, globs } = section[`${kind}s`];
  return [...exact.values(), ...globs];
}

/** An entry that only adds limits, where what decides now does not allow as the entry did. */
function ofEntry({ pattern, rules }: Entry, kind: CallKind, layer: Layer): Diagnostic[] {
  const name = pattern.text.replace(/[*?]/g, '');
  const resolution = resolve(layer, kind, pattern.exact ? pattern.text : name);
  const after = resolution.entries.slice(resolution.entries.findIndex((step) => isIn(rules, step)) + 1);
  const rest = restOf(layer, resolution, { kind, name, classification: () => classifyName(name) });
  return noLongerAllowed(rules, [...after, ...rest]);
}

function ofCategories({ categories, default: rules = [] }: Section, { sections }: Layer): Diagnostic[] {
  const defaults = sections.flatMap((section): ResolutionStep[] =>
    section.default && section.default !== rules ? [{ how: 'default', rules: section.default }] : [],
  );
  const own: ResolutionStep = { how: 'default', rules };
  return [
    ...[...categories.values()].flatMap((each) => noLongerAllowed(each, [own, ...defaults])),
    ...noLongerAllowed(rules, defaults),
  ];
}

function noLongerAllowed(rules: readonly Rule[], after: readonly ResolutionStep[]): Diagnostic[] {
  const adding = rules.find(({ action, when }) => action === undefined && when === undefined);
  if (adding === undefined || adding.origin.line === undefined || rules.some(isCertain)) return [];
  const decides = deciderIn(after);
  if (decides === undefined || decides.action === 'allow') return [];
  const message = `this rule adds its limits, and ${decides.origin.pointer} decides (${decides.action}); up to version ${BEFORE}, a rule without an action allowed`;
  return [{ severity: 'info', message, help: 'write the action that is meant', place: adding.origin }];
}

/** Tools of which nothing is known, where `default` is milder to them than the category of writes was. */
function ofUnknownTools({ sections }: Layer): Diagnostic[] {
  const now = deciderIn(sections.map((section) => ({ rules: section.default ?? [] })));
  const before = deciderIn(sections.map(({ categories }) => ({ rules: categories.get('write') ?? [] })));
  if (before === undefined || now === undefined || !isStricter(before.action, now.action)) return [];
  const place = [now.origin, before.origin].find(({ line }) => line !== undefined);
  if (place === undefined) return [];
  const message = `of tools of which nothing is known, ${now.origin.pointer} decides (${now.action}); up to version ${BEFORE}, ${before.origin.pointer} did (${before.action})`;
  const help = 'make `default` as strict, or name those tools; `check --against` shows them';
  return [{ severity: 'warning', message, help, place }];
}

/** What decides about a call to which no condition applies. */
function deciderIn(steps: readonly Pick<ResolutionStep, 'rules'>[]): Decider | undefined {
  const certain = steps.map(({ rules }) => rules.flatMap(deciderOf)).find((rules) => rules.length > 0);
  return certain?.reduce((one, other) => (isStricter(other.action, one.action) ? other : one));
}

function deciderOf({ action, when, origin }: Rule): Decider[] {
  return when === undefined && action !== undefined ? [{ action, origin }] : [];
}

function isIn(rules: readonly Rule[], step: ResolutionStep): boolean {
  return rules.some((rule) => step.rules.includes(rule));
}
