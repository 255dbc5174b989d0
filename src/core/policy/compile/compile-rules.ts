import { toDecimal } from '../../limits/decimal.js';
import type { LimitScope } from '../../limits/limit.js';
import { toMilliseconds } from '../../text/duration.js';
import {
  type CompileExpression,
  type Expected,
  type Expression,
  isExpressionFlaw,
} from '../conditions/expression.js';
import type { SourcedDocument } from '../document/chain.js';
import type { Diagnostic, Flaw } from '../document/diagnostic.js';
import type { BudgetDocument, EntryDocument, RateLimitDocument, RuleDocument } from '../document/document.js';
import { categoryIn } from '../document/entry.js';
import { diagnosticOf, originOf } from '../document/lookup.js';
import type { LimitRule, Rule } from './policy.js';

export interface RuleContext {
  owner: SourcedDocument;
  /** Where in the document the value is written. */
  path: readonly (string | number)[];
  /** Who its limits limit, in words. */
  subject: string;
  compileExpression: CompileExpression;
  diagnostics: Diagnostic[];
  /** The policy of several that it belongs to. */
  layer: string;
  /** The condition of the rule, as it is written. */
  when?: string | undefined;
  /** How often each name of a counter was given. */
  names: Map<string, number>;
}

/** The rules of an entry: an action, a rule, or a list of both. */
export function compileRules(entry: EntryDocument, context: RuleContext): Rule[] {
  if (!Array.isArray(entry)) return isCategoryAlone(entry) ? [] : [compileRule(entry, context)];
  return entry.flatMap((rule, index) =>
    isCategoryAlone(rule) ? [] : [compileRule(rule, inside(context, index))],
  );
}

/** What only says what its tools do is not a rule. */
function isCategoryAlone(rule: RuleDocument | string): boolean {
  return categoryIn(rule) !== undefined && Object.keys(rule).length === 1;
}

function compileRule(written: RuleDocument | string, context: RuleContext): Rule {
  const rule: RuleDocument = typeof written === 'string' ? { action: written as Rule['action'] } : written;
  const { action } = rule;
  if (action === 'hide' && rule.when !== undefined) {
    const message = '`hide` takes no `when`: a tool list has no arguments to look at';
    report(inside(context, 'when'), { message, help: 'use `deny` for a condition' });
  }
  return {
    action,
    when: rule.when === undefined ? undefined : expression(rule.when, 'bool', inside(context, 'when')),
    reason: rule.reason,
    limits: limitsOf(rule, { ...context, when: rule.when }),
    setsRepeat: rule.repeat !== undefined,
    timeout: rule.timeout === undefined ? undefined : toMilliseconds(rule.timeout),
    origin: originOf(context.owner, context.path),
  };
}

function limitsOf(rule: RuleDocument, context: RuleContext): LimitRule[] {
  return [...rateLimits(rule, context), ...budgets(rule, context), ...otherLimits(rule, context)];
}

function rateLimits({ rate_limit: written }: RuleDocument, context: RuleContext): LimitRule[] {
  return list<RateLimitDocument>(written, 'rate_limit', context).map(([document, at]) =>
    limitRule(
      { kind: 'rate', per: scopeOf(document), max: document.max, window: milliseconds(document.window) },
      at,
      {
        key: document.key === undefined ? undefined : expression(document.key, 'any', inside(at, 'key')),
      },
    ),
  );
}

function budgets({ budget: written }: RuleDocument, context: RuleContext): LimitRule[] {
  return list<BudgetDocument>(written, 'budget', context).map(([document, at]) => {
    const max = toDecimal(document.max) ?? { digits: 0n, scale: 0 };
    return limitRule(
      { kind: 'budget', per: scopeOf(document), max, window: milliseconds(document.window) },
      at,
      {
        sum: expression(document.sum, 'number', inside(at, 'sum')),
      },
    );
  });
}

function otherLimits({ concurrency, repeat }: RuleDocument, context: RuleContext): LimitRule[] {
  const limits: LimitRule[] = [];
  if (concurrency !== undefined) {
    limits.push(
      limitRule({ kind: 'concurrency', per: 'session', max: concurrency }, inside(context, 'concurrency')),
    );
  }
  if (repeat !== undefined && repeat !== false) {
    limits.push(
      limitRule(
        { kind: 'repeat', per: 'session', max: repeat.max, window: milliseconds(repeat.window) },
        inside(context, 'repeat'),
      ),
    );
  }
  return limits;
}

function scopeOf({ per = 'session' }: { per?: LimitScope | undefined }): LimitScope {
  return per;
}

function limitRule(
  limit: LimitRule['limit'],
  context: RuleContext,
  expressions: Partial<Pick<LimitRule, 'key' | 'sum'>> = {},
): LimitRule {
  const origin = originOf(context.owner, context.path);
  const counter = counterName(limit, context, expressions);
  return { limit, origin, counter, subject: context.subject, key: expressions.key, sum: expressions.sum };
}

/**
 * What a limit counts, by what is written and not by where among others, so that a rule put in front of it resets nothing. Policies that
 * judge side by side count apart, even in what both extend. Limits of one entry that say the same are told apart by their order.
 */
function counterName(
  limit: LimitRule['limit'],
  { layer, owner, path, when, names }: RuleContext,
  { key, sum }: Partial<Pick<LimitRule, 'key' | 'sum'>>,
): string {
  const place = path.filter((part) => typeof part === 'string');
  const parts = [layer, owner.source, place, limit.per, when ?? '', key?.source ?? '', sum?.source ?? ''];
  const name = JSON.stringify(parts);
  const before = names.get(name) ?? 0;
  names.set(name, before + 1);
  return before === 0 ? name : `${name} ${before + 1}`;
}

/** One or a list, each with its place. */
function list<T>(written: T | T[] | undefined, key: string, context: RuleContext): [T, RuleContext][] {
  const at = inside(context, key);
  if (written === undefined) return [];
  return Array.isArray(written) ? written.map((one, index) => [one, inside(at, index)]) : [[written, at]];
}

function expression(source: string, expected: Expected, context: RuleContext): Expression {
  const compiled = context.compileExpression(source, expected);
  if (!isExpressionFlaw(compiled)) return compiled;
  const { flaw: message, help, at: part = 'value' } = compiled;
  report(context, { message, help, part });
  return { source, evaluate: () => ({ failure: message }) };
}

/** The schema has checked the text, so there is always a value; zero would refuse nothing, so none is not zero. */
function milliseconds(duration: number | string): number {
  return toMilliseconds(duration) ?? Number.POSITIVE_INFINITY;
}

function inside(context: RuleContext, key: string | number): RuleContext {
  return { ...context, path: [...context.path, key] };
}

function report({ diagnostics, owner, path }: RuleContext, flaw: Omit<Flaw, 'path'>): void {
  diagnostics.push(diagnosticOf({ path, ...flaw }, owner));
}
