/** The maps of a policy whose keys are names and globs. */
export const NAMED_TABLES = ['tools', 'resources', 'prompts', 'methods', 'servers'] as const;
export type NamedTable = (typeof NAMED_TABLES)[number];
