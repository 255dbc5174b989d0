import type { Trail } from '../../../audit/trail.js';
import type { LivePolicy } from '../../../config/live-policy.js';
import type { Classification } from '../../../core/tools/category.js';
import { type FastRequest, readFastRequest } from '../../../core/wire/fast/fast-request.js';
import type { ClientState } from '../../peers/client-info.js';
import type { ToolLists } from '../../peers/tool-lists.js';
import { bufferOf, withoutLineEnd } from '../../streams/bytes.js';
import type { LineWriter } from '../../streams/line-writer.js';
import type { ReplyWriter } from '../../streams/reply-writer.js';
import type { CallContext } from '../call-bindings.js';
import type { Ending, PendingRequests } from '../pending-requests.js';
import { FastCall } from './fast-call.js';
import type { KnownRulings } from './known-rulings.js';
import { PassedCall, type PassedCallDeps } from './passed-call.js';
import { PassingTools } from './passing-tools.js';

/** Longer lines have memory of their own, which need not be copied. Bytes. */
const LONGEST = 16 * 1024;
/** Calls are kept together in pieces of this size. Bytes. */
const MEMORY = 64 * 1024;

/** What calls that pass meet. */
export interface PassingCallsDeps {
  livePolicy: LivePolicy;
  toolLists: ToolLists;
  clientState: ClientState;
  rulings: KnownRulings;
  pending: PendingRequests;
  replies: ReplyWriter;
  toServer: LineWriter;
  trail: Trail;
}

/** What whoever reads the lines of the client knows of its calls. */
export interface KnownCalls {
  /** Whether a call with this id waits for somebody. */
  isHeld(id: string | number): boolean;
  contextFor(call: Pick<PassedCall, 'client' | 'calls'>): CallContext;
}

/**
 * Forwards what most calls are: plain, and of a tool that the policy lets go by its name, without limits, questions or a
 * time-out. All others are for `Exchange`.
 */
export class PassingCalls implements PassedCallDeps {
  readonly #tools: PassingTools;
  #memory = new Uint8Array(0);
  #used = 0;

  constructor(
    private readonly deps: PassingCallsDeps,
    private readonly known: KnownCalls,
  ) {
    this.#tools = new PassingTools(deps.rulings);
  }

  /**
   * Forwards a call that passes.
   * @param line with its line end
   * @param calls how many of the session came before it
   * @returns false where the call has to be judged; then nothing has happened
   */
  take(line: Uint8Array, request: FastRequest, calls: number): boolean {
    if (line.length > LONGEST) return false;
    const { livePolicy, toolLists, pending, replies, toServer, clientState } = this.deps;
    const { policy } = livePolicy;
    // Such a call must not go before its record is written.
    if (policy.audit.required) return false;
    const tool = this.#tools.of(line, request, policy, toolLists.version);
    if (tool === undefined) return false;
    const id = request.id ?? textOf(line, request.idStart + 1, request.idEnd - 1);
    if (pending.has(id) || this.known.isHeld(id) || replies.owesAny) return false;
    const start = this.#keep(line);
    const { length } = line;
    pending.add(
      id,
      new PassedCall(id, this.#memory, start, length, request, tool, clientState.info, calls, this),
    );
    toServer.write(line);
    return true;
  }

  /** The memory of a line is used again for the next; what is kept of a call is in memory with others. Returns where. */
  #keep(line: Uint8Array): number {
    if (this.#used + line.length > this.#memory.length) {
      this.#memory = new Uint8Array(MEMORY);
      this.#used = 0;
    }
    const start = this.#used;
    this.#memory.set(line, start);
    this.#used += line.length;
    return start;
  }

  /** The call as any other is read. */
  read(passed: PassedCall): FastCall {
    const request = readFastRequest(withoutLineEnd(passed.line));
    if (request === undefined) throw new Error('a call was read that cannot be read');
    return new FastCall(passed.line, request, this.known.contextFor(passed));
  }

  classification({ tool }: PassedCall): Classification {
    return this.deps.toolLists.classify(tool.name, false);
  }

  ended(passed: PassedCall, ending: Ending): void {
    if (passed.task === undefined) this.deps.trail.passed(passed, ending);
    else this.deps.trail.ended(passed, ending);
  }
}

function textOf(line: Uint8Array, start: number, end: number): string {
  return bufferOf(line).toString('latin1', start, end);
}
