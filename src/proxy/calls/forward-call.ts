import type { Approval } from '../../core/policy/decide/approval.js';
import { timeoutReply } from '../../core/replies/refusal.js';
import type { TaskNews } from '../../core/replies/task-id.js';
import type { LineSplitter } from '../../core/wire/line-splitter.js';
import { after } from '../../platform/timers.js';
import type { CallPlace } from '../peers/call-place.js';
import type { LineWriter } from '../streams/line-writer.js';
import type { ReplyWriter } from '../streams/reply-writer.js';
import type { CallRequest } from './call-request.js';
import { changeNotice } from './changed-call.js';
import {
  type Ending,
  isPlainMethod,
  type PendingRequest,
  type PendingRequests,
  resultAskedFor,
} from './pending-requests.js';

/** What forwarding a call needs. */
export interface ForwardDeps {
  pending: PendingRequests;
  toServer: LineWriter;
  replies: ReplyWriter;
  /** Whose memory the lines of the client are in. */
  lineMemory: Pick<LineSplitter, 'isLent' | 'giveBack'>;
}

interface ForwardTerms {
  /** Milliseconds that the server may take; undefined: as long as it likes. */
  timeout: number | undefined;
  /** What a person has said of the call: it applies to the rounds that go on from it. */
  approval: Approval | undefined;
  /** What that was said under. */
  standing: string | undefined;
  place: CallPlace;
}

/**
 * Prepares all that forwarding a call needs, and returns what sends it to the server as it came: from then on the server
 * owes the answer, so nothing that can fail comes before.
 * @param onEnd called once, with the task that the server has made of the call, if any
 */
export function forwardCall(
  request: CallRequest,
  { timeout, approval, standing, place }: ForwardTerms,
  deps: ForwardDeps,
  onEnd: (ending: Ending, task: TaskNews | undefined) => void,
): () => void {
  const { id, asked, method, line, round, calls } = request;
  const goesOn = { digest: () => request.digest(), number: round?.number ?? 0, approval, standing, calls };
  const { task: asksTask, modern: isModern } = asked;
  const judged = { asksTask, isModern, asked, goesOn, told: changeNotice(request) };
  let timer: NodeJS.Timeout | undefined;
  const follower = {
    ended(ending: Ending) {
      clearTimeout(timer);
      onEnd(ending, pending.task);
      const lent = request.lentLine?.();
      // Some of it may still have to be written.
      if (lent && deps.toServer.idle) deps.lineMemory.giveBack(lent);
    },
  };
  const resultOf = request.kind === 'method' ? resultAskedFor(method, request.argumentsText) : undefined;
  const isLookedInto = asksTask || isModern || judged.told !== undefined || place.isCounted;
  const isPlain = !isLookedInto && timeout === undefined && isPlainMethod(method);
  const idText = asked.idText;
  const pending: PendingRequest = { idText, method, follower, isPlain, resultOf, judged, place };
  return () => {
    if (timeout !== undefined) timer = after(timeout, () => timeOut(request, timeout, deps));
    deps.pending.add(id, pending);
    deps.toServer.write(line);
  };
}

/** The server has taken too long: it is told to stop, and we answer in its place. */
function timeOut({ id, asked }: CallRequest, milliseconds: number, deps: ForwardDeps): void {
  const { pending, toServer, replies } = deps;
  if (!pending.has(id)) return;
  pending.close(id, 'timed_out');
  const params = `{"requestId":${asked.idText},"reason":"policy-wrap: no answer within ${milliseconds / 1_000} s"}`;
  toServer.writeLine(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":${params}}`);
  replies.answer(asked.idText, timeoutReply(asked, milliseconds));
}
