import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/policy/decide/decide.js';
import { callOf, policyFrom, type Written } from '../policies.js';

describe('a policy with ten thousand rules', () => {
  const tools = (count: number): Written['tools'] =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        index % 2 ? `tool_${index}` : `*_glob_${index}`,
        index % 3 ? 'deny' : { when: `args.n > ${index}`, action: 'deny' as const },
      ]),
    );
  const small = policyFrom({ default: 'allow', tools: tools(10) });
  const large = policyFrom({ default: 'allow', tools: tools(10_000) });

  /** Milliseconds for the fastest of several rounds of calls. */
  function fastest(policy: typeof small): number {
    const call = callOf('tool_1', { n: 1 });
    const rounds = Array.from({ length: 20 }, () => {
      const start = performance.now();
      for (let index = 0; index < 2_000; index++) decide(policy, call);
      return performance.now() - start;
    });
    return Math.min(...rounds);
  }

  /** How often the conditions of one call read its arguments. */
  function readsOf(policy: typeof small): number {
    let reads = 0;
    const call = callOf('tool_3');
    const counting = {
      ...call.bindings,
      get args() {
        reads++;
        return new Map([['n', 5n]]);
      },
    };
    decide(policy, { ...call, bindings: counting });
    return reads;
  }

  it('judges a call like one with ten, once the name is known', () => {
    fastest(small);
    expect(fastest(large) / fastest(small)).toBeLessThan(5);
  });

  it('evaluates no condition but those of the entries that name the tool', () => {
    expect(readsOf(large)).toBe(readsOf(small));
    expect(readsOf(small)).toBeGreaterThan(0);
  });

  it('answers from either end', () => {
    expect(decide(large, callOf('tool_9997')).verdicts[0]?.action).toBe('deny');
    expect(decide(large, callOf('x_glob_9998')).verdicts[0]?.rule?.pointer).toBe('/tools/*_glob_9998');
    expect(decide(large, callOf('other')).verdicts[0]?.rule?.pointer).toBe('/default');
  });
});
