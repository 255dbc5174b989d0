import * as z from 'zod/mini';
import { DURATION_PATTERN } from '../../text/duration.js';
import { CATEGORY_NAMES } from '../../tools/category.js';
import type {
  ApprovalsDocument,
  EntryDocument,
  LimitsDocument,
  PolicyDocument,
  RuleDocument,
  SectionDocument,
  TestDocument,
  ToolEntryDocument,
} from './document.js';
import { ACTIONS, CHANNELS, EXPECTATIONS, MODES } from './keywords.js';

const EXPECTATION_PATTERN = new RegExp(`^(?:${EXPECTATIONS.join('|')})(?: x[1-9][0-9]{0,5})?$`);

/** The most admissions that one window may count, so that its memory is bounded (8 bytes each). */
const LARGEST_MAX = 1_000_000;

const described = <T extends z.ZodMiniType>(schema: T, description: string): T =>
  schema.check(z.describe(description)) as T;

const action = described(z.enum(ACTIONS), 'What happens to a call; the strictest that applies wins.');
const duration = described(
  z.union([
    z.number().check(z.positive(), z.maximum(31_622_400)),
    z.string().check(z.regex(DURATION_PATTERN)),
  ]),
  'Seconds, or a text such as 30s, 5m, 1h, 1d.',
);
const count = z.int().check(z.positive(), z.maximum(LARGEST_MAX));
const expression = z.string().check(z.minLength(1));
const per = described(z.literal('session'), 'Who shares the counter: this process.');

const rateLimit = z.strictObject({
  max: described(count, 'How many calls any window of this length may hold.'),
  window: duration,
  per: z.optional(per),
  key: z.optional(described(expression, 'CEL: calls with different values are counted apart.')),
});
const budget = z.strictObject({
  sum: described(expression, 'CEL: the amount that a call spends, a number that is not negative.'),
  max: described(z.number().check(z.nonnegative()), 'The most that any window of this length may spend.'),
  window: duration,
  per: z.optional(per),
});
const repeat = z.strictObject({ max: count, window: duration });

const limits = {
  rate_limit: z.optional(described(z.union([rateLimit, z.array(rateLimit)]), 'Sliding windows of calls.')),
  budget: z.optional(described(z.union([budget, z.array(budget)]), 'Sliding windows of amounts.')),
  concurrency: z.optional(described(count, 'How many calls may be under way at once.')),
  repeat: z.optional(described(repeat, 'How often the same tool may be called with the same arguments.')),
  timeout: z.optional(described(duration, 'How long the server may take to answer a call.')),
};
limits satisfies Record<keyof LimitsDocument, z.ZodMiniType>;

const ruleFields = {
  action: z.optional(action),
  when: z.optional(described(expression, 'CEL: the rule applies where this is true.')),
  reason: z.optional(described(z.string(), 'What the agent is told when the rule refuses.')),
  ...limits,
};
ruleFields satisfies Record<keyof RuleDocument, z.ZodMiniType>;
const rule = z.strictObject(ruleFields);

const entry: z.ZodMiniType<EntryDocument> = z.union([
  action,
  rule,
  z.array(z.union([action, rule])).check(z.minLength(1)),
]);
const entries = (description: string) =>
  z.optional(described(z.record(z.string().check(z.minLength(1)), entry), description));

const category = described(
  z.enum(CATEGORY_NAMES),
  'What the tool does, instead of what policy-wrap takes it for.',
);
const toolEntry: z.ZodMiniType<ToolEntryDocument> = z.union([
  action,
  z.strictObject({ ...ruleFields, category: z.optional(category) }),
  z.array(z.union([action, rule])).check(z.minLength(1)),
]);

const flag = (description: string) => z.optional(described(z.boolean(), description));
const permission = z.enum(['allow', 'deny']);
const sampling = z.union([
  permission,
  z.strictObject({
    action: permission,
    reason: z.optional(described(z.string(), 'What the server is told.')),
  }),
]);

const sectionFields = {
  default: z.optional(described(entry, 'For a tool that no other entry names.')),
  ...limits,
  categories: z.optional(
    described(
      z.strictObject({
        read: z.optional(entry),
        write: z.optional(entry),
        execute: z.optional(entry),
        destructive: z.optional(entry),
        financial: z.optional(entry),
      }),
      'By what the tool does, as policy-wrap classifies it.',
    ),
  ),
  tools: z.optional(
    described(
      z.record(z.string().check(z.minLength(1)), toolEntry),
      'By the name of the tool: exact, or a glob with * and ?.',
    ),
  ),
  trust_annotations: flag(
    'Whether what the server hints may make a tool milder than it looks; false by default.',
  ),
  resources: entries('resources/read and resources/subscribe, by URI.'),
  prompts: entries('prompts/get, by name.'),
  methods: entries('Every other request, by its method: exact, or a glob with * and ?.'),
  sampling: z.optional(described(sampling, 'Whether the server may use the model of the client.')),
};
sectionFields satisfies Record<keyof SectionDocument, z.ZodMiniType>;

const expectation = z.string().check(z.regex(EXPECTATION_PATTERN));
const testFields = {
  name: z.optional(z.string()),
  call: z.optional(described(z.string(), 'The tool that is called.')),
  resource: z.optional(described(z.string(), 'The URI of the resource that is read.')),
  prompt: z.optional(described(z.string(), 'The prompt that is got.')),
  method: z.optional(described(z.string(), 'The method of any other request.')),
  args: z.optional(z.record(z.string(), z.unknown())),
  server: z.optional(described(z.string(), 'The id of the server.')),
  client: z.optional(described(z.string(), 'The name of the client.')),
  times: z.optional(described(z.int().check(z.positive(), z.maximum(100_000)), 'How often, 1 by default.')),
  every: z.optional(described(duration, 'The time between two of those calls, none by default.')),
  expect: described(
    z.union([expectation, z.array(expectation).check(z.minLength(1))]),
    'allow, limited …, or a list such as [allow x10, limited].',
  ),
  reason: z.optional(described(z.string(), 'A part of the reason that is given.')),
};
testFields satisfies Record<keyof TestDocument, z.ZodMiniType>;
const test = z.strictObject(testFields).check(
  z.refine(
    ({ call, resource, prompt, method }) =>
      [call, resource, prompt, method].filter((name) => name !== undefined).length === 1,
    {
      message: 'a test calls one thing',
      params: { help: 'write one of call, resource, prompt and method' },
    },
  ),
);

const word = z.string().check(z.minLength(1));
const approvalFields = {
  via: z.optional(
    described(
      z.array(z.enum(CHANNELS)).check(z.minLength(1)),
      'How a person is asked: what stands first is tried first. elicitation, page and terminal by default.',
    ),
  ),
  timeout: z.optional(described(duration, 'How long a person may take, 120 s by default.')),
  hold: z.optional(
    described(
      z.union([duration, z.literal('unlimited')]),
      'How long a call is held before the agent is told to repeat it later, 45 s by default.',
    ),
  ),
  grant: z.optional(described(duration, 'How long a later approval admits the call, 600 s by default.')),
  max_pending: z.optional(
    described(
      z.int().check(z.positive(), z.maximum(1_000)),
      'How many calls may wait for a person, 20 by default.',
    ),
  ),
  remember: z.optional(
    described(
      z.union([z.literal('session'), z.literal(false), duration]),
      'How long every approval counts for identical calls: session, a time, or false for none; as long as the person says by default.',
    ),
  ),
  edit: flag('Whether a person may change the arguments, on the page or in the terminal; false by default.'),
  open: flag('Whether the page opens in the browser, false by default.'),
  notify: flag('Whether the desktop announces what waits, false by default.'),
  command: z.optional(
    described(
      z.union([word, z.array(word).check(z.minLength(1))]),
      'The program that is asked by the channel command: its name, or a list with its arguments.',
    ),
  ),
};
approvalFields satisfies Record<keyof ApprovalsDocument, z.ZodMiniType>;

const policyFields = {
  version: z.literal(1),
  extends: z.optional(
    described(z.string(), 'A preset (standard, read-only, strict, observe) or a file to start from.'),
  ),
  mode: z.optional(
    described(z.enum(MODES), 'observe lets everything pass and logs what would have been refused.'),
  ),
  ...sectionFields,
  servers: z.optional(
    described(
      z.record(z.string().check(z.minLength(1)), z.strictObject(sectionFields)),
      'The same keys, for the servers whose id matches.',
    ),
  ),
  tests: z.optional(described(z.array(test), 'What `policy-wrap test` checks.')),
  approvals: z.optional(z.strictObject(approvalFields)),
  audit: z.optional(
    z.strictObject({
      file: z.optional(
        described(z.union([z.string().check(z.minLength(1)), z.literal(false)]), 'A path, auto, or false.'),
      ),
      arguments: z.optional(
        described(z.enum(['redacted', 'hash', 'full']), 'How arguments are written down.'),
      ),
      required: z.optional(described(z.boolean(), 'Refuse calls that cannot be written down.')),
    }),
  ),
};
policyFields satisfies Record<keyof PolicyDocument, z.ZodMiniType>;

/** The grammar of a policy file. Every object is strict: a key that nothing reads is an error. */
export const policySchema: z.ZodMiniType<PolicyDocument> = z.strictObject(policyFields);
