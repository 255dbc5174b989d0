import type { Layer } from '../../../policy/compile/policy.js';
import type { TestDocument } from '../../../policy/document/document.js';
import { originOf } from '../../../policy/document/lookup.js';
import { suggest } from '../../../text/did-you-mean.js';
import { matches, type Pattern, pattern } from '../../../text/glob.js';
import { quotedName } from '../../../text/name-list.js';
import { splitIntoWords } from '../../../text/split-words.js';
import type { Finding } from '../finding.js';
import type { LintSubject } from '../subject.js';

/** Pairs of names. */
const MOST_COMPARISONS = 50_000;
const REFUSING = new Set(['deny', 'hide', 'require_approval']);

/** `tests:` that call a tool which the server lacks. A test that something unknown is refused may be meant. */
export function unknownInTests(subject: LintSubject): Finding[] {
  const names = subject.tools.map(({ name }) => name);
  const known = new Set(names);
  let left = MOST_COMPARISONS;
  return subject.policy.layers.flatMap((layer) => {
    const own = subject.chains[subject.policy.layers.indexOf(layer)]?.[0];
    return (own?.document.tests ?? []).flatMap((test, index): Finding[] => {
      const { call } = test;
      if (own === undefined || call === undefined || known.has(call) || !isAbout(test, layer, subject))
        return [];
      left -= names.length;
      const close = left > 0 ? suggest(call, names) : undefined;
      const refusing = isRefusing(test);
      return [
        {
          rule: 'no-such-tool-in-test',
          severity: close === undefined && refusing ? 'info' : 'warning',
          place: originOf(own, ['tests', index]),
          message: `this test calls ${quotedName(call)}, which the server does not have`,
          help: close
            ? `did you mean ${quotedName(close)}?`
            : refusing
              ? 'leave it, if it is about future tools'
              : 'call a tool that the server has',
        },
      ];
    });
  });
}

/** Whether a test of the file says that tools to come, which the pattern matches, are to be refused. */
export function refusedInTests(wanted: Pattern, layer: Layer, subject: LintSubject): boolean {
  const known = new Set(subject.tools.map(({ name }) => name));
  const own = subject.chains[subject.policy.layers.indexOf(layer)]?.[0];
  return (own?.document.tests ?? []).some(
    (test) =>
      test.call !== undefined && isRefusing(test) && !known.has(test.call) && matches(wanted, test.call),
  );
}

/** A test names its server, or its file is for this one alone. */
function isAbout({ server }: TestDocument, layer: Layer, { policy, chains, general }: LintSubject): boolean {
  if (server !== undefined) return server === policy.server;
  const own = chains[policy.layers.indexOf(layer)]?.[0];
  return (
    own !== undefined && !general.has(own.source) && Object.keys(own.document.servers ?? {}).length === 0
  );
}

function isRefusing({ expect }: TestDocument): boolean {
  const expected = Array.isArray(expect) ? expect : [expect];
  return expected.every((each) => REFUSING.has(each.split(' ')[0] ?? ''));
}

/** Files with parts for servers, none of which is this one. */
export function noSuchServer({ policy, chains, general }: LintSubject): Finding[] {
  return chains.flatMap((chain): Finding[] => {
    const written = [...new Set(chain.flatMap(({ document }) => Object.keys(document.servers ?? {})))];
    if (written.length === 0 || written.some((name) => matches(pattern(name), policy.server))) return [];
    const owner = chain.find(({ document }) => document.servers) ?? chain[0];
    const close = suggest(policy.server, written) ?? written.find((name) => isPart(name, policy.server));
    const isUnnamed = policy.server === '' && !general.has(owner.source);
    return [
      {
        rule: 'no-such-server',
        severity: close !== undefined || isUnnamed ? 'warning' : 'info',
        place: originOf(owner, close === undefined ? ['servers'] : ['servers', close]),
        message:
          policy.server === ''
            ? 'the server has no name, so no section of `servers` applies'
            : `no part of \`servers\` is for the server ${quotedName(policy.server)}`,
        help:
          policy.server === ''
            ? 'name it with --server'
            : close === undefined
              ? 'the top level applies'
              : `write ${quotedName(policy.server)} for ${quotedName(close)}, or name the server with --server`,
      },
    ];
  });
}

/** `memory` is what a client may call `@modelcontextprotocol/server-memory`. */
function isPart(name: string, server: string): boolean {
  const words = splitIntoWords(server);
  const own = splitIntoWords(name).filter((word) => word !== 'mcp' && word !== 'server');
  return own.length > 0 && own.every((word) => words.includes(word));
}
