import { suggest } from '../../text/did-you-mean.js';
import { matches, pattern } from '../../text/glob.js';
import type { Origin } from '../../text/origin.js';
import {
  isJudged,
  isServerRequest,
  JUDGED,
  methodFlaw,
  requestMethods,
  SAMPLING,
} from '../../wire/methods.js';
import type { SourcedDocument } from '../document/chain.js';
import type { Flaw } from '../document/diagnostic.js';
import type { Entry } from './policy.js';

/** An entry of a map of the policy, with the place where it is written. */
export interface MethodEntry extends Entry {
  owner: SourcedDocument;
  path: readonly string[];
}

/** What is wrong with an entry of `methods`: most of all, that nothing would ever read it. */
export function methodFlaws({ pattern: written, rules }: Entry): Omit<Flaw, 'path'>[] {
  const { text } = written;
  if (isJudged(text)) {
    const { table } = JUDGED[text];
    return [{ message: `${text} is judged by \`${table}\``, help: `write the rule under \`${table}\`` }];
  }
  if (text === SAMPLING) return [{ message: `${text} has a key of its own`, help: 'write `sampling: deny`' }];
  const closed = Object.entries(JUDGED).find(([method]) => text !== '*' && matches(written, method));
  if (closed) {
    const [method, { table }] = closed;
    const message = `'${text}' looks as if it judged ${method}, which is judged by \`${table}\``;
    return [{ message, help: 'name each method that is meant, or write "*" for all others' }];
  }
  if (/^notif/.test(text)) {
    return [
      { message: 'notifications are not judged, only requests are', help: 'name the request that is meant' },
    ];
  }
  if (written.exact && !isServerRequest(text) && methodFlaw(text) !== undefined) {
    const close = suggest(text, requestMethods());
    const message = `no request of the method '${text}' ever passes, whatever a rule says`;
    return [{ message, help: close ? `did you mean '${close}'?` : 'name the request that is meant' }];
  }
  const asks = rules.some(
    ({ action, limits, timeout }) =>
      action === 'require_approval' || limits.length > 0 || timeout !== undefined,
  );
  return isServerRequest(text) && asks
    ? [{ message: `${text} comes from the server, and is allowed or denied`, help: 'write `deny`' }]
    : [];
}

/** `sampling: deny` as an entry of `methods`. */
export function samplingEntry(rules: Entry['rules'], origin: Origin): Entry {
  return { pattern: pattern(SAMPLING), rules, origin };
}
