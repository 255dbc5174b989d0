import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Counters } from '../../../../src/core/limits/counters.js';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import type { ExtendsChain } from '../../../../src/core/policy/document/chain.js';
import { type PlainLimit, plainDecide } from '../../../reference/decide.js';
import { runs } from '../../../runs.js';
import { bothCalls, compileExpression, sequences, server, sharingLayers } from '../random-policies.js';

/** The length of all windows. Milliseconds. */
const WINDOW = 60_000;

/** Limits as they read: what is written at one place is a list of the times at which a call passed. */
class PlainAdmissions {
  readonly #passed = new Map<object, { call: string; at: number }[]>();

  /** Whether there is room in all that enforce; only then, each notes the call, observing ones where they have room too. */
  admit(charges: readonly { limit: PlainLimit; observe: boolean }[], call: string, now: number): boolean {
    const hasRoom = ({ limit }: (typeof charges)[number]) =>
      this.#inside(limit, call, now) < limit.written.max;
    if (!charges.every((charge) => charge.observe || hasRoom(charge))) return false;
    for (const { limit } of charges.filter(hasRoom))
      this.#passed.set(limit.written, [...(this.#passed.get(limit.written) ?? []), { call, at: now }]);
    return true;
  }

  #inside({ written, kind }: PlainLimit, call: string, now: number): number {
    const passed = this.#passed.get(written) ?? [];
    return passed.filter((each) => now - each.at < WINDOW && (kind === 'rate' || each.call === call)).length;
  }
}

it('policies that extend the same one admit the calls that a plain reading of each admits', () => {
  let refusedByLimits = 0;
  fc.assert(
    fc.property(sharingLayers, server, sequences, ({ tops, base }, id, sequence) => {
      const chains = tops.map((top, index): ExtendsChain => {
        const sourced = (source: string, document: typeof top) => ({
          source,
          document,
          lineOf: () => undefined,
        });
        return [sourced(`file ${index}`, top), sourced('base', base)];
      });
      // Of each policy its own copy: what two of them extend, each counts apart.
      const plainChains = tops.map((top) => structuredClone([top, base]));
      const { policy } = compile(chains, id, compileExpression);
      const counters = new Counters();
      const plainCounters = new PlainAdmissions();
      let now = 0;
      for (const [step, subject, args] of sequence) {
        now += step;
        const { plain, call } = bothCalls([subject, args], id);
        const ruling = combine(decide(policy, call));
        const verdicts = plainChains.map((chain) => plainDecide(chain, plain));
        const lets = verdicts.every(
          ({ action, observe }) => observe || action === 'allow' || action === 'require_approval',
        );
        expect(ruling.action === 'allow' || ruling.action === 'require_approval').toBe(lets);
        if (!lets) continue;
        const charges = verdicts.flatMap(({ action, limits, observe }) =>
          action === 'deny' || action === 'hide' ? [] : limits.map((limit) => ({ limit, observe })),
        );
        const { ok } = counters.take(ruling.charges, now);
        expect(ok).toBe(plainCounters.admit(charges, JSON.stringify([subject, args]), now));
        if (!ok) refusedByLimits++;
      }
    }),
    runs(400),
  );
  expect(refusedByLimits).toBeGreaterThan(100);
});
