import type { AuditRecord } from '../../core/audit/record.js';
import type { Charge } from '../../core/limits/limit.js';
import type { Approval } from '../../core/policy/decide/approval.js';
import type { Call } from '../../core/policy/decide/call.js';
import type { Ruling } from '../../core/policy/decide/settle.js';
import type { Classification } from '../../core/tools/category.js';

/** What the trail must know of a call, at whatever point of its way it is. */
export interface AuditedCall {
  request: {
    call: Call;
    /** As it came. */
    line: Uint8Array;
    /** The line is there only until the call has ended: what is written down of it has to be read before. */
    readonly isLent?: boolean;
    /** JSON text, as it was sent. */
    argumentsText: string;
    /** The bytes of that text, where they lie in the line as they were sent. */
    argumentsBytes?: Uint8Array | undefined;
    /** What is sent besides name and arguments, as JSON text; undefined when that is nothing. */
    otherParams(of: { callIds: boolean }): string | undefined;
    /** The arguments that the client has asked with, where a person has put others in their place. */
    changedFrom?: string | undefined;
    client: AuditRecord['client'] | undefined;
    /** The earlier round that it goes on from. */
    round: { number: number } | undefined;
    /** Present where it claims to go on from an earlier round. */
    resumption: object | undefined;
  };
  ruling: Ruling | undefined;
  approval: Approval | undefined;
  /** Limits of observing layers that had no room. */
  over: readonly Charge[];
  /** The task that the server has made of the call. */
  taskId: string | undefined;
  /** Milliseconds of the monotonic clock. */
  startedAt: number;
}

/** Where arguments are, as they came: JSON that was proved; both places 0 where there are none. */
export interface ArgumentBytes {
  readonly memory: Uint8Array;
  readonly argumentsStart: number;
  readonly argumentsEnd: number;
}

/** A call that has passed by the name of its tool alone. */
export interface PassedAudit extends AuditedCall, ArgumentBytes {
  /** What the policy, the lists of the server and the name say; another object when one of them does. */
  readonly tool: object;
  /** Of its line. Bytes. */
  readonly size: number;
  /** Whether its params are more than the name and the arguments. */
  readonly hasOthers: boolean;
  readonly client: AuditRecord['client'] | undefined;
  classification(): Classification;
}
