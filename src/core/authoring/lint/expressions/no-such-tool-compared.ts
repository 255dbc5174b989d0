import { suggest } from '../../../text/did-you-mean.js';
import { quotedName } from '../../../text/name-list.js';
import type { Finding } from '../finding.js';
import { withoutPrefixes } from '../names/client-name.js';
import type { LintSubject } from '../subject.js';
import type { PolicyExpression } from './policy-expressions.js';

/** A server may have any number. */
const MOST_NAMES = 1_000;

/** `tool.name` beside a name that no tool has. Its other members are compared when a policy is loaded. */
export function noSuchToolCompared(
  { toolComparisons, origin, isMeant }: PolicyExpression,
  { tools, policy: { server } }: LintSubject,
): Finding[] {
  const known = tools.map(({ name }) => name);
  return toolComparisons
    .filter(({ field }) => field === 'name')
    .flatMap(({ values }) => values)
    .filter((value): value is string => typeof value === 'string' && !known.includes(value))
    .map((value): Finding => {
      // What clients put in front of it comes first.
      const tail = withoutPrefixes(value, server).find((each) => known.includes(each));
      const close = tail ?? suggest(value, known.slice(0, MOST_NAMES));
      return {
        rule: 'no-such-tool',
        severity: isMeant ? 'warning' : 'info',
        place: origin,
        message: `the server has no tool ${quotedName(value)}`,
        help: close ? `did you mean ${quotedName(close)}?` : 'look at the names with `policy-wrap inspect`',
      };
    });
}
