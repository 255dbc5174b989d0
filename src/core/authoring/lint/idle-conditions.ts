import type { Entry, Layer, Policy, Rule } from '../../policy/compile/policy.js';
import type { CallKind } from '../../policy/decide/call.js';
import { isCertain } from '../../policy/decide/resolve.js';
import { isStricter } from '../../policy/decide/verdicts.js';
import type { Diagnostic } from '../../policy/document/diagnostic.js';
import type { Action } from '../../policy/document/document.js';
import { byCloseness, globMatches, matches, type Pattern } from '../../text/glob.js';

const KINDS: readonly CallKind[] = ['tool', 'resource', 'prompt', 'method'];

/** What may be looked at where the rules before it do not decide. */
interface Step {
  rules: readonly Rule[];
  /** Whether it is about every call that comes so far, and not about some of them only. */
  isForAll: boolean;
}

/**
 * Warns of conditions that change nothing, since the call is decided in the same way where they are false: `allow` with a
 * `when` above `"*": allow`. Only what holds for every name and every category counts.
 */
export function idleConditions({ layers }: Policy): Diagnostic[] {
  return layers.flatMap((layer) => [
    ...KINDS.flatMap((kind) => inEntries(layer, kind)),
    ...inCategories(layer),
    ...layer.sections.flatMap((section, at) => idleIn(section.default ?? [], defaultsFrom(layer, at + 1))),
  ]);
}

function inEntries(layer: Layer, kind: CallKind): Diagnostic[] {
  return layer.sections.flatMap((section, at) => {
    const { exact, globs } = section[`${kind}s`];
    return [...exact.values(), ...globs].flatMap((entry) => {
      const rest = kind === 'tool' ? [...anyCategory(layer), ...defaultsFrom(layer, 0)] : [];
      return idleIn(entry.rules, [...entriesAfter(layer, kind, at, entry), ...rest]);
    });
  });
}

/** Entries that may be looked at after another, which is in the section at that place. */
function entriesAfter({ sections }: Layer, kind: CallKind, at: number, { pattern }: Entry): Step[] {
  return sections.slice(at).flatMap((section, later) => {
    const { exact, globs } = section[`${kind}s`];
    const closest = later === 0 ? [] : [...exact.values()];
    return [...closest, ...globs]
      .filter((other) => other.pattern.text !== pattern.text || later > 0)
      .filter((other) => later > 0 || byCloseness(pattern, other.pattern) <= 0)
      .filter((other) => mayOverlap(pattern, other.pattern))
      .map((other) => ({ rules: other.rules, isForAll: covers(other.pattern, pattern) }));
  });
}

/** What a tool is taken for shows in its definition only, which may change. */
function anyCategory({ sections }: Layer): Step[] {
  return sections.flatMap(({ categories }) =>
    [...categories.values()].map((rules) => ({ rules, isForAll: false })),
  );
}

function inCategories(layer: Layer): Diagnostic[] {
  return layer.sections.flatMap(({ categories }, at) =>
    [...categories].flatMap(([name, rules]) => {
      const later = layer.sections.slice(at + 1).flatMap((section) => section.categories.get(name) ?? []);
      return idleIn(rules, [{ rules: later, isForAll: true }, ...defaultsFrom(layer, 0)]);
    }),
  );
}

function defaultsFrom({ sections }: Layer, at: number): Step[] {
  return sections.slice(at).map(({ default: rules = [] }) => ({ rules, isForAll: true }));
}

function idleIn(rules: readonly Rule[], after: readonly Step[]): Diagnostic[] {
  const always = rules.find(isCertain);
  return rules.flatMap((rule): Diagnostic[] => {
    const { action, when, origin } = rule;
    if (when === undefined || action === undefined || origin.line === undefined || saysMore(rule)) return [];
    if (always?.action === action) {
      const message = `this condition changes nothing, because ${always.origin.pointer} always applies and says the same (${action})`;
      return [{ severity: 'warning', message, help: BESIDE, place: origin }];
    }
    const isMilderBeside = rules.some((other) => other.action && isStricter(action, other.action));
    const same = always || isMilderBeside ? undefined : decidingAlike(action, after);
    if (same === undefined) return [];
    const message = `this condition changes nothing: where it is false, ${same.origin.pointer} decides the same (${action})`;
    return [{ severity: 'warning', message, help: helpFor(action, same), place: origin }];
  });
}

const BESIDE = 'leave this rule out, or write the action that is meant';

function helpFor(action: Action, { origin }: Rule): string {
  return action === 'allow'
    ? `write the opposite condition with \`action: deny\`, or deny in ${origin.pointer}`
    : `where calls to which it does not apply are to pass, write a list: \`[{ when: …, action: ${action} }, allow]\``;
}

/** Whether a rule has an effect of its own: limits, a time-out, or a reason that is shown. */
function saysMore({ action, reason, limits, setsRepeat, timeout }: Rule): boolean {
  return (
    limits.length > 0 || setsRepeat || timeout !== undefined || (reason !== undefined && action !== 'allow')
  );
}

/** The rule that decides where no condition does, if all that may decide before it says the same and limits nothing. */
function decidingAlike(action: Action, steps: readonly Step[]): Rule | undefined {
  for (const { rules, isForAll } of steps) {
    if (!rules.every((rule) => rule.action === action && (action === 'deny' || !limits(rule))))
      return undefined;
    const always = isForAll ? rules.find(isCertain) : undefined;
    if (always) return always;
  }
  return undefined;
}

function limits({ limits: own, setsRepeat, timeout }: Rule): boolean {
  return own.length > 0 || setsRepeat || timeout !== undefined;
}

/** Whether every name that one pattern matches is matched by another, as far as that shows: a `*` stands for what is written there. */
function covers(other: Pattern, { text, exact }: Pattern): boolean {
  return exact ? matches(other, text) : !other.text.includes('?') && globMatches(other.text, text);
}

/** Whether both may match one name: they do not where their beginnings or their ends differ. */
function mayOverlap(one: Pattern, other: Pattern): boolean {
  if (one.exact) return matches(other, one.text);
  if (other.exact) return matches(one, other.text);
  const [start, end] = [/^[^*?]*/, /[^*?]*$/].map((literal) =>
    [one, other].map(({ text }) => literal.exec(text)?.[0] ?? ''),
  ) as [string[], string[]];
  const [shortStart = '', longStart = ''] = byLength(start);
  const [shortEnd = '', longEnd = ''] = byLength(end);
  return longStart.startsWith(shortStart) && longEnd.endsWith(shortEnd);
}

function byLength(texts: readonly string[]): string[] {
  return texts.toSorted((one, other) => one.length - other.length);
}
