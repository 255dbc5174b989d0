import type { Layer, LimitRule, Policy, Rule } from '../compile/policy.js';
import { ACTIONS } from '../document/keywords.js';
import type { Call } from './call.js';
import { chargesOf } from './charge.js';
import { type FailedRule, reasonWith, tellingOf } from './failed-rule.js';
import {
  classifyName,
  isOutdated,
  type Named,
  type Resolution,
  type ResolutionStep,
  resolve,
  resolveReadings,
  restOf,
} from './resolve.js';
import {
  asTakenBy,
  readAs,
  refuseCutName,
  refuseLookalike,
  strictestClass,
  strictestReading,
  type TraceStep,
  type Verdict,
} from './verdicts.js';

/** All that follows from the policy and the call alone. What it still needs from the world, it names. */
export interface Decision {
  /** One for each layer. */
  verdicts: readonly Verdict[];
  /** Empty unless asked for. */
  trace: readonly TraceStep[];
}

/**
 * Judges a call by every layer of the policy. Pure: the same policy and call give the same decision. `combine` makes one
 * ruling of it.
 * @param options `trace`: also note everything that was looked at
 */
export function decide(policy: Policy, call: Call, options: { trace?: boolean } = {}): Decision {
  const trace: TraceStep[] = [];
  const note = options.trace ? (step: TraceStep) => trace.push(step) : undefined;
  return { verdicts: policy.layers.map((layer) => decideLayer(layer, call, note)), trace };
}

/**
 * Whether a tool is cut out of lists. Depends on what the tool is alone: where the closest entry has conditions, the
 * tool may be callable and stays.
 */
export function isHidden(
  policy: Policy,
  name: string,
  classification: Named['classification'] = () => classifyName(name),
  hasWorsened?: Named['hasWorsened'],
): boolean {
  const named: Named = { kind: 'tool', name, classification, ...(hasWorsened && { hasWorsened }) };
  return policy.layers.some((layer) => {
    if (layer.mode === 'observe') return false;
    const resolution = resolve(layer, 'tool', name);
    // Lists are long, so what a tool does is found out only where no entry names it.
    const namedEntry = resolution.entries.find(decides);
    if (namedEntry) return hides(namedEntry);
    return (
      hides(restOf(layer, resolution, named).find(decides)) ||
      (isOutdated(layer, resolution, named) &&
        hides(restOf(layer, withoutCategory(resolution), named).find(decides)))
    );
  });
}

function hides(step: ResolutionStep | undefined): boolean {
  return step?.rules.some(({ action }) => action === 'hide') ?? false;
}

function withoutCategory(resolution: Resolution): Resolution {
  return { ...resolution, category: undefined };
}

type Note = ((step: TraceStep) => void) | undefined;

/** A URI is judged as it is written and as servers may read it: the strictest answer counts. */
function decideLayer(layer: Layer, call: Call, note: Note): Verdict {
  const written = decideNamed(layer, resolve(layer, call.kind, call.name), call, note);
  if (call.kind !== 'resource') return written;
  const readings = resolveReadings(layer, call.name);
  const read = readings.map(({ uri, resolution }) =>
    decideNamed(layer, resolution, readAs(call, uri), uri === call.name ? undefined : note),
  );
  return strictestReading(written, read);
}

function decideNamed(layer: Layer, resolution: Resolution, given: Call, note: Note): Verdict {
  if (resolution.lookalike) return refuseLookalike(layer, resolution.lookalike, given.kind, note);
  if (given.name.includes('\0')) return refuseCutName(layer, note);
  const taken = decideTaken(layer, resolution, given, note);
  if (!isOutdated(layer, resolution, given)) return taken;
  const found = decideTaken(layer, withoutCategory(resolution), given, note);
  return strictestClass(taken, found, given.classification(layer.trustsAnnotations).category);
}

function decideTaken(layer: Layer, resolution: Resolution, given: Call, note: Note): Verdict {
  const call = asTakenBy(layer, resolution, given);
  const failed: FailedRule[] = [];
  const applying: Rule[][] = [];
  const decided =
    addApplying(applying, resolution.entries, call, layer, failed, note) ||
    addApplying(applying, restOf(layer, resolution, call), call, layer, failed, note);
  if (decided || call.kind !== 'tool') return verdict(layer, applying, failed, call, note);
  const reason = 'No rule of the policy applies to this call.';
  return { layer, action: 'deny', rule: undefined, reason, charges: [], timeout: undefined };
}

/**
 * Adds the rules that apply, step by step, up to the first step that decides. Rules without an action only bring their limits, and the
 * search goes on.
 */
function addApplying(
  found: Rule[][],
  steps: readonly ResolutionStep[],
  call: Call,
  layer: Layer,
  failed: FailedRule[],
  note: Note,
): boolean {
  for (const step of steps) {
    const applying = step.rules.filter((rule) => applies(rule, step, call, layer, failed, note));
    found.push(applying);
    if (decides({ rules: applying })) return true;
  }
  return false;
}

function decides({ rules }: Pick<ResolutionStep, 'rules'>): boolean {
  return rules.some(({ action }) => action !== undefined);
}

/**
 * A condition that fails never grants: it counts as true on a rule that restricts, if only by a limit, and as false on one
 * that allows.
 */
function applies(
  rule: Rule,
  step: ResolutionStep,
  call: Call,
  layer: Layer,
  failed: FailedRule[],
  note: Note,
): boolean {
  const say = (result: string) =>
    note?.({ layer: layer.source, origin: rule.origin, how: step.how, action: rule.action, result });
  if (rule.when === undefined) {
    say(rule.action === undefined ? 'applies, and leaves the decision to the next' : 'applies');
    return true;
  }
  const evaluated = rule.when.evaluate(call.bindings);
  if ('value' in evaluated && typeof evaluated.value === 'boolean') {
    say(`condition \`${rule.when.source}\` is ${evaluated.value}`);
    return evaluated.value;
  }
  const failure = 'failure' in evaluated ? evaluated : { failure: 'not true or false' };
  const counts = rule.action !== 'allow';
  failed.push({ rule, failure });
  say(
    `condition \`${rule.when.source}\` failed (${failure.cause ?? failure.failure}), so it is taken as ${counts}`,
  );
  return counts;
}

function verdict(
  layer: Layer,
  steps: readonly (readonly Rule[])[],
  failed: readonly FailedRule[],
  call: Call,
  note: Note,
): Verdict {
  const applying = steps.flat();
  const action = ACTIONS.find((each) => applying.some((rule) => rule.action === each)) ?? 'allow';
  const strictest = applying.filter((rule) => rule.action === action);
  const decided = tellingOf(strictest, failed);
  const given = decided?.reason ?? strictest.find((rule) => rule.reason)?.reason;
  const reason = decided === undefined || action === 'allow' ? given : reasonWith(failed, decided, given);
  const refused: Verdict = {
    layer,
    action,
    rule: decided?.origin,
    reason,
    charges: [],
    timeout: undefined,
  };
  if (action === 'deny' || action === 'hide') return refused;
  const general = call.kind === 'tool' ? layer.sections.map((section) => [section]) : [];
  const charges = chargesOf(limitsOf([...steps, ...general], failed), call, layer.mode === 'observe');
  if ('failure' in charges)
    return { ...refused, action: 'deny', rule: charges.origin, reason: charges.failure };
  for (const { origin, describe } of charges)
    note?.({ layer: layer.source, origin, how: 'limit', action: undefined, result: describe });
  return { ...refused, charges, timeout: shortest(applying, layer) };
}

/**
 * The limits of all that applies, the closest first. How often the same call may come is said by the closest that says it, but what
 * counts only because its condition failed loosens nothing.
 */
function limitsOf(
  steps: readonly (readonly Pick<Rule, 'limits' | 'setsRepeat'>[])[],
  failed: readonly FailedRule[],
): LimitRule[] {
  const found: LimitRule[] = [];
  let repeatIsSet = false;
  for (const step of steps) {
    const limits = step.flatMap((each) => each.limits);
    found.push(...(repeatIsSet ? limits.filter(({ limit }) => limit.kind !== 'repeat') : limits));
    repeatIsSet ||= step.some((each) => each.setsRepeat && !failed.some(({ rule }) => rule === each));
  }
  return found;
}

function shortest(applying: readonly Rule[], layer: Layer): number | undefined {
  const given = [...applying, ...layer.sections].flatMap(({ timeout }) => timeout ?? []);
  return given.length > 0 ? Math.min(...given) : undefined;
}
