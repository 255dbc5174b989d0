import type { Approval } from '../../core/policy/decide/approval.js';
import type { Channel } from '../../core/policy/document/document.js';
import { errorText } from '../../core/text/error-text.js';
import type { ApprovalRequest, Approver } from './approver.js';

/**
 * Asks through the channels of the request in their order. Those that can be asked side by side are: the first answer
 * counts and the others are taken back. Where nobody is reached, the next are tried. Never rejects.
 * @param signal aborted when nobody needs an answer any more
 * @param failures what was tried in vain, before and by this
 * @param asking has the channels that are being asked, as long as they are
 */
export async function firstAnswer(
  approvers: readonly Approver[],
  request: ApprovalRequest,
  signal: AbortSignal,
  failures: Approval[] = [],
  asking = new Set<Channel>(),
): Promise<Approval> {
  for (const via of groups(request.via)) {
    const answer = await askGroup(approvers, { ...request, via }, signal, { failures, asking });
    if (answer !== undefined) return answer;
    if (signal.aborted) return { approved: false, via: via[0] ?? 'none', how: 'unanswered' };
  }
  const reason = reasonsOf(failures) ?? 'This client cannot ask its user.';
  return { approved: false, via: failures.at(-1)?.via ?? 'none', how: 'unavailable', reason };
}

/** Why those who were tried have reached nobody. */
export function reasonsOf(failures: readonly Approval[]): string | undefined {
  const reasons = new Set(failures.flatMap(({ reason }) => reason ?? []));
  return reasons.size > 0 ? [...reasons].join(' ') : undefined;
}

/** The client shows one question at a time and to one person, so it is asked alone; the other channels are asked together. */
function groups(via: readonly Channel[]): Channel[][] {
  const found: Channel[][] = [];
  for (const channel of via) {
    const last = found.at(-1);
    if (channel === 'elicitation' || last === undefined || last[0] === 'elicitation') found.push([channel]);
    else last.push(channel);
  }
  return found;
}

/** The first answer of those that are available, undefined when none of them reaches anybody. */
async function askGroup(
  approvers: readonly Approver[],
  request: ApprovalRequest,
  signal: AbortSignal,
  { failures, asking }: { failures: Approval[]; asking: Set<Channel> },
): Promise<Approval | undefined> {
  const asked = approvers.filter(
    (approver) =>
      approver.via.some((channel) => request.via.includes(channel)) && approver.available(request),
  );
  if (asked.length === 0) return undefined;
  const others = new AbortController();
  const abort = () => others.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await new Promise<Approval | undefined>((resolve) => {
      let left = asked.length;
      for (const approver of asked) {
        const channels = approver.via.filter((channel) => request.via.includes(channel));
        for (const channel of channels) asking.add(channel);
        void ask(approver, request, others.signal).then((approval) => {
          if (approval.how !== 'unavailable') return resolve(approval);
          failures.push(approval);
          for (const channel of channels) asking.delete(channel);
          if (--left === 0) resolve(undefined);
        });
      }
    });
  } finally {
    signal.removeEventListener('abort', abort);
    abort();
  }
}

/** A channel that breaks reaches nobody, and one that does not stop when it should is no longer listened to. */
async function ask(approver: Approver, request: ApprovalRequest, signal: AbortSignal): Promise<Approval> {
  const [via = 'none'] = approver.via.filter((channel) => request.via.includes(channel));
  try {
    return await Promise.race([approver.ask(request, signal), unanswered(via, signal)]);
  } catch (error) {
    return {
      approved: false,
      via,
      how: 'unavailable',
      reason: `The channel ${via} failed: ${errorText(error)}.`,
    };
  }
}

function unanswered(via: Approval['via'], signal: AbortSignal): Promise<Approval> {
  return new Promise((resolve) => {
    const end = () => resolve({ approved: false, via, how: 'unanswered' });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
