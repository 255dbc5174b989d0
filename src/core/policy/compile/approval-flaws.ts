import { formatDuration, toMilliseconds } from '../../text/duration.js';
import type { ExtendsChain, SourcedDocument } from '../document/chain.js';
import type { Diagnostic, Flaw } from '../document/diagnostic.js';
import type { ApprovalsDocument, PolicyDocument } from '../document/document.js';
import { diagnosticOf } from '../document/lookup.js';
import { DEFAULT_TIMEOUT, DEFAULT_VIA } from './approval-settings.js';
import { settingsOf } from './combine-settings.js';

const LENGTHS = ['timeout', 'hold', 'grant', 'remember'] as const;

/**
 * What the schema does not see of `approvals`: settings that contradict each other, or that nothing would read.
 * @param chain a file followed by what it extends, which apply together
 * @param others the policies that judge beside it
 */
export function approvalFlaws(chain: ExtendsChain, others: readonly ExtendsChain[]): Diagnostic[] {
  const approvals = approvalsOf(chain);
  const elsewhere = others.some((other) => approvalsOf(other).command !== undefined);
  const asksElsewhere =
    approvals.via === undefined && others.some((other) => approvalsOf(other).via?.includes('command'));
  const together = [
    programFlaw(approvals, elsewhere, asksElsewhere),
    pageFlaw(approvals),
    inboxFlaw(approvals, 'notify'),
    inboxFlaw(approvals, 'edit'),
    holdFlaw(approvals),
  ];
  return [
    ...chain.flatMap((owner) => ownFlaws(owner.document).map((flaw) => diagnosticOf(flaw, owner))),
    ...together.flatMap((flaw) => (flaw ? [diagnosticOf(flaw, ownerOf(chain, flaw))] : [])),
  ];
}

function approvalsOf(chain: ExtendsChain): ApprovalsDocument {
  return settingsOf(chain.map(({ document }) => document)).approvals;
}

/** The nearest file that says it: what that file extends no longer applies. */
function ownerOf(chain: ExtendsChain, { path: [, key] }: Flaw): SourcedDocument {
  const says = ({ document }: ExtendsChain[0]) =>
    document.approvals?.[key as keyof ApprovalsDocument] !== undefined;
  return chain.find(says) ?? chain[0];
}

function ownFlaws({ approvals = {} }: PolicyDocument): Flaw[] {
  return [...twice(approvals), ...zeroLengths(approvals)];
}

function twice({ via = [] }: ApprovalsDocument): Flaw[] {
  return via.flatMap((channel, index) =>
    via.indexOf(channel) === index
      ? []
      : [
          {
            path: ['approvals', 'via', index],
            message: `'via' names '${channel}' twice`,
            help: 'a channel is asked once; remove one of the two',
          },
        ],
  );
}

function zeroLengths(approvals: ApprovalsDocument): Flaw[] {
  return LENGTHS.flatMap((key) => {
    const value = approvals[key];
    if (value === undefined || value === false || toMilliseconds(value) !== 0) return [];
    const message = `'${key}' is out of range`;
    return [{ path: ['approvals', key], part: 'value', message, help: 'it must be more than 0' }];
  });
}

function withChannels(approvals: ApprovalsDocument) {
  return { ...approvals, via: approvals.via ?? DEFAULT_VIA };
}

/** A channel without a program reaches nobody, and a program without its channel is never asked. */
function programFlaw(
  approvals: ApprovalsDocument,
  elsewhere: boolean,
  asksElsewhere: boolean,
): Flaw | undefined {
  const { via, command } = withChannels(approvals);
  const asked = via.includes('command');
  if (asked && command === undefined && !elsewhere)
    return {
      path: ['approvals', 'via'],
      message: "the channel 'command' has no program to ask",
      help: 'add `command: the-program`, or leave it out of `via`',
    };
  if (!asked && !asksElsewhere && command !== undefined)
    return {
      path: ['approvals', 'command'],
      message: "no 'via' names the channel 'command', so the program is never asked",
      help: `add it: \`via: [${[...via, 'command'].join(', ')}]\``,
    };
  return undefined;
}

function pageFlaw(approvals: ApprovalsDocument): Flaw | undefined {
  const { via, open } = withChannels(approvals);
  if (!open || via.includes('page')) return undefined;
  return {
    path: ['approvals', 'open'],
    message: "'open' is about the page, which 'via' does not name",
    help: `remove it, or add the page: \`via: [${[...via, 'page'].join(', ')}]\``,
  };
}

/** Clients and programs notify users by themselves, and ask for a yes or a no. */
function inboxFlaw(approvals: ApprovalsDocument, key: 'notify' | 'edit'): Flaw | undefined {
  const { via, [key]: wanted } = withChannels(approvals);
  if (!wanted || via.includes('page') || via.includes('terminal')) return undefined;
  return {
    path: ['approvals', key],
    message: `'${key}' is about the page and the terminal, which 'via' does not name`,
    help: `remove it, or add one: \`via: [${[...via, 'page'].join(', ')}]\``,
  };
}

function holdFlaw({ hold, timeout }: ApprovalsDocument): Flaw | undefined {
  if (hold === undefined || hold === 'unlimited') return undefined;
  const most = timeout === undefined ? DEFAULT_TIMEOUT : (toMilliseconds(timeout) ?? 0);
  if ((toMilliseconds(hold) ?? 0) <= most) return undefined;
  const otherwise = timeout === undefined ? ' by default' : '';
  return {
    path: ['approvals', 'hold'],
    part: 'value',
    message: `'hold' is longer than the time in which a person must decide, which is ${formatDuration(most)}${otherwise}`,
    help: 'make `timeout` longer, or write `hold: unlimited` to hold it until then',
  };
}
