import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/core/policy/compile/compile.js';
import type { Policy } from '../../../../src/core/policy/compile/policy.js';
import { decide, isHidden } from '../../../../src/core/policy/decide/decide.js';
import { combine } from '../../../../src/core/policy/decide/settle.js';
import { isStricter, type Verdict } from '../../../../src/core/policy/decide/verdicts.js';
import type { ExtendsChain } from '../../../../src/core/policy/document/chain.js';
import type { Action, PolicyDocument } from '../../../../src/core/policy/document/document.js';
import { merge } from '../../../../src/core/policy/document/merge.js';
import { type PlainVerdict, plainDecide } from '../../../reference/decide.js';
import { runs } from '../../../runs.js';
import {
  bothCalls,
  calls,
  chainOf,
  compileExpression,
  documents,
  layers,
  server,
} from '../random-policies.js';

const RUNS = runs(2_000);

function policyOf(chains: readonly ExtendsChain[], id: string): Policy {
  return compile(chains, id, compileExpression).policy;
}

/** What both say, in the words of the reference. Limits of a refused call are never looked at. */
function said({ action, charges, layer }: Verdict) {
  return {
    action,
    limits: charges.map(({ limit }) => Number(limit.kind === 'budget' ? 0 : limit.max)).sort((a, b) => a - b),
    observe: layer.mode === 'observe',
  };
}

function wanted({ action, limits, observe }: PlainVerdict) {
  const refused = action === 'deny' || action === 'hide';
  const counted = limits.map(({ written }) => written.max).sort((a, b) => a - b);
  return { action, limits: refused ? [] : counted, observe };
}

/** The same maps with their keys in another order. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)])) as T;
}

const strictest = (actions: readonly Action[]) =>
  actions.reduce<Action>((found, action) => (isStricter(action, found) ? action : found), 'allow');

describe('compile and decide', () => {
  it('say what a plain reading of the rules says, for a file and what it extends', () => {
    fc.assert(
      fc.property(documents, server, calls, (chain, id, called) => {
        const policy = policyOf([chainOf(chain)], id);
        for (const each of called) {
          const { plain, call } = bothCalls(each, id);
          const [verdict] = decide(policy, call).verdicts;
          expect(verdict && said(verdict)).toEqual(wanted(plainDecide(chain, plain)));
        }
      }),
      RUNS,
    );
  });

  it('let the strictest enforcing layer win, and note what observing ones would have done', () => {
    fc.assert(
      fc.property(layers, server, calls, (chains, id, called) => {
        const policy = policyOf(
          chains.map((chain, index) => chainOf(chain, `layer ${index}`)),
          id,
        );
        for (const each of called) {
          const { plain, call } = bothCalls(each, id);
          const each_ = chains.map((chain) => plainDecide(chain, plain));
          const actions = (observe: boolean) =>
            each_.filter((one) => one.observe === observe).map(({ action }) => action);
          const ruling = combine(decide(policy, call));
          expect(ruling.action).toBe(strictest(actions(false)));
          const observed = strictest(actions(true));
          expect(ruling.observed?.action).toBe(isStricter(observed, ruling.action) ? observed : undefined);
        }
      }),
      RUNS,
    );
  });

  it('do not depend on the order of keys', () => {
    fc.assert(
      fc.property(documents, server, calls, (chain, id, called) => {
        const policy = policyOf([chainOf(chain)], id);
        const turned = policyOf([chainOf(reversed(chain))], id);
        for (const each of called) {
          const { call } = bothCalls(each, id);
          expect(decide(turned, call).verdicts.map(said)).toEqual(decide(policy, call).verdicts.map(said));
        }
      }),
      runs(500),
    );
  });

  it('hide only tools that no arguments make callable', () => {
    fc.assert(
      fc.property(documents, server, calls, (chain, id, called) => {
        const policy = policyOf([chainOf(chain)], id);
        for (const each of called.filter(([{ kind }]) => kind === 'tool')) {
          const { call } = bothCalls(each, id);
          if (isHidden(policy, call.name)) expect(combine(decide(policy, call)).action).toBe('hide');
        }
      }),
      runs(500),
    );
  });
});

describe('merge', () => {
  it('says in one document what the chain says together', () => {
    fc.assert(
      fc.property(documents, server, calls, (chain, id, called) => {
        const together: PolicyDocument = merge(chainOf(chain));
        const policy = policyOf([chainOf(chain)], id);
        const merged = policyOf([chainOf([together])], id);
        for (const each of called) {
          const { call } = bothCalls(each, id);
          expect(decide(merged, call).verdicts.map(said)).toEqual(decide(policy, call).verdicts.map(said));
        }
      }),
      RUNS,
    );
  });
});
