import { restricts } from '../../../policy/compile/late-entry.js';
import type { Entry, Layer } from '../../../policy/compile/policy.js';
import type { Severity } from '../../../policy/document/diagnostic.js';
import { suggest } from '../../../text/did-you-mean.js';
import { matches, type Pattern, pattern } from '../../../text/glob.js';
import { nameList, quotedName } from '../../../text/name-list.js';
import type { Finding } from '../finding.js';
import { withoutPrefixes } from '../names/client-name.js';
import { type OddName, oddName } from '../names/odd-name.js';
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
        const ofServer = entry.origin.pointer.startsWith('/servers/');
        const odd = oddName(entry.pattern.text, 'tools', ofServer);
        const close = left > 0 ? meant(entry.pattern, odd, names, subject.policy.server) : [];
        return finding(entry, { close, odd }, layer, subject);
      }),
  );
}

interface Guess {
  /** What was probably meant: a name or glob, or several that stand for it together. */
  close: readonly string[];
  /** What of its form shows that it matches nothing. */
  odd: OddName | undefined;
}

function finding(entry: Entry, { close, odd }: Guess, layer: Layer, subject: LintSubject): Finding {
  const { pattern: wanted, origin } = entry;
  const isOurs = isForServer(origin, layer, subject) || (odd !== undefined && odd.prefix === undefined);
  const kept = !wanted.exact && restricts(entry) && refusedInTests(wanted, layer, subject);
  const message = wanted.exact
    ? `the server has no tool ${quotedName(wanted.text)}`
    : `no tool of the server matches ${quotedName(wanted.text)}`;
  return {
    rule: 'no-such-tool',
    severity: severityOf(wanted, { isOurs, isClose: close.length > 0, kept }),
    place: origin,
    message: odd && (isOurs || close.length > 0) ? odd.message : message,
    help: helpFor(entry, { close, odd }, isOurs),
  };
}

function helpFor(entry: Entry, { close, odd }: Guess, isOurs: boolean): string {
  const [only = ''] = close;
  if (close.length > 1) return `write an entry for each: ${nameList(close.map(quotedName))}`;
  if (close.length === 1) return `did you mean ${quotedName(only)}?`;
  if (!isOurs) return 'it may be meant for another server, or for future tools';
  if (odd) return odd.help;
  // A refusal of a name that is not there yet does no harm; without it, the tool would pass one day.
  const first = restricts(entry) ? '' : 'remove it, or ';
  const look = `${first}look at the names with \`policy-wrap inspect\``;
  return entry.pattern.exact
    ? look
    : `${look}; where it guards against future tools, add a test that calls one`;
}

interface Circumstances {
  isOurs: boolean;
  /** Whether there is a tool that was probably meant. */
  isClose: boolean;
  /** A test says that it is meant for tools to come. */
  kept: boolean;
}

function severityOf({ exact }: Pattern, { isOurs, isClose, kept }: Circumstances): Severity {
  if (!isOurs || kept) return 'info';
  return exact && isClose ? 'error' : 'warning';
}

/** What was probably meant: what is left without prefixes, or what other patterns stand for, as far as the server has it; else what resembles it. */
function meant(
  written: Pattern,
  odd: OddName | undefined,
  names: readonly string[],
  server: string,
): readonly string[] {
  const isThere = (text: string) => {
    const wanted = pattern(text);
    return names.some((name) => matches(wanted, name));
  };
  if (odd && odd.meant.length > 0 && odd.meant.every(isThere)) return odd.meant;
  const tail = withoutPrefixes(written.text, server).find(isThere);
  const close = tail ?? (odd === undefined ? resembling(written, names) : undefined);
  return close === undefined ? [] : [close];
}

/** A name that resembles it; or for a glob with one star at an end, the part that names have there. */
function resembling({ text, exact }: Pattern, names: readonly string[]): string | undefined {
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
