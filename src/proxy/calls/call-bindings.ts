import { createHash } from 'node:crypto';
import { flatSpelling } from '../../core/json/bytes/flat-spelling.js';
import { speltText } from '../../core/json/exact-spelling.js';
import { canonicalNumberText, type JsonValue, readValue } from '../../core/json/value.js';
import type { Layer } from '../../core/policy/compile/policy.js';
import type { Call, CallKind } from '../../core/policy/decide/call.js';
import { classifyName } from '../../core/policy/decide/resolve.js';
import type { Classification } from '../../core/tools/category.js';
import type { ClientInfo } from '../peers/client-info.js';

/** What is known of a call besides the message. */
export interface CallContext {
  server: string;
  client: ClientInfo | undefined;
  /** The calls of the session before this one. */
  calls: number;
  /** What a tool does, as far as the server has said; see `Call.classification`. */
  classify(name: string, trusting: boolean): Classification;
  /** See `Call.hasWorsened`. */
  hasWorsened?(name: string, layer: Layer): boolean;
}

/** Arguments as JSON text that has been proved to have one reading; asked for when somebody looks at them. */
interface ArgumentsOf {
  readonly argumentsText: string;
}

/** A call as the policy sees it. */
export function callOf(kind: CallKind, name: string, given: ArgumentsOf, context: CallContext): Call {
  const classification = (trusting: boolean) =>
    kind === 'tool' ? context.classify(name, trusting) : classifyName(name);
  const bindings = new CallBindings(name, given, classification, context);
  return {
    kind,
    name,
    bindings,
    classification,
    hasWorsened: (layer) => kind === 'tool' && context.hasWorsened?.(name, layer) === true,
    identity: () => identityOf(kind, name, given.argumentsText),
  };
}

/** What expressions see of a call. Arguments are read when the first expression asks for them. */
class CallBindings {
  readonly server: string;
  readonly client: ClientInfo;
  readonly session: { calls: number };
  #args: JsonValue | undefined;

  constructor(
    private readonly name: string,
    private readonly given: ArgumentsOf,
    private readonly classification: (trusting: boolean) => Classification,
    { server, client, calls }: CallContext,
  ) {
    this.server = server;
    this.client = client ?? { name: '', version: '' };
    this.session = { calls };
  }

  get args(): JsonValue {
    this.#args ??= readValue(this.given.argumentsText);
    return this.#args;
  }

  get tool() {
    const { category, risk, marks } = this.classification(false);
    return { name: this.name, category, risk, marks };
  }

  get now(): number {
    return Date.now();
  }
}

/** Longer ones are kept as a digest: there may be as many of them as calls in the window of a limit. Characters. */
const LONGEST_KEPT = 160;

/**
 * The same for all spellings of the same arguments, by the value of their numbers. Made from the text, which takes half the time;
 * that of flat arguments in 1 us, all others in 8. A short text stands for itself.
 */
function identityOf(kind: CallKind, name: string, argumentsText: string): string {
  const spelt = flatSpelling(argumentsText) ?? speltText(argumentsText, canonicalNumberText);
  // Chosen by the spelling that all have in common, or each would have two identities.
  if (spelt.length + name.length < LONGEST_KEPT) return `${kind} ${name.length} ${name} ${spelt}`;
  return createHash('sha256')
    .update(JSON.stringify([kind, name]))
    .update(spelt)
    .digest('base64url');
}
