import type { Charge } from '../../limits/limit.js';
import type { Origin } from '../../text/origin.js';
import type { Entry, Layer } from '../compile/policy.js';
import type { Action } from '../document/document.js';
import { ACTIONS } from '../document/keywords.js';
import type { Call, CallKind } from './call.js';
import type { ResolutionStep } from './resolve.js';

/** What one layer says of a call. */
export interface Verdict {
  /** Whose verdict it is. */
  layer: Layer;
  /** What the layer wants, whether it enforces or observes. */
  action: Action;
  /** The rule that decided; undefined where no rule had to (a resource that nothing names). */
  rule: Origin | undefined;
  /** As the rule gives it, or why no rule could be applied. */
  reason: string | undefined;
  /** What has to be taken from limits before the call may go; empty when the call is refused anyway. */
  charges: readonly Charge[];
  /** Milliseconds that the server may take; undefined where nothing limits it. */
  timeout: number | undefined;
}

/** One thing that was looked at on the way to a verdict, for people. */
export interface TraceStep {
  /** The source of the layer. */
  layer: string;
  /** The rule or limit that was looked at. */
  origin: Origin | undefined;
  /** How it was found. */
  how: ResolutionStep['how'] | 'limit' | 'lookalike';
  /** What the rule would do; undefined for limits. */
  action: Action | undefined;
  /** What came of it, in words. */
  result: string;
}

/** The stricter of two actions. */
export function isStricter(action: Action, than: Action): boolean {
  return ACTIONS.indexOf(action) < ACTIONS.indexOf(than);
}

type Note = ((step: TraceStep) => void) | undefined;

/** Servers in C end a text at U+0000: what rules say of the whole name says nothing of the name that such a server runs. */
export function refuseCutName(layer: Layer, note: Note): Verdict {
  const reason = 'The name has a U+0000 in it, where some servers end it.';
  note?.({ layer: layer.source, origin: undefined, how: 'lookalike', action: 'deny', result: reason });
  return { layer, action: 'deny', rule: undefined, reason, charges: [], timeout: undefined };
}

/** What resembles a hidden name is answered like it, or the answer would tell that there is something hidden. */
export function refuseLookalike(layer: Layer, lookalike: Entry, kind: CallKind, note: Note): Verdict {
  const { origin, pattern, rules } = lookalike;
  const action = rules.some((rule) => rule.action === 'hide') ? 'hide' : 'deny';
  const reason =
    kind === 'resource'
      ? `Some servers read this URI as one that ${pattern.text} matches.`
      : `The name differs from ${pattern.text} only by case, width, spaces or invisible characters.`;
  note?.({ layer: layer.source, origin, how: 'lookalike', action, result: reason });
  return { layer, action, rule: origin, reason, charges: [], timeout: undefined };
}

/** What holds where a URI may be read in several ways: the strictest answer, and the limits of all. */
export function strictestReading(written: Verdict, readings: readonly Verdict[]): Verdict {
  let strictest = written;
  for (const verdict of readings) if (isStricter(verdict.action, strictest.action)) strictest = verdict;
  const { action, rule } = strictest;
  if (action === 'deny' || action === 'hide') {
    const odd = rule && `Some servers read this URI as one that ${rule.pointer} is about.`;
    return strictest === written ? written : { ...strictest, reason: strictest.reason ?? odd };
  }
  const charges = [written, ...readings].flatMap((verdict) => verdict.charges);
  const timeouts = [written, ...readings].flatMap(({ timeout }) => timeout ?? []);
  return {
    ...strictest,
    charges: charges.filter((charge, index) => charges.findIndex((other) => isSame(charge, other)) === index),
    timeout: timeouts.length > 0 ? Math.min(...timeouts) : undefined,
  };
}

function isSame({ counter, limit }: Charge, other: Charge): boolean {
  return counter === other.counter && limit === other.limit;
}

/** The call as if the URI had been written in another way. */
export function readAs(call: Call, uri: string): Call {
  const { bindings } = call;
  return {
    ...call,
    name: uri,
    bindings: {
      server: bindings.server,
      client: bindings.client,
      session: bindings.session,
      tool: bindings.tool,
      get args() {
        const { args } = bindings;
        return new Map([...(args instanceof Map ? args : []), ['uri', uri]]);
      },
      get now() {
        return bindings.now;
      },
    },
  };
}
