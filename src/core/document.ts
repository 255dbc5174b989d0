/**
 * The policy file as a person writes it, after the schema has accepted it.
 * Windows and time-outs are numbers of seconds or texts such as `30s`, `5m`, `1h`, `1d`.
 */
export type Action = 'allow' | 'require_approval' | 'deny' | 'hide';
export type Mode = 'enforce' | 'observe';
export type Duration = number | string;

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

export type EntryDocument = Action | RuleDocument | (Action | RuleDocument)[];
export type CategoryName = 'read' | 'write' | 'execute' | 'destructive' | 'financial';

export interface SectionDocument extends LimitsDocument {
  default?: EntryDocument | undefined;
  categories?: Partial<Record<CategoryName, EntryDocument | undefined>> | undefined;
  tools?: Record<string, EntryDocument> | undefined;
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

export interface ApprovalsDocument {
  via?: 'elicitation'[] | undefined;
  timeout?: Duration | undefined;
}

export interface PolicyDocument extends SectionDocument {
  version: 1;
  extends?: string | undefined;
  mode?: Mode | undefined;
  servers?: Record<string, SectionDocument> | undefined;
  tests?: TestDocument[] | undefined;
  approvals?: ApprovalsDocument | undefined;
  audit?: AuditDocument | undefined;
}
