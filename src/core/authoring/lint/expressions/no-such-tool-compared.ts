import { suggest } from '../../../text/did-you-mean.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import { CATEGORY_NAMES, RISKS } from '../../../tools/category.js';
import type { Finding } from '../finding.js';
import { withoutPrefixes } from '../names/client-name.js';
import type { LintSubject } from '../subject.js';
import type { PolicyExpression } from './policy-expressions.js';

/** A server may have any number. */
const MOST_NAMES = 1_000;

/** `tool.name`, `tool.category` and `tool.risk` beside a text that they never are. */
export function noSuchToolCompared(
  { toolComparisons, origin, isMeant }: PolicyExpression,
  { tools, policy: { server } }: LintSubject,
): Finding[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    name: tools.map(({ name }) => name),
    category: CATEGORY_NAMES,
    risk: [...new Set(Object.values(RISKS))],
  };
  return toolComparisons.flatMap(({ field, values }) =>
    values
      .filter((value): value is string => typeof value === 'string' && !known[field]?.includes(value))
      .map((value): Finding => {
        const close = meant(value, field, known[field]?.slice(0, MOST_NAMES) ?? [], server);
        const isName = field === 'name';
        return {
          rule: isName ? 'no-such-tool' : 'no-such-value',
          severity: !isName || isMeant ? 'warning' : 'info',
          place: origin,
          message: isName
            ? `the server has no tool ${quotedName(value)}`
            : `'tool.${field}' is never ${quotedName(value)}`,
          help: close
            ? `did you mean ${quotedName(close)}?`
            : isName
              ? 'look at the names with `policy-wrap inspect`'
              : `it is one of ${nameList(known[field] ?? [])}`,
        };
      }),
  );
}

/** A name without what clients put in front of it, or one that resembles it. */
function meant(value: string, field: string, known: readonly string[], server: string): string | undefined {
  const tail =
    field === 'name' ? withoutPrefixes(value, server).find((each) => known.includes(each)) : undefined;
  return tail ?? suggest(value, known);
}
