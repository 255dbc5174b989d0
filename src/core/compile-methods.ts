import { pattern } from './match.js';
import { isJudged, isServerRequest, SAMPLING } from './methods.js';
import type { Entry, Origin, SourcedDocument } from './policy.js';

/** An entry of a map of the policy, with the place where it is written. */
export interface MethodEntry extends Entry {
  owner: SourcedDocument;
  path: readonly string[];
}

/** Where the rules stand for what is judged by a table of its own. */
const TABLES = {
  'tools/call': 'tools',
  'prompts/get': 'prompts',
  'resources/read': 'resources',
  'resources/subscribe': 'resources',
} as const;

/** What is wrong with an entry of `methods`: most of all, that nothing would ever read it. */
export function methodFlaws({ pattern: { text }, rules }: Entry): { message: string; help: string }[] {
  if (isJudged(text)) {
    const table = TABLES[text];
    return [{ message: `${text} is judged by \`${table}\``, help: `write the rule under \`${table}\`` }];
  }
  if (text === SAMPLING) return [{ message: `${text} has a key of its own`, help: 'write `sampling: deny`' }];
  if (text.startsWith('notifications/')) {
    return [{ message: 'notifications are not judged, only requests are', help: 'remove it' }];
  }
  const asks = rules.some(({ action, limits }) => action === 'require_approval' || limits.length > 0);
  return isServerRequest(text) && asks
    ? [{ message: `${text} comes from the server, and is allowed or denied`, help: 'write `deny`' }]
    : [];
}

/** `sampling: deny` as an entry of `methods`. */
export function samplingEntry(rules: Entry['rules'], origin: Origin): Entry {
  return { pattern: pattern(SAMPLING), rules, origin };
}
