import { canonical, readValue } from '../../json/value.js';
import type { Classification } from '../../tools/category.js';
import type { Call, CallKind } from './call.js';
import { classifyName } from './resolve.js';

/** What a call looks like, as far as the policy needs to know it. */
export interface Sample {
  kind: CallKind;
  /** The name of the tool or prompt, the URI of the resource, or the method. */
  name: string;
  /** JSON text of the arguments, exactly as the server gets it. */
  argumentsText: string;
  /** The id of the server that the policy was compiled for. */
  server: string;
  /** The name of the client. */
  client?: string | undefined;
  /** Calls of the session before this one. */
  calls?: number | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** What the tool does; by its name where it is not known. */
  classification?: Classification | undefined;
}

/**
 * Makes a call from what is known of it, for `explain`, `test` and users of the library.
 * @throws {SyntaxError} when `argumentsText` is not JSON, or parsers could read it in different ways: refuse such a call
 */
export function sampleCall(sample: Sample): Call {
  const { kind, name, argumentsText, server, client, calls, now } = sample;
  const args = readValue(argumentsText);
  const classification = sample.classification ?? classifyName(name);
  const { category, risk, marks } = classification;
  const bindings = {
    args: kind === 'resource' ? new Map([['uri', name]]) : args,
    tool: { name, category, risk, marks },
    server,
    client: { name: client ?? '', version: '' },
    session: { calls: calls ?? 0 },
    now,
  };
  return {
    kind,
    name,
    bindings,
    classification: () => classification,
    identity: () => `${kind} ${name} ${canonical(args)}`,
  };
}
