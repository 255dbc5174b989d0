import type { Duration } from '../../text/duration.js';

/**
 * The policy file as a person writes it, after the schema has accepted it.
 * Windows and time-outs are numbers of seconds or texts such as `30s`, `5m`, `1h`, `1d`.
 */
export type Action = 'allow' | 'require_approval' | 'deny' | 'hide';
export type Mode = 'enforce' | 'observe';

export interface RateLimitDocument {
  max: number;
  window: Duration;
  per?: 'session' | undefined;
  /** CEL: calls with different values are counted apart. */
  key?: string | undefined;
}

export interface BudgetDocument {
  /** CEL: the amount that one call spends. */
  sum: string;
  max: number;
  window: Duration;
  per?: 'session' | undefined;
}

export interface RepeatDocument {
  max: number;
  window: Duration;
}

export interface LimitsDocument {
  rate_limit?: RateLimitDocument | RateLimitDocument[] | undefined;
  budget?: BudgetDocument | BudgetDocument[] | undefined;
  concurrency?: number | undefined;
  repeat?: RepeatDocument | undefined;
  timeout?: Duration | undefined;
}

export interface RuleDocument extends LimitsDocument {
  action?: Action | undefined;
  when?: string | undefined;
  reason?: string | undefined;
}

/** An entry of `tools` may also say what the tools do. */
export interface ToolRuleDocument extends RuleDocument {
  category?: CategoryName | undefined;
}

export type EntryDocument = Action | RuleDocument | (Action | RuleDocument)[];
export type ToolEntryDocument = EntryDocument | ToolRuleDocument;
export type CategoryName = 'read' | 'write' | 'execute' | 'destructive' | 'financial';

export interface SectionDocument extends LimitsDocument {
  default?: EntryDocument | undefined;
  categories?: Partial<Record<CategoryName, EntryDocument | undefined>> | undefined;
  tools?: Record<string, ToolEntryDocument> | undefined;
  trust_annotations?: boolean | undefined;
  resources?: Record<string, EntryDocument> | undefined;
  prompts?: Record<string, EntryDocument> | undefined;
  methods?: Record<string, EntryDocument> | undefined;
  sampling?: SamplingDocument | undefined;
}

/** Whether the server may use the client's model. */
export type SamplingDocument = 'allow' | 'deny' | { action: 'allow' | 'deny'; reason?: string | undefined };

export type Expectation = Action | 'limited';

export interface TestDocument {
  name?: string | undefined;
  call?: string | undefined;
  resource?: string | undefined;
  prompt?: string | undefined;
  method?: string | undefined;
  args?: Record<string, unknown> | undefined;
  server?: string | undefined;
  client?: string | undefined;
  times?: number | undefined;
  every?: Duration | undefined;
  expect: string | string[];
  reason?: string | undefined;
}

export interface AuditDocument {
  file?: string | false | undefined;
  arguments?: 'redacted' | 'hash' | 'full' | undefined;
  required?: boolean | undefined;
}

/** A way to reach a person. */
export type Channel = 'elicitation' | 'page' | 'terminal' | 'command';

export interface ApprovalsDocument {
  via?: Channel[] | undefined;
  /** How long a person may take. */
  timeout?: Duration | undefined;
  /** How long a call is held before the agent is told that it waits for a person. */
  hold?: Duration | 'unlimited' | undefined;
  /** How long an approval that came after that admits the call. */
  grant?: Duration | undefined;
  max_pending?: number | undefined;
  /** How long an approval counts for later identical calls; false: people are not offered it either. */
  remember?: 'session' | false | Duration | undefined;
  /** Whether people may change the arguments. */
  edit?: boolean | undefined;
  /** Whether the page is opened in the browser. */
  open?: boolean | undefined;
  /** Whether the desktop announces what waits. */
  notify?: boolean | undefined;
  /** The program of the channel `command`, with its arguments. */
  command?: string | string[] | undefined;
}

/** A policy as it is written: docs/policy.md says what each key means. Types do not catch all mistakes; `compile` finds the rest. */
export interface PolicyDocument extends SectionDocument {
  version: 1;
  extends?: string | undefined;
  mode?: Mode | undefined;
  servers?: Record<string, SectionDocument> | undefined;
  tests?: TestDocument[] | undefined;
  approvals?: ApprovalsDocument | undefined;
  audit?: AuditDocument | undefined;
}
