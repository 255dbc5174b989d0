import type { Classification } from '../../tools/category.js';
import type { Layer } from '../compile/policy.js';
import type { Bindings } from '../conditions/expression.js';

/** What is asked of the server and judged here. `method` is every request that is none of the others. */
export type CallKind = 'tool' | 'resource' | 'prompt' | 'method';

/** One thing that the client asks of the server, as far as the policy needs to know it. `sampleCall` makes one. */
export interface Call {
  /** Which part of the policy is about it: `tools`, `resources`, `prompts` or `methods`. */
  kind: CallKind;
  /** The name of the tool or prompt, the URI of the resource, or the method itself. */
  name: string;
  /** What conditions, keys and amounts read. */
  bindings: Bindings;
  /** What the tool does, as far as is known; by what its server hints too, where the policy trusts it. */
  classification(trusting: boolean): Classification;
  /**
   * Whether the tool looks worse than when the tools of the layer were locked, so that a milder category which the layer says
   * is for another definition. Without it, what the layer says counts.
   */
  hasWorsened?(layer: Layer): boolean;
  /** The same for calls with the same name and arguments, different for all others. Computed when first needed. */
  identity(): string;
}
