/**
 * The words of the policy language: each list is written here once, the schema and the types are made of it. Apart from
 * the schema so that judging calls does not load the schema library.
 */

/** The actions of a rule, strictest first. */
export const ACTIONS = ['hide', 'deny', 'require_approval', 'allow'] as const;
export const MODES = ['enforce', 'observe'] as const;
/** What `expect` of a test may say, before an optional ` xN`. */
export const EXPECTATIONS = [...ACTIONS, 'limited'] as const;
export const PRESET_NAMES = ['standard', 'read-only', 'strict', 'observe'] as const;
/** The ways to reach a person, in the order in which they are tried when a policy does not say. */
export const CHANNELS = ['elicitation', 'page', 'terminal', 'command'] as const;
/** Who shares the counter of a limit. A scope is added here once there is a store that can count for it. */
export const LIMIT_SCOPES = ['session'] as const;
