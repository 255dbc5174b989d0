import type { Call, CallKind } from './call.js';
import { classifyName } from './resolve.js';
import { canonical, readValue } from './value.js';

/** What a call that nobody has made would look like. */
export interface Sample {
  kind: CallKind;
  name: string;
  /** JSON text. */
  argumentsText: string;
  server: string;
  client?: string | undefined;
  /** Calls of the session before this one. */
  calls?: number | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A call for `explain` and `test`, judged by the same functions as a real one. */
export function sampleCall({ kind, name, argumentsText, server, client, calls, now }: Sample): Call {
  const args = readValue(argumentsText);
  const { category, risk } = classifyName(name);
  const bindings = {
    args: kind === 'resource' ? new Map([['uri', name]]) : args,
    tool: { name, category, risk },
    server,
    client: { name: client ?? '', version: '' },
    session: { calls: calls ?? 0 },
    now,
  };
  return { kind, name, bindings, identity: () => `${kind} ${name} ${canonical(args)}` };
}
