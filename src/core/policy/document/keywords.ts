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
/** What other products call an action. */
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
};
/** Every key of the language, for suggestions. */
export const KEYS = [
  'version',
  'extends',
  'mode',
  'default',
  'rate_limit',
  'budget',
  'concurrency',
  'repeat',
  'timeout',
  'categories',
  'tools',
  'resources',
  'prompts',
  'methods',
  'sampling',
  'servers',
  'tests',
  'approvals',
  'audit',
  'action',
  'when',
  'reason',
  'max',
  'window',
  'per',
  'key',
  'sum',
  'read',
  'write',
  'execute',
  'destructive',
  'financial',
  'call',
  'args',
  'expect',
  'times',
  'every',
  'file',
  'arguments',
  'required',
  'via',
  'hold',
  'grant',
  'max_pending',
  'remember',
  'edit',
  'open',
  'notify',
  'command',
  'name',
  'server',
  'client',
  'resource',
  'prompt',
  'method',
];
