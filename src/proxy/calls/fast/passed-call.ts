import type { PassedAudit } from '../../../audit/entries/audited-call.js';
import type { Asked } from '../../../core/replies/refusal.js';
import type { Classification } from '../../../core/tools/category.js';
import type { FastRequest } from '../../../core/wire/fast/fast-request.js';
import type { ClientInfo } from '../../peers/client-info.js';
import type { Ending, Follower, JudgedRequest, NextRound, PendingRequest } from '../pending-requests.js';
import type { FastCall } from './fast-call.js';
import type { PassingTool } from './passing-tools.js';

const NONE = [] as const;

/** What the calls of a session that pass have in common. */
export interface PassedCallDeps {
  /** The call as any other is read, from its line. */
  read(passed: PassedCall): FastCall;
  /** What its tool is taken for now. */
  classification(passed: PassedCall): Classification;
  ended(passed: PassedCall, ending: Ending): void;
}

/**
 * A plain call that went to the server because the policy lets all calls of its tool go: without limits, questions or a
 * time-out. In one object what `Exchange` and `forwardCall` make of such a call; what is rarely asked for is made when it is.
 */
export class PassedCall implements PendingRequest, JudgedRequest, Follower, PassedAudit {
  readonly startedAt = performance.now();
  task: PendingRequest['task'];
  readonly judged = this;
  follower: Follower | undefined = this;
  readonly hasOthers: boolean;
  /** Where its arguments are in `memory`; both 0 where there are none. */
  readonly argumentsStart: number;
  readonly argumentsEnd: number;
  #request: FastCall | undefined;

  /**
   * @param memory with its line, as it came
   * @param start where that is in it
   * @param size of the line. Bytes
   * @param calls how many of the session came before it
   */
  constructor(
    readonly id: string | number,
    readonly memory: Uint8Array,
    private readonly start: number,
    readonly size: number,
    { argumentsStart, argumentsEnd, metaEnd }: FastRequest,
    readonly tool: PassingTool,
    readonly client: ClientInfo | undefined,
    readonly calls: number,
    private readonly deps: PassedCallDeps,
  ) {
    this.hasOthers = metaEnd > 0;
    this.argumentsStart = argumentsEnd === 0 ? 0 : start + argumentsStart;
    this.argumentsEnd = argumentsEnd === 0 ? 0 : start + argumentsEnd;
  }

  get line(): Uint8Array {
    return this.memory.subarray(this.start, this.start + this.size);
  }

  get method(): 'tools/call' {
    return 'tools/call';
  }

  get isPlain(): boolean {
    return true;
  }

  get asksTask(): boolean {
    return false;
  }

  get isModern(): boolean {
    return false;
  }

  get told(): undefined {
    return undefined;
  }

  get approval(): undefined {
    return undefined;
  }

  get over(): typeof NONE {
    return NONE;
  }

  get ruling(): PassingTool['ruling'] {
    return this.tool.ruling;
  }

  get taskId(): string | undefined {
    return this.task?.id;
  }

  /** Plain ids are written in one way only. */
  get idText(): string {
    return typeof this.id === 'number' ? String(this.id) : `"${this.id}"`;
  }

  get request(): FastCall {
    this.#request ??= this.deps.read(this);
    return this.#request;
  }

  get asked(): Asked {
    return this.request.asked;
  }

  get goesOn(): NextRound {
    return {
      digest: () => this.request.digest(),
      number: 0,
      approval: undefined,
      standing: undefined,
      calls: this.calls,
    };
  }

  classification(): Classification {
    return this.deps.classification(this);
  }

  ended(ending: Ending): void {
    this.deps.ended(this, ending);
  }
}
