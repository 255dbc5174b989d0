import type { Layer, Policy } from '../../policy/compile/policy.js';
import type { ExpressionReader } from '../../policy/conditions/cel.js';
import type { Named } from '../../policy/decide/resolve.js';
import type { ExtendsChain } from '../../policy/document/chain.js';
import type { Origin } from '../../text/origin.js';
import type { Classification } from '../../tools/category.js';
import type { ToolDefinition } from '../../tools/definition.js';
import { classifyTool } from '../../tools/listing/classify-listed.js';

/** A policy and the tools that it is compared with. */
export interface LintSubject {
  policy: Policy;
  /** What each layer of the policy was made of, in the same order. */
  chains: readonly ExtendsChain[];
  /** The files that are for whatever server, such as the user's own. */
  general: ReadonlySet<string>;
  tools: readonly KnownTool[];
  /** Undefined where no expression is written. */
  expressions: ExpressionReader | undefined;
}

/** A tool of the server, as rules find it. */
export interface KnownTool extends Named {
  definition: ToolDefinition;
}

/** What rules know of a tool by its definition. */
export function knownTool(definition: ToolDefinition): KnownTool {
  const known: Partial<Record<'trusting' | 'wary', Classification>> = {};
  return {
    kind: 'tool',
    name: definition.name,
    definition,
    classification: (trusting) => {
      const key = trusting ? 'trusting' : 'wary';
      known[key] ??= classifyTool(definition, { trustAnnotations: trusting });
      return known[key];
    },
  };
}

/**
 * Whether what is written there is meant for this server: in its part of `servers`, or in a file without such parts. What a
 * file extends, and the user's own, may be meant for others.
 */
export function isForServer(origin: Origin, layer: Layer, { policy, chains, general }: LintSubject): boolean {
  if (isBuiltIn(origin)) return false;
  if (origin.pointer.startsWith('/servers/')) return true;
  const own = chains[policy.layers.indexOf(layer)]?.[0];
  return (
    own !== undefined &&
    own.source === origin.source &&
    !general.has(own.source) &&
    Object.keys(own.document.servers ?? {}).length === 0
  );
}

/** Presets are nobody's to change. */
export function isBuiltIn({ line }: Origin): boolean {
  return line === undefined;
}
