import type { Entry, Layer } from '../../../policy/compile/policy.js';
import { classIn, resolve } from '../../../policy/decide/resolve.js';
import { matches } from '../../../text/glob.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import type { Origin } from '../../../text/origin.js';
import { CATEGORY_NAMES } from '../../../tools/category.js';
import type { Finding } from '../finding.js';
import { type ReachableRule, reachedSteps } from '../reachable-rules.js';
import { isBuiltIn, isForServer, type LintSubject } from '../subject.js';
import { refusedInTests } from './policy-tests.js';

/** Entries that decide about none of the tools that they match, because closer ones do. */
export function shadowedEntries(reach: ReachableRule, subject: LintSubject): Finding[] {
  return subject.policy.layers.flatMap((layer) =>
    layer.sections
      .flatMap(({ tools }) => [...tools.exact.values(), ...tools.globs])
      .filter(
        ({ rules, origin }) =>
          rules.length > 0 && !isBuiltIn(origin) && !rules.some((rule) => reach.has(rule)),
      )
      .flatMap((entry) => shadowed(entry, layer, subject)),
  );
}

function shadowed(entry: Entry, layer: Layer, subject: LintSubject): Finding[] {
  const { pattern, origin } = entry;
  const matched = subject.tools.filter(({ name }) => matches(pattern, name));
  const closer = [
    ...new Set(
      matched.flatMap(
        (tool) =>
          reachedSteps(layer, tool)
            .at(-1)
            ?.rules.map((rule) => entryPointer(rule.origin)) ?? [],
      ),
    ),
  ];
  if (closer.length === 0) return [];
  const isKept = !isForServer(origin, layer, subject) || refusedInTests(pattern, layer, subject);
  const all = matched.length === 1 ? 'the only tool' : `each of the ${matched.length} tools`;
  return [
    {
      rule: 'shadowed-entry',
      severity: isKept ? 'info' : 'warning',
      place: origin,
      message: pattern.exact
        ? `this entry never decides, because ${nameList(closer)} does`
        : `this entry never decides: ${all} that ${quotedName(pattern.text)} matches is named more closely, by ${nameList(closer)}`,
      help: pattern.exact
        ? 'put what both say into the one that decides'
        : 'put what it says into those; where it guards against future tools, add a test that calls one',
      tools: matched.map(({ name }) => name),
    },
  ];
}

/** Of a rule in a list, where the list is. */
function entryPointer({ pointer }: Origin): string {
  return pointer.replace(/(\/(?:tools|categories)\/.+|\/default)\/\d+$/, '$1');
}

/** Categories that have rules and no tools. That is good to know, and right for a policy that is to outlast a server's version. */
export function emptyCategories({ policy: { layers }, tools }: LintSubject): Finding[] {
  return layers.flatMap((layer): Finding[] => {
    const present = new Set(
      tools.flatMap((tool) => {
        const { category, known } = classIn(layer, resolve(layer, 'tool', tool.name), tool);
        return known ? [category] : [];
      }),
    );
    const empty = CATEGORY_NAMES.filter((name) => !present.has(name)).flatMap((name) => {
      const rule = layer.sections.flatMap(({ categories }) => categories.get(name) ?? [])[0];
      return rule && !isBuiltIn(rule.origin) ? [{ name, origin: rule.origin }] : [];
    });
    const [first] = empty;
    if (first === undefined) return [];
    return [
      {
        rule: 'empty-category',
        severity: 'info',
        place: first.origin,
        message: `the server has no tools of the ${empty.length === 1 ? 'category' : 'categories'} ${nameList(empty.map(({ name }) => name))}`,
        help: 'keep the rules for future tools',
      },
    ];
  });
}
