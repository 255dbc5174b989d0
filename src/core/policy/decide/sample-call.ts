import { canonical, readValue } from '../../json/value.js';
import type { Classification } from '../../tools/category.js';
import type { Call, CallKind } from './call.js';
import { classifyName } from './resolve.js';

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
  /** What the tool does; by its name where it is not known. */
  classification?: Classification | undefined;
}

/** A call for `explain` and `test`, judged by the same functions as a real one. */
export function sampleCall(sample: Sample): Call {
  const { kind, name, argumentsText, server, client, calls, now } = sample;
  const args = readValue(argumentsText);
  const classification = sample.classification ?? classifyName(name);
  const { category, risk } = classification;
  const bindings = {
    args: kind === 'resource' ? new Map([['uri', name]]) : args,
    tool: { name, category, risk },
    server,
    client: { name: client ?? '', version: '' },
    session: { calls: calls ?? 0 },
    now,
  };
  return {
    ...{ kind, name, bindings },
    classification: () => classification,
    identity: () => `${kind} ${name} ${canonical(args)}`,
  };
}
