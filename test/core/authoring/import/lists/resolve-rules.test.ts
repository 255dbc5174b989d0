import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entriesFor,
  overlaps,
  serversOf,
} from '../../../../../src/core/authoring/import/lists/resolve-rules.js';
import type { ListedRule, RuleList } from '../../../../../src/core/authoring/import/lists/rule-list.js';
import { decide } from '../../../../../src/core/policy/decide/decide.js';
import { sampleCall } from '../../../../../src/core/policy/decide/sample-call.js';
import { combine } from '../../../../../src/core/policy/decide/settle.js';
import type { Action } from '../../../../../src/core/policy/document/document.js';
import { ACTIONS } from '../../../../../src/core/policy/document/keywords.js';
import { globMatches } from '../../../../../src/core/text/glob.js';
import { runs } from '../../../../runs.js';
import { policyFrom } from '../../../policy/policies.js';

const NAMES = ['a', 'b', 'ab', 'ba', 'aab', 'get_a', 'get_b', 'del_a'];
const rule = fc.record({
  server: fc.constantFrom(undefined, 's', 't'),
  tool: fc.constantFrom('*', 'a*', '*b', 'get_*', '*_a', ...NAMES),
  action: fc.constantFrom<Action>(...ACTIONS),
  priority: fc.constantFrom(0, 1, 2),
  condition: fc.option(fc.constant('x'), { nil: undefined, freq: 4 }),
});
const list = fc.record({
  rules: fc.array(rule, { maxLength: 8 }),
  fallback: fc.constantFrom<Action>('allow', 'require_approval', 'deny'),
});

function atLeast(one: Action, other: Action): Action {
  return ACTIONS.indexOf(one) < ACTIONS.indexOf(other) ? one : other;
}

/** What the list says of one tool, where its conditions hold or do not. */
function said(
  { rules, fallback }: Pick<RuleList, 'rules' | 'fallback'>,
  server: string,
  tool: string,
  holds: boolean,
) {
  const fitting = rules.filter(
    (each) =>
      (each.server === undefined || each.server === server) &&
      globMatches(each.tool, tool) &&
      (each.condition === undefined || holds),
  );
  const highest = Math.max(...fitting.map(({ priority }) => priority));
  const actions = fitting.filter(({ priority }) => priority === highest).map(({ action }) => action);
  return actions.length === 0 ? fallback : actions.reduce(atLeast);
}

function written(rules: RuleList, server: string | undefined) {
  const [rest, ...tools] = entriesFor(rules, server);
  return {
    default: rest?.action ?? 'deny',
    tools: Object.fromEntries(tools.map(({ tool, action }) => [tool, action])),
  };
}

function decided(rules: RuleList, server: string, tool: string): Action {
  const servers = Object.fromEntries(serversOf(rules).map((each) => [each, written(rules, each)]));
  const policy = policyFrom({ ...written(rules, undefined), servers }, server);
  const call = sampleCall({ kind: 'tool', name: tool, argumentsText: '{}', server, now: 0 });
  return combine(decide(policy, call)).action;
}

describe('a list of rules as entries of ours', () => {
  it('is at least as strict for every tool of every server', () => {
    fc.assert(
      fc.property(
        list,
        fc.constantFrom('s', 't', 'u'),
        fc.constantFrom(...NAMES, 'other', 'get_other'),
        fc.boolean(),
        (drawn, server, tool, holds) => {
          const rules = { ...drawn, product: 'x', notes: [] };
          const theirs = said(drawn, server, tool, holds);
          const ours = decided(rules, server, tool);
          // A condition that cannot be said is a question for a person, who can still say no.
          const wanted =
            drawn.rules.some(({ condition }) => condition !== undefined) && ACTIONS.indexOf(theirs) < 2
              ? 'require_approval'
              : theirs;
          expect(ACTIONS.indexOf(ours)).toBeLessThanOrEqual(ACTIONS.indexOf(wanted));
        },
      ),
      runs(2_000),
    );
  });

  it('is the same where names are exact and nothing has a condition', () => {
    const exact = fc.record({
      server: fc.constantFrom('s', 't'),
      tool: fc.constantFrom(...NAMES),
      action: fc.constantFrom<Action>(...ACTIONS),
      priority: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(
        fc.array(exact, { maxLength: 6 }),
        fc.constantFrom('s', 't'),
        fc.constantFrom(...NAMES),
        (rules, server, tool) => {
          fc.pre(rules.some((each) => each.server === server && each.tool === tool));
          const drawn = { rules: rules as ListedRule[], fallback: 'require_approval' as const };
          expect(decided({ ...drawn, product: 'x', notes: [] }, server, tool)).toBe(
            said(drawn, server, tool, true),
          );
        },
      ),
      runs(500),
    );
  });

  it('what is refused on one server is refused where a server has another name', () => {
    const rules: ListedRule[] = [{ server: 'github', tool: 'delete_repo', action: 'deny', priority: 0 }];
    expect(
      decided({ rules, fallback: 'allow', product: 'x', notes: [] }, '@acme/github', 'delete_repo'),
    ).toBe('deny');
  });
});

describe('globs that fit a common name', () => {
  it.each<[string, string, boolean]>([
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['get_*', 'get_a', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*c', 'ab*', true],
    ['a*c', '*d', false],
    ['*a*', '*b*', true],
    ['a', 'a', true],
    ['a**b', 'a*b', true],
    ['ab', 'a*b*c', false],
  ])('%j and %j: %j', (one, other, expected) => {
    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });

  it('is what names say', () => {
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
    fc.assert(
      fc.property(glob, glob, fc.array(name, { maxLength: 20 }), (one, other, names) => {
        const common = names.some((each) => globMatches(one, each) && globMatches(other, each));
        if (common) expect(overlaps(one, other)).toBe(true);
      }),
      runs(2_000),
    );
  });
});
