import type { Action } from '../../../policy/document/document.js';
import { ACTIONS } from '../../../policy/document/keywords.js';
import { globMatches } from '../../../text/glob.js';
import type { ListedRule, ResolvedEntry, RuleList } from './rule-list.js';

/**
 * The entries for one server, or for all others. An entry of ours decides alone, whatever comes before or after it, so each
 * gets what the rules say together of its tools: at least as strict as the list, for every tool.
 * @param server undefined for those that no rule names
 */
export function entriesFor({ rules, fallback }: RuleList, server: string | undefined): ResolvedEntry[] {
  const applying = rules.filter((rule) => rule.server === undefined || rule.server === server);
  const patterns = [...new Set(applying.map(({ tool }) => tool).filter((tool) => tool !== '*'))];
  const refused = server === undefined ? refusedElsewhere(rules, patterns) : [];
  return [
    resolved('*', applying, fallback),
    ...patterns.map((pattern) => resolved(pattern, applying, fallback)),
    ...refused,
  ];
}

/** The servers that rules name. */
export function serversOf({ rules }: RuleList): string[] {
  return [...new Set(rules.flatMap(({ server }) => server ?? []))];
}

/**
 * What is refused on one server is refused on those that are not known by their names too: policy-wrap may call a server
 * otherwise than the other product does, and what was refused there must not pass for that.
 */
function refusedElsewhere(rules: readonly ListedRule[], known: readonly string[]): ResolvedEntry[] {
  const refused = rules.filter(
    ({ server, tool, action, condition }) =>
      server !== undefined && tool !== '*' && condition === undefined && isRefusal(action),
  );
  const names = [...new Set(refused.map(({ tool }) => tool))].filter((tool) => !known.includes(tool));
  return names.map((tool) => ({
    tool,
    action: strictest(refused.filter((rule) => rule.tool === tool).map(({ action }) => action)) ?? 'deny',
    notes: [],
  }));
}

function resolved(pattern: string, rules: readonly ListedRule[], fallback: Action): ResolvedEntry {
  const notes = new Set<string>();
  let floor: Action = 'allow';
  const done = (action: Action) => ({ tool: pattern, action: atLeast(action, floor), notes: [...notes] });
  if (pattern.includes('?')) {
    floor = 'require_approval';
    notes.add('? matches any character here, so a person is asked');
  }
  for (const group of byPriority(rules)) {
    const certain: Action[] = [];
    for (const rule of group) {
      const reach = reachOf(rule.tool, pattern);
      if (reach === 'none') continue;
      if (rule.condition !== undefined) {
        notes.add(conditionNote(rule.action, rule.condition));
        floor = atLeast(isRefusal(rule.action) ? 'require_approval' : rule.action, floor);
      } else if (reach === 'all') certain.push(rule.action);
      else {
        // For a tool that fits both, only the closer of two entries would count here.
        if (atLeast(rule.action, floor) !== floor)
          notes.add(`'${rule.tool}' fits some of the same tools, so this is as strict`);
        floor = atLeast(rule.action, floor);
      }
    }
    const decided = strictest(certain);
    if (decided !== undefined) return done(decided);
  }
  return done(fallback);
}

function conditionNote(action: Action, condition: string): string {
  const cannot = `where ${condition}, which cannot be said here`;
  if (action === 'allow') return `it was allowed ${cannot}, so that is left out`;
  return `it was ${action === 'require_approval' ? 'asked about' : 'refused'} ${cannot}, so a person is asked`;
}

/** Whether a rule is about all tools of a pattern, or about some that no closer pattern of the list names. */
function reachOf(tool: string, pattern: string): 'all' | 'some' | 'none' {
  if (globMatches(tool, pattern)) return 'all';
  return pattern !== '*' && isGlob(tool) && isGlob(pattern) && overlaps(tool, pattern) ? 'some' : 'none';
}

/** The rules of each priority, the highest first. */
function byPriority(rules: readonly ListedRule[]): ListedRule[][] {
  const priorities = [...new Set(rules.map(({ priority }) => priority))].sort((one, other) => other - one);
  return priorities.map((priority) => rules.filter((rule) => rule.priority === priority));
}

function isGlob(tool: string): boolean {
  return tool.includes('*');
}

function isRefusal(action: Action): boolean {
  return action === 'deny' || action === 'hide';
}

function atLeast(one: Action, other: Action): Action {
  return ACTIONS.indexOf(one) < ACTIONS.indexOf(other) ? one : other;
}

function strictest(actions: readonly Action[]): Action | undefined {
  return actions.length === 0 ? undefined : actions.reduce(atLeast);
}

/** Whether some name fits both, whose only special sign is `*`. */
export function overlaps(one: string, other: string): boolean {
  // reached[at]: the start of `one` so far and the first `at` signs of `other` can stand for the same text.
  let reached = starsFrom(other, [true]);
  for (const sign of one) {
    const next = other.split('').map((theirs, at) => {
      if (sign === '*') return false;
      return reached[at] === true && theirs === sign;
    });
    const here =
      sign === '*' ? reached.map((_, at) => reached.slice(0, at + 1).includes(true)) : [false, ...next];
    // A star of `other` takes the sign too.
    if (sign !== '*')
      for (const [at, theirs] of other.split('').entries())
        if (theirs === '*' && (reached[at] || reached[at + 1])) here[at + 1] = true;
    reached = starsFrom(other, here);
  }
  return reached[other.length] === true;
}

/** A star may stand for nothing. */
function starsFrom(text: string, reached: readonly boolean[]): boolean[] {
  const filled = Array.from({ length: text.length + 1 }, (_, at) => reached[at] ?? false);
  for (let at = 0; at < text.length; at++) if (filled[at] && text[at] === '*') filled[at + 1] = true;
  return filled;
}
