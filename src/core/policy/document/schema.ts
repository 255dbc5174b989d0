import * as z from 'zod/mini';
import { SOME_TIME_PATTERN } from '../../text/duration.js';
import type { Category } from '../../tools/category.js';
import { ACTIONS, CHANNELS, COUNTED_SCOPES, EXPECTATIONS, MODES, WRITTEN_CATEGORIES } from './keywords.js';

/*
 * The grammar of a policy file, and the only place that says what a key means: the types of `document.ts` are inferred
 * from it, and the published JSON Schema and declarations have their descriptions from here.
 */

const EXPECTATION_PATTERN = new RegExp(`^(?:${EXPECTATIONS.join('|')})(?: x[1-9][0-9]{0,5})?$`);

/** The most admissions that one window may count, so that its memory is bounded (8 bytes each). */
const LARGEST_MAX = 1_000_000;

const described = <T extends z.ZodMiniType>(schema: T, description: string): T =>
  schema.check(z.describe(description)) as T;
/** A schema that has a definition of its own in the published JSON Schema, which keys with other words refer to. */
const named = <T extends z.ZodMiniType>(id: string, schema: T, description: string): T => {
  z.globalRegistry.add(schema, { id, description });
  return schema;
};
/** A key that may be left out. */
const key = <T extends z.ZodMiniType>(schema: T, description: string): z.ZodMiniOptional<T> =>
  z.optional(described(schema, description));
const oneOrMore = <T extends z.ZodMiniType>(schema: T) => z.array(schema).check(z.minLength(1));
const word = z.string().check(z.minLength(1));
const mapOf = <T extends z.ZodMiniType>(schema: T) => z.record(word, schema);

const action = named('Action', z.enum(ACTIONS), 'What happens to a call; the strictest that applies wins.');
const duration = named(
  'Duration',
  z.union([
    z.number().check(z.positive(), z.maximum(31_622_400)),
    z.string().check(z.regex(SOME_TIME_PATTERN)),
  ]),
  'Seconds, or a string such as 30s, 5m, 1h, 1d.',
);
const count = z.int().check(z.positive(), z.maximum(LARGEST_MAX));
const window = described(duration, 'The length of the sliding window: seconds, or a string such as 30s.');
const per = z.optional(
  named('CountedScope', z.enum(COUNTED_SCOPES), 'Who shares the counter: this process.'),
);

export const rateLimitSchema = named(
  'RateLimit',
  z.strictObject({
    max: described(count, 'How many calls any window of this length may hold.'),
    window,
    per,
    key: key(word, 'CEL: calls with different values are counted apart.'),
  }),
  'How many calls pass in a sliding window.',
);
export const budgetSchema = named(
  'Budget',
  z.strictObject({
    sum: described(word, 'CEL: the amount that a call spends, a number that is not negative.'),
    max: described(z.number().check(z.nonnegative()), 'The most that any window of this length may spend.'),
    window,
    per,
  }),
  'How much calls may spend in a sliding window.',
);
const identical = described(count, 'How many identical calls any window of this length may hold.');
const repeat = named(
  'Repeat',
  z.union([z.strictObject({ max: identical, window }), z.literal(false)]),
  'How often the same tool may be called with the same arguments; false: any number of times. The closest counts.',
);

const limits = {
  rate_limit: key(z.union([rateLimitSchema, z.array(rateLimitSchema)]), 'Sliding windows of calls.'),
  budget: key(z.union([budgetSchema, z.array(budgetSchema)]), 'Sliding windows of amounts.'),
  concurrency: key(count, 'How many calls may be under way at once.'),
  repeat: z.optional(repeat),
  timeout: key(duration, 'How long the server may take to answer a call.'),
};

const ruleFields = {
  action: z.optional(action),
  when: key(word, 'CEL: the rule applies where this is true.'),
  reason: key(z.string(), 'What the agent reads when the rule refuses.'),
  ...limits,
};
export const ruleSchema = named(
  'Rule',
  z.strictObject(ruleFields),
  'An action, its condition and its limits. Without an action it only adds limits, and what would hold without it decides.',
);
const rules = oneOrMore(z.union([action, ruleSchema]));

export const entrySchema = named(
  'Entry',
  z.union([action, ruleSchema, rules]),
  'An action, a rule, or several: all that apply count, the strictest action wins.',
);

const category = named(
  'WrittenCategory',
  z.enum(WRITTEN_CATEGORIES),
  'What the tool does, instead of what policy-wrap takes it for; unknown: `default` decides.',
);
const toolRule = named(
  'ToolRule',
  z.strictObject({ ...ruleFields, category: z.optional(category) }),
  'A rule that may also say what the tool does.',
);
export const toolEntrySchema = named(
  'ToolEntry',
  z.union([action, toolRule, oneOrMore(z.union([action, toolRule]))]),
  'An action, a rule, or several; a rule may also say what the tool does.',
);

const permission = z.enum(['allow', 'deny']);
const sampling = z.union([
  permission,
  z.strictObject({ action: permission, reason: key(z.string(), 'The answer that the server gets.') }),
]);

const sectionFields = {
  default: key(entrySchema, 'For a tool that no other entry names, and one of which nothing is known.'),
  ...limits,
  categories: key(
    z.strictObject({
      read: z.optional(entrySchema),
      write: z.optional(entrySchema),
      execute: z.optional(entrySchema),
      destructive: z.optional(entrySchema),
      financial: z.optional(entrySchema),
    } satisfies Record<Category, z.ZodMiniType>),
    'By what the tool does, as policy-wrap classifies it.',
  ),
  tools: key(mapOf(toolEntrySchema), 'By the name of the tool: exact, or a glob with * and ?.'),
  trust_annotations: key(
    z.boolean(),
    'Whether what the server hints may make a tool milder than it looks; false by default.',
  ),
  resources: key(mapOf(entrySchema), 'resources/read and resources/subscribe, by URI.'),
  prompts: key(mapOf(entrySchema), 'prompts/get, by name.'),
  methods: key(mapOf(entrySchema), 'Every other request, by its method: exact, or a glob with * and ?.'),
  sampling: key(sampling, 'Whether the server may use the model of the client.'),
};
export const sectionSchema = named(
  'Section',
  z.strictObject(sectionFields),
  'What holds for the servers that it is written for.',
);

const expectation = z.string().check(z.regex(EXPECTATION_PATTERN));
export const testSchema = named(
  'Test',
  z
    .strictObject({
      name: key(z.string(), 'What the test is called when it is reported.'),
      call: key(z.string(), 'The tool that is called.'),
      resource: key(z.string(), 'The URI of the resource that is read.'),
      prompt: key(z.string(), 'The prompt that is got.'),
      method: key(z.string(), 'The method of any other request.'),
      args: key(z.record(z.string(), z.unknown()), 'The arguments of the call.'),
      server: key(z.string(), 'The id of the server.'),
      client: key(z.string(), 'The name of the client.'),
      times: key(z.int().check(z.positive(), z.maximum(100_000)), 'How often, 1 by default.'),
      every: key(duration, 'The time between two of those calls, none by default.'),
      expect: described(
        z.union([expectation, oneOrMore(expectation)]),
        'allow, limited …, or a list such as [allow x10, limited].',
      ),
      reason: key(z.string(), 'A part of the reason that is given.'),
    })
    .check(
      z.refine(
        ({ call, resource, prompt, method }) =>
          [call, resource, prompt, method].filter((subject) => subject !== undefined).length === 1,
        {
          message: 'a test calls one thing',
          params: { help: 'write one of call, resource, prompt and method' },
        },
      ),
    ),
  'A call, and what the policy has to decide about it.',
);

const channel = named('Channel', z.enum(CHANNELS), 'A way to reach a person.');
export const approvalsSchema = named(
  'Approvals',
  z.strictObject({
    via: key(
      oneOrMore(channel),
      'How a person is asked: the first that works. elicitation, page and terminal by default.',
    ),
    timeout: key(duration, 'How long a person may take, 15 minutes by default.'),
    hold: key(
      z.union([duration, z.literal('unlimited')]),
      'How long a call is held before the agent is asked to repeat it later, 45 s by default.',
    ),
    grant: key(duration, 'How long a later approval admits the call, 600 s by default.'),
    max_pending: key(
      z.int().check(z.positive(), z.maximum(1_000)),
      'How many calls may wait for a person, 20 by default.',
    ),
    remember: key(
      z.union([z.literal('session'), z.literal(false), duration]),
      'How long every approval counts for identical calls: session, a time, or false for none; as long as the person says by default.',
    ),
    edit: key(
      z.boolean(),
      'Whether a person may change the arguments, on the page or in the terminal; false by default.',
    ),
    open: key(z.boolean(), 'Whether the page opens in the browser; once at a desktop by default.'),
    notify: key(z.boolean(), 'Whether the desktop announces what waits, which it does by default.'),
    command: key(
      z.union([word, oneOrMore(word)]),
      'The program that is asked by the channel command: its name, or a list with its arguments.',
    ),
  }),
  'How people are asked.',
);

export const auditSchema = named(
  'Audit',
  z.strictObject({
    file: key(z.union([word, z.literal(false)]), 'A path, auto, or false.'),
    arguments: key(z.enum(['redacted', 'hash', 'full']), 'How arguments are written down.'),
    required: key(z.boolean(), 'Refuse calls that cannot be written down.'),
  }),
  'What is written down of each call, and where.',
);

const mode = named(
  'Mode',
  z.enum(MODES),
  'observe lets everything pass and logs what would have been refused.',
);

/** A policy file. Every object is strict: a key that nothing reads is an error. */
export const policySchema = z.strictObject({
  version: described(z.literal(1), 'The version of the policy language.'),
  extends: key(z.string(), 'A preset (standard, read-only, strict, observe) or a file to start from.'),
  mode: z.optional(mode),
  ...sectionFields,
  servers: key(mapOf(sectionSchema), 'The same keys, for the servers whose id matches.'),
  tests: key(z.array(testSchema), 'What `policy-wrap test` checks.'),
  approvals: z.optional(approvalsSchema),
  audit: z.optional(auditSchema),
});
