import type { Policy } from '../../core/policy/compile/policy.js';
import type { CallKind } from '../../core/policy/decide/call.js';
import { decide } from '../../core/policy/decide/decide.js';
import { classifyName } from '../../core/policy/decide/resolve.js';
import { sampleCall } from '../../core/policy/decide/sample-call.js';
import { combine, overLimit, settle } from '../../core/policy/decide/settle.js';
import type { Expectation, TestDocument } from '../../core/policy/document/document.js';
import { placeOf } from '../../core/replies/refusal.js';
import { toMilliseconds } from '../../core/text/duration.js';
import type { Origin } from '../../core/text/origin.js';
import { type MemoryStore, memoryStore } from '../../limits/memory.js';
import type { ClassesOf } from './locked-classes.js';

/** What came of one test of a policy file. */
export interface CaseResult {
  name: string;
  passed: boolean;
  expected: string;
  actual: string;
  /** Why it failed, when the outcomes are right and the reason is not. */
  note?: string | undefined;
  /** The rule or limit behind the first outcome that is not as expected, or behind the last: `/tools/x (policy-wrap.yaml:3)`. */
  decidedBy?: string | undefined;
}

interface Observed {
  outcome: Expectation;
  reason: string | undefined;
  rule: Origin | undefined;
}

/** Plays one test against a policy, with fresh counters, and compares what happens with what was expected. */
export function runCase(
  policy: Policy,
  written: TestDocument,
  classesOf: ClassesOf = (_, tool) => classifyName(tool),
): CaseResult {
  const expected = expand(written.expect, written.times);
  const observed = play(policy, written, classesOf, expected.length);
  const outcomes = observed.map(({ outcome }) => outcome);
  const outcomesRight =
    outcomes.length === expected.length && outcomes.every((outcome, index) => outcome === expected[index]);
  const reasons = observed.flatMap(({ reason }) => reason ?? []);
  const reasonRight =
    written.reason === undefined || reasons.some((reason) => reason.includes(written.reason ?? ''));
  const wrong = observed.findIndex(({ outcome }, index) => outcome !== expected[index]);
  const rule = observed.at(wrong)?.rule;
  return {
    name: nameOf(written),
    passed: outcomesRight && reasonRight,
    expected: summary(expected),
    actual: summary(outcomes),
    note:
      outcomesRight && !reasonRight
        ? `the reason is ${reasons[0] ? `'${reasons[0]}'` : 'not given'}`
        : undefined,
    decidedBy: rule && `${rule.pointer} (${placeOf(rule)})`,
  };
}

/** `[allow x10, limited]` is eleven expectations; a single one is meant for every call. */
function expand(expect: string | string[], times: number | undefined): Expectation[] {
  const parts = (Array.isArray(expect) ? expect : [expect]).flatMap((part) => {
    const [outcome, count] = part.split(' x');
    return new Array<Expectation>(Number(count ?? 1)).fill(outcome as Expectation);
  });
  const [only] = parts;
  return times !== undefined && parts.length === 1 && only !== undefined
    ? new Array<Expectation>(times).fill(only)
    : parts;
}

function play(policy: Policy, written: TestDocument, classesOf: ClassesOf, expected: number): Observed[] {
  const store = memoryStore();
  const every = written.every === undefined ? 0 : (toMilliseconds(written.every) ?? 0);
  return Array.from({ length: written.times ?? expected }, (_, index) =>
    playCall(policy, written, classesOf, store, index, index * every),
  );
}

/** A call of a test ends before the next one begins, so what is limited at a time never piles up. */
function playCall(
  policy: Policy,
  written: TestDocument,
  classesOf: ClassesOf,
  store: MemoryStore,
  calls: number,
  at: number,
): Observed {
  const { kind, name } = subjectOf(written);
  const argumentsText = JSON.stringify(written.args ?? {});
  const call = sampleCall({
    kind,
    name,
    argumentsText,
    server: policy.server,
    client: written.client,
    calls,
    now: Date.now() + at,
    classification: classesOf(policy.server, name),
  });
  const ruling = combine(decide(policy, call));
  const { action, reason, rule } = ruling;
  if (action === 'deny' || action === 'hide') return { outcome: action, reason, rule };
  const taken = store.take(ruling.charges, at);
  const settled = settle(ruling, { taken, approval: { approved: true, via: 'none', how: 'approved' } });
  if (!taken.ok) return { outcome: 'limited', reason: overLimit(taken).reason, rule: taken.charge.origin };
  taken.release();
  return { outcome: settled.next === 'forward' ? action : 'deny', reason, rule };
}

function subjectOf({ call, resource, prompt, method }: TestDocument): { kind: CallKind; name: string } {
  if (resource !== undefined) return { kind: 'resource', name: resource };
  if (prompt !== undefined) return { kind: 'prompt', name: prompt };
  if (method !== undefined) return { kind: 'method', name: method };
  return { kind: 'tool', name: call ?? '' };
}

function nameOf(written: TestDocument): string {
  const name = written.name ?? (subjectOf(written).name || 'a test without a call');
  const args = written.name === undefined && written.args ? ` ${JSON.stringify(written.args)}` : '';
  return `${name}${args}${written.server && !written.name ? ` on ${written.server}` : ''}`;
}

/** Ten times the same is written once: `allow x10, limited`. */
function summary(outcomes: readonly Expectation[]): string {
  const runs: { outcome: Expectation; count: number }[] = [];
  for (const outcome of outcomes) {
    const last = runs.at(-1);
    if (last?.outcome === outcome) last.count++;
    else runs.push({ outcome, count: 1 });
  }
  return runs.map(({ outcome, count }) => (count === 1 ? outcome : `${outcome} x${count}`)).join(', ');
}
