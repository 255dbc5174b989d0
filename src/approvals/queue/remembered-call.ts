import type { CallKind } from '../../core/policy/decide/call.js';
import type { Channel } from '../../core/policy/document/document.js';

/** An approval that applies to later calls. */
export interface RememberedCall {
  id: string;
  server: string;
  kind: CallKind;
  name: string;
  scope: 'call' | 'tool';
  /** Of scope `call`, unless they are long. JSON text. */
  argumentsText: string | undefined;
  /** Milliseconds since 1970; undefined: as long as the process lives. */
  until: number | undefined;
  via: Channel | 'none';
  by: string | undefined;
}
