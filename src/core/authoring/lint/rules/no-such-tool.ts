import type { Entry, Layer } from '../../../policy/compile/policy.js';
import type { Severity } from '../../../policy/document/diagnostic.js';
import { suggest } from '../../../text/did-you-mean.js';
import { matches, type Pattern } from '../../../text/glob.js';
import { quotedName } from '../../../text/name-list.js';
import type { Finding } from '../finding.js';
import { isBuiltIn, isForServer, type LintSubject } from '../subject.js';
import { refusedInTests } from './policy-tests.js';

/** Comparing all with all would take minutes where both are many. Pairs of names. */
const MOST_COMPARISONS = 50_000;
/** A shorter part of a name resembles too many. */
const SHORTEST_PART = 5;

/** Entries of `tools` that match no tool of the server. */
export function noSuchTool(subject: LintSubject): Finding[] {
  const names = subject.tools.map(({ name }) => name);
  let left = MOST_COMPARISONS;
  return subject.policy.layers.flatMap((layer) =>
    layer.sections
      .flatMap(({ tools }) => [...tools.exact.values(), ...tools.globs])
      .filter(({ pattern, origin }) => !isBuiltIn(origin) && !names.some((name) => matches(pattern, name)))
      .map((entry) => {
        left -= names.length;
        const close = left > 0 ? meant(entry.pattern, names) : undefined;
        return finding(entry, close, layer, subject);
      }),
  );
}

function finding(entry: Entry, close: string | undefined, layer: Layer, subject: LintSubject): Finding {
  const { pattern, origin } = entry;
  const isOurs = isForServer(origin, layer, subject);
  const kept = !pattern.exact && restricts(entry) && refusedInTests(pattern, layer, subject);
  // A refusal of a name that is not there yet does no harm; without it, the tool would pass one day.
  const first = restricts(entry) ? '' : 'remove it, or ';
  const remove = pattern.exact
    ? `${first}look at the names with \`policy-wrap inspect\``
    : `${first}look at the names with \`policy-wrap inspect\`; where it guards against future tools, add a test that calls one`;
  return {
    rule: 'no-such-tool',
    severity: severityOf(pattern, { isOurs, close, kept }),
    place: origin,
    message: pattern.exact
      ? `the server has no tool ${quotedName(pattern.text)}`
      : `no tool of the server matches ${quotedName(pattern.text)}`,
    help: close
      ? `did you mean ${quotedName(close)}?`
      : isOurs
        ? remove
        : 'it may be meant for another server, or for future tools',
  };
}

interface Circumstances {
  isOurs: boolean;
  close: string | undefined;
  /** A test says that it is meant for tools to come. */
  kept: boolean;
}

function severityOf({ exact }: Pattern, { isOurs, close, kept }: Circumstances): Severity {
  if (!isOurs || kept) return 'info';
  return exact && close !== undefined ? 'error' : 'warning';
}

function restricts({ rules }: Entry): boolean {
  return rules.some(({ action }) => action !== 'allow');
}

/** What was probably meant: a name; or for a glob with one star at an end, the part that names have there. */
function meant({ text, exact }: Pattern, names: readonly string[]): string | undefined {
  if (exact) return suggest(text, names);
  const [, before = '', after = ''] = /^([^*?]*)\*([^*?]*)$/.exec(text) ?? [];
  if (before.length >= SHORTEST_PART && after === '') {
    const close = suggest(
      before,
      parts(names, (name) => wordEnds(name).map((end) => name.slice(0, end))),
    );
    return close && `${close}*`;
  }
  if (after.length < SHORTEST_PART || before !== '') return undefined;
  const close = suggest(
    after,
    parts(names, (name) => wordEnds(name).flatMap((end) => [name.slice(end), name.slice(end - 1)])),
  );
  return close && `*${close}`;
}

function parts(names: readonly string[], cut: (name: string) => string[]): string[] {
  return [...new Set(names.flatMap(cut))].filter((part) => part.length >= SHORTEST_PART - 1);
}

/** After each separator of words. */
function wordEnds(name: string): number[] {
  return [...name.slice(0, 200).matchAll(/[_.:/-]|(?<=[a-z])(?=[A-Z])/g)].map(
    ({ index, 0: { length } }) => index + length,
  );
}
