import type { Preview } from '../../policy/decide/preview.js';
import type { Action } from '../../policy/document/document.js';
import { counted } from '../../text/plural.js';

export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  allow: 'allow',
  require_approval: 'ask',
  deny: 'deny',
  hide: 'hide',
};

/** What a policy does with a tool in a few words, without the limits of all calls: `allow, 30 calls per 60 s`, `ask`, `by arguments`. */
export function decisionWords({ action, observed, limits, conditions }: Preview): string {
  if (conditions.some((condition) => condition.action !== action)) return 'by arguments';
  const [limit, ...more] = limits
    .filter((each) => !/^(?:the same call|this session) /.test(each))
    .map(withoutSubject);
  const limited = action === 'allow' && limit !== undefined ? `, ${limit}` : '';
  const others = limited && more.length > 0 ? ` and ${counted(more.length, 'more limit')}` : '';
  const would = observed ? ` (would ${ACTION_WORDS[observed]})` : '';
  return `${ACTION_WORDS[action]}${limited}${others}${would}`;
}

/** `create_key is limited to 10 calls per 60 s` without its subject. */
function withoutSubject(limit: string): string {
  return limit.slice(limit.lastIndexOf(' limited to ') + ' limited to '.length);
}
