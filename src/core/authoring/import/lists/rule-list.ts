import type { Action } from '../../../policy/document/document.js';

/** One rule of somebody else's list: what happens to the tools that it names. */
export interface ListedRule {
  /** What the other product calls the server; undefined for all of them. */
  server: string | undefined;
  /** A name, or a glob with `*`. */
  tool: string;
  action: Action;
  /** The higher counts, among equals the stricter. */
  priority: number;
  /** What else has to hold there that cannot be said here, such as `the arguments match a pattern`. */
  condition?: string | undefined;
}

/** A policy of another product that is a list of rules. */
export interface RuleList {
  /** The product, as people call it. */
  product: string;
  rules: readonly ListedRule[];
  /** Whether all servers of the rules are called by the ids by which policies know them. */
  byId?: boolean;
  /** What happens to a tool that no rule names. */
  fallback: Action;
  /** Prompts and resources by name or URI, where the product judges those too. */
  prompts?: Readonly<Record<string, Action>>;
  resources?: Readonly<Record<string, Action>>;
  /** What cannot be said here, one sentence each. */
  notes: readonly string[];
}

/** An entry of ours. */
export interface ResolvedEntry {
  /** A name or a glob; `*` for the default. */
  tool: string;
  action: Action;
  /** Why it is stricter than the rule that it comes from. */
  notes: readonly string[];
}
