import type * as z from 'zod/mini';
import type {
  ACTIONS,
  CHANNELS,
  COUNTED_SCOPES,
  EXPECTATIONS,
  MODES,
  WRITTEN_CATEGORIES,
} from './keywords.js';
import type {
  approvalsSchema,
  auditSchema,
  budgetSchema,
  entrySchema,
  policySchema,
  rateLimitSchema,
  ruleSchema,
  sectionSchema,
  testSchema,
  toolEntrySchema,
} from './schema.js';

/**
 * The policy file as a person writes it, after the schema has accepted it. The schema is the only source: it says what
 * each key means, and these types are inferred from it. Only types are imported, so that the schema library is not.
 */
/** A policy as it is written: docs/policy.md says what each key means. Types do not catch all mistakes; `compile` finds the rest. */
export type PolicyDocument = z.infer<typeof policySchema>;

export type Action = (typeof ACTIONS)[number];
/** What an entry of `tools` may say that its tools do. */
export type WrittenCategory = (typeof WRITTEN_CATEGORIES)[number];
export type Mode = (typeof MODES)[number];
export type Expectation = (typeof EXPECTATIONS)[number];
/** A way to reach a person. */
export type Channel = (typeof CHANNELS)[number];
/** Who shares the counter of a limit. */
export type CountedScope = (typeof COUNTED_SCOPES)[number];

export type RateLimitDocument = z.infer<typeof rateLimitSchema>;
export type BudgetDocument = z.infer<typeof budgetSchema>;
export type RuleDocument = z.infer<typeof ruleSchema>;
export type EntryDocument = z.infer<typeof entrySchema>;
/** An entry of `tools`, which may also say what the tools do. */
export type ToolEntryDocument = z.infer<typeof toolEntrySchema>;
/** What is said for all servers, or below `servers` for some. */
export type SectionDocument = z.infer<typeof sectionSchema>;
export type TestDocument = z.infer<typeof testSchema>;
export type ApprovalsDocument = z.infer<typeof approvalsSchema>;
export type AuditDocument = z.infer<typeof auditSchema>;
