import type { Charge } from '../../limits/limit.js';
import type { Origin } from '../../text/origin.js';
import type { Category } from '../../tools/category.js';
import type { Entry, Layer } from '../compile/policy.js';
import type { Action } from '../document/document.js';
import { ACTIONS } from '../document/keywords.js';
import type { Call, CallKind } from './call.js';
import { classIn, type Resolution, type ResolutionStep } from './resolve.js';

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
  const strictest = strictestOf(written, readings);
  const { action, rule } = strictest;
  const odd = rule && `Some servers read this URI as one that ${rule.pointer} is about.`;
  if (strictest !== written && refuses(action)) return { ...strictest, reason: strictest.reason ?? odd };
  return withLimitsOf(strictest, [written, ...readings]);
}

/**
 * What holds for a tool whose definition has become worse than the policy takes it for: the stricter of what its rules say with
 * the category that is written and with the one that it has now, and the limits of both.
 */
export function strictestClass(written: Verdict, found: Verdict, category: Category): Verdict {
  const strictest = strictestOf(written, [found]);
  if (strictest === written) return withLimitsOf(written, [written, found]);
  const why = `The definition that the server lists now is not the one that was locked, and looks ${category}.`;
  const reason = strictest.reason === undefined ? why : `${strictest.reason} ${why}`;
  return withLimitsOf({ ...strictest, reason }, [written, found]);
}

function strictestOf(first: Verdict, others: readonly Verdict[]): Verdict {
  let strictest = first;
  for (const verdict of others) if (isStricter(verdict.action, strictest.action)) strictest = verdict;
  return strictest;
}

function refuses(action: Action): boolean {
  return action === 'deny' || action === 'hide';
}

/** What lets a call pass takes from all limits, each once. */
function withLimitsOf(strictest: Verdict, all: readonly Verdict[]): Verdict {
  if (refuses(strictest.action)) return strictest;
  const charges = all.flatMap((verdict) => verdict.charges);
  const timeouts = all.flatMap(({ timeout }) => timeout ?? []);
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

/** The call with the class that conditions of this layer are to see. */
export function asTakenBy(layer: Layer, resolution: Resolution, call: Call): Call {
  if (resolution.category === undefined && !layer.trustsAnnotations) return call;
  return {
    kind: call.kind,
    name: call.name,
    classification: (trusting) => call.classification(trusting),
    hasWorsened: (of) => call.hasWorsened?.(of) === true,
    identity: () => call.identity(),
    bindings: {
      get server() {
        return call.bindings.server;
      },
      get client() {
        return call.bindings.client;
      },
      get session() {
        return call.bindings.session;
      },
      get args() {
        return call.bindings.args;
      },
      get tool() {
        const { category, risk } = classIn(layer, resolution, call);
        const { marks } = call.classification(layer.trustsAnnotations);
        return { name: call.name, category, risk, marks };
      },
      get now() {
        return call.bindings.now;
      },
    },
  };
}
