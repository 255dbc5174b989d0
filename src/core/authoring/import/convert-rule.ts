import { describeValue } from '../../policy/document/describe-value.js';
import type { Action, RuleDocument } from '../../policy/document/document.js';
import { visible } from '../../text/visible.js';
import { allOf, conditionText, not, thereAnd } from './convert-conditions.js';
import { type ConvertedLimit, counterLimit, shorthand, spelledOut } from './convert-limits.js';
import {
  type Foreign,
  foreignList,
  foreignText,
  isForeign,
  NotConvertible,
  unknownKeys,
} from './foreign-policy.js';

/** A rule of ours that came of one of theirs. */
export interface ConvertedRules {
  rule: RuleDocument;
  /** Where the meaning differs, for people. */
  notes: string[];
  /** The name of their rule. */
  title: string | undefined;
}

const EVERY_TOOL = '*';
const RULE_KEYS = ['name', 'description', 'action', 'conditions', 'on_deny', 'rate_limit', 'state', 'limit'];
const TOOL_KEYS = ['rules', 'require', 'deny_if', 'limits', 'description', 'category'];

/** Translates what is said of one tool, or of all. What cannot be said in our words becomes a rule that asks a person. */
export function toolRules(definition: unknown, scope: string, everyState: StateIndex): ConvertedRules[] {
  if (definition === null || definition === undefined) return [];
  if (!isForeign(definition)) return [asking(undefined, undefined, 'its value is not a map')];
  const odd = unknownKeys(definition, TOOL_KEYS).map((key) =>
    asking(undefined, undefined, `'${key}' is not known`),
  );
  return [
    ...odd,
    ...foreignList(definition['rules']).flatMap((rule) => ruleFrom(rule, scope, everyState)),
    ...foreignList(definition['require']).flatMap((each) =>
      guarded(each, (one) => [denying(one, not(texts(one)))]),
    ),
    ...foreignList(definition['deny_if']).flatMap((each) =>
      guarded(each, (one) => [denying(one, whereThere(one))]),
    ),
    ...foreignList(definition['limits']).flatMap((each) =>
      guarded(each, (one) => [limiting(one, spelledOut(one))]),
    ),
  ];
}

/** Their counters, by the scope and name that conditions use. */
type StateIndex = ReadonlyMap<string, Foreign>;

/** All counters of a policy. */
export function statesOf(tools: Foreign): StateIndex {
  const found = new Map<string, Foreign>();
  for (const [name, definition] of Object.entries(tools)) {
    for (const rule of isForeign(definition) ? foreignList(definition['rules']) : []) {
      const state = isForeign(rule) ? rule['state'] : undefined;
      if (isForeign(state)) found.set(`state.${scopeOf(name)}.${describeValue(state['counter'])}`, state);
    }
  }
  return found;
}

function scopeOf(tool: string): string {
  return tool === EVERY_TOOL ? '_global' : tool;
}

/** What throws is answered with a rule that asks. */
function guarded(written: unknown, translate: (rule: Foreign) => ConvertedRules[]): ConvertedRules[] {
  const rule = isForeign(written) ? written : {};
  try {
    if (!isForeign(written)) throw new NotConvertible('it is not a map');
    return translate(rule);
  } catch (error) {
    if (!(error instanceof NotConvertible)) throw error;
    return [asking(foreignText(rule['name']), reasonOf(rule), error.message)];
  }
}

/** `evaluate` (all conditions must hold, and counters have room) or `deny`. */
function ruleFrom(written: unknown, scope: string, states: StateIndex): ConvertedRules[] {
  return guarded(written, (rule) => {
    const [odd] = unknownKeys(rule, RULE_KEYS);
    if (odd !== undefined) throw new NotConvertible(`'${odd}' is not known`);
    const { action = 'evaluate', rate_limit: rate, state } = rule;
    if (action !== 'evaluate' && action !== 'deny')
      throw new NotConvertible(`the action '${describeValue(action)}' is not known`);
    if (action === 'deny') return [denying(rule, undefined)];
    const conditions = foreignList(rule['conditions']);
    const isState = (one: unknown) => isForeign(one) && describeValue(one['path']).startsWith('state.');
    const about = conditions.filter((one) => !isState(one)).map(conditionText);
    const counting = conditions.filter(isState).map((one) => countedBy(one as Foreign, scope, states));
    const limits = [
      ...counting,
      ...(rate === undefined || rate === null ? [] : foreignList(rate).map(shorthand)),
    ];
    if (rule['limit'] !== undefined)
      limits.push(counterLimit(isForeign(state) ? state : {}, { op: 'lte', value: rule['limit'] }));
    return [
      ...(about.length > 0 ? [denying(rule, not(allOf(about)))] : []),
      ...limits.map((limit) => limiting(rule, limit)),
      ...(about.length + limits.length === 0
        ? [leftOut(rule, 'has no condition and no limit, so it is left out')]
        : []),
      ...(isForeign(state) && limits.length === 0
        ? [leftOut(rule, 'has a counter that limits nothing, so that is left out')]
        : []),
    ];
  });
}

/** Only a counter of the same scope limits the calls that it counts. */
function countedBy(condition: Foreign, scope: string, states: StateIndex): ConvertedLimit {
  const path = describeValue(condition['path']);
  const state = states.get(path);
  if (state === undefined || !path.startsWith(`state.${scope}.`))
    throw new NotConvertible(`'${path}' counts other calls than these`);
  return counterLimit(state, condition);
}

function denying(rule: Foreign, when: string | undefined): ConvertedRules {
  return {
    rule: { action: 'deny', when, reason: reasonOf(rule) },
    notes: [],
    title: foreignText(rule['name']),
  };
}

function limiting(rule: Foreign, limit: ConvertedLimit): ConvertedRules {
  const title = foreignText(rule['name']);
  if ('nothing' in limit)
    return {
      rule: { action: 'deny', reason: reasonOf(rule) },
      notes: ['its limit lets nothing pass'],
      title,
    };
  const reason = reasonOf(rule);
  return {
    rule: 'rate' in limit ? { rate_limit: limit.rate } : { budget: limit.budget },
    notes: reason === undefined ? [] : [`over the limit the message was: ${visible(reason)}`],
    title,
  };
}

/** What never refused anything. */
function leftOut(rule: Foreign, why: string): ConvertedRules {
  return {
    rule: {},
    notes: [`the rule '${visible(foreignText(rule['name']) ?? '')}' ${why}`],
    title: undefined,
  };
}

function asking(title: string | undefined, reason: string | undefined, why: string): ConvertedRules {
  return {
    rule: { action: 'require_approval' satisfies Action, reason },
    notes: [`this cannot be converted (${visible(why)}), so a person is asked instead`],
    title,
  };
}

/** The conditions of `require` and `deny_if`: one, or a list that holds together. */
function texts(rule: Foreign): string {
  return allOf(conditionsOf(rule).map(conditionText));
}

function whereThere(rule: Foreign): string {
  return allOf(
    conditionsOf(rule).map((one) =>
      isForeign(one) && one['op'] !== 'exists' ? thereAnd(one, conditionText(one)) : conditionText(one),
    ),
  );
}

function conditionsOf({
  conditions,
  name: _,
  on_deny: __,
  message: ___,
  reason: ____,
  ...rest
}: Foreign): readonly unknown[] {
  if (conditions === undefined) return [rest];
  const [odd] = Object.keys(rest);
  if (odd !== undefined) throw new NotConvertible(`'${odd}' is not known`);
  const list = foreignList(conditions);
  if (list.length === 0) throw new NotConvertible('it has no conditions');
  return list;
}

function reasonOf(rule: Foreign): string | undefined {
  return foreignText(rule['on_deny']) ?? foreignText(rule['message']) ?? foreignText(rule['reason']);
}
