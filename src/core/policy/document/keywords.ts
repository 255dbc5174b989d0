import type { LimitScope } from '../../limits/limit.js';
import { CATEGORY_NAMES } from '../../tools/category.js';

/**
 * The words of the policy language: each list is written here once, the schema and the types are made of it. Apart from
 * the schema so that judging calls does not load the schema library.
 */

/** The actions of a rule, strictest first. */
export const ACTIONS = ['hide', 'deny', 'require_approval', 'allow'] as const;
/** What an entry may say that its tools do. */
export const WRITTEN_CATEGORIES = [...CATEGORY_NAMES, 'unknown'] as const;
export const MODES = ['enforce', 'observe'] as const;
/** What `expect` of a test may say, before an optional ` xN`. */
export const EXPECTATIONS = [...ACTIONS, 'limited'] as const;
export const PRESET_NAMES = ['standard', 'read-only', 'strict', 'observe'] as const;
/** The ways to reach a person, in the order in which they are tried when a policy does not say. */
export const CHANNELS = ['elicitation', 'page', 'terminal', 'command'] as const;
/** The scopes of limits that a policy may name: those with a store that can count for them. */
export const COUNTED_SCOPES = ['session'] as const satisfies readonly LimitScope[];
/** What other products call an action or a mode. */
export const OTHER_WORDS: Readonly<Record<string, string>> = {
  ask: 'require_approval',
  approve: 'require_approval',
  approval: 'require_approval',
  prompt: 'require_approval',
  confirm: 'require_approval',
  review: 'require_approval',
  block: 'deny',
  reject: 'deny',
  forbid: 'deny',
  refuse: 'deny',
  disallow: 'deny',
  permit: 'allow',
  accept: 'allow',
  'dry-run': 'observe',
  dry_run: 'observe',
  dryrun: 'observe',
  monitor: 'observe',
  audit: 'observe',
  shadow: 'observe',
  log: 'observe',
  warn: 'observe',
  report: 'observe',
  permissive: 'observe',
  strict: 'enforce',
  enforcing: 'enforce',
};
