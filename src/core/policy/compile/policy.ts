import type { Limit } from '../../limits/limit.js';
import type { Pattern } from '../../text/glob.js';
import type { Origin } from '../../text/origin.js';
import type { Category } from '../../tools/category.js';
import type { Expression } from '../conditions/expression.js';
import type {
  Action,
  ApprovalsDocument,
  AuditDocument,
  Mode,
  WrittenCategory,
} from '../document/document.js';

/** A limit of the policy and what is needed to charge a call to it. */
export interface LimitRule {
  limit: Limit;
  origin: Origin;
  /** The identity of the counter, the same after a reload of the policy. */
  counter: string;
  /** Who is limited, as the agent is told: `create_api_key`, `write tools`, `this session`. */
  subject: string;
  /** CEL: calls with different values are counted apart. */
  key: Expression | undefined;
  /** CEL: what a call spends of a budget. */
  sum: Expression | undefined;
}

export interface Rule {
  /** Undefined where the rule only adds limits or a time-out: then what would hold without it decides. */
  action: Action | undefined;
  when: Expression | undefined;
  reason: string | undefined;
  limits: readonly LimitRule[];
  /** Whether it says how often the same call may come, if only that nothing limits that: of several `repeat`s the closest counts. */
  setsRepeat: boolean;
  /** Milliseconds that the server may take to answer. */
  timeout: number | undefined;
  origin: Origin;
}

/** What the policy says of the names that a pattern matches. */
export interface Entry {
  pattern: Pattern;
  /** Empty where nothing but the category is written. Where none has an action, the entry decides nothing. */
  rules: readonly Rule[];
  /** What the policy says that the tools do, whatever they look like; `unknown` leaves the decision to `default`. */
  category?: WrittenCategory | undefined;
  origin: Origin;
}

/** The entries of one map (`tools`, `resources`, `prompts`, `methods`): exact names by name, globs with the closest first. */
export interface EntryTable {
  exact: ReadonlyMap<string, Entry>;
  globs: readonly Entry[];
  /** Entries that say more than `allow`, by the folded form of their pattern; see `lookalikeOf`. */
  restricting: readonly { folded: Pattern; entry: Entry }[];
}

/** One place that is looked at: the section of the server that matches, or the top level. */
export interface Section {
  tools: EntryTable;
  resources: EntryTable;
  prompts: EntryTable;
  /** Requests that have no table of their own, of the client and of the server; `sampling` is one of the entries. */
  methods: EntryTable;
  categories: ReadonlyMap<Category, readonly Rule[]>;
  default: readonly Rule[] | undefined;
  /** Whether hints of the server may make a tool milder than it looks. */
  trustsAnnotations: boolean | undefined;
  /** Limits and time-out of every call. */
  limits: readonly LimitRule[];
  /** Whether it says how often the same call may come, as a rule does. */
  setsRepeat: boolean;
  timeout: number | undefined;
}

/** One policy file with all that it extends, compiled for one server. `source` is the name of the file, or `preset standard`. */
export interface Layer {
  source: string;
  mode: Mode;
  /** Whether any rule hides tools, so that lists need not be read where none does. */
  hides: boolean;
  /** Whether any entry is about methods, so that those of messages need not be looked up where none is. */
  judgesMethods: boolean;
  /** Whether hints of the server may make a tool milder than it looks. */
  trustsAnnotations: boolean;
  /** The files that may say what tools were like when somebody last looked at them. */
  locks?: readonly string[] | undefined;
  /** In the order in which they are looked at. */
  sections: readonly Section[];
}

/** All that judges the calls of one server. Every layer judges; the strictest answer wins. Made by `compile`, and never changed. */
export interface Policy {
  /** The id of the server. */
  server: string;
  layers: readonly Layer[];
  approvals: ApprovalsDocument;
  audit: AuditDocument;
}
