import type { PlaceKind } from './places.js';

type Words = Readonly<Record<string, string>>;

const LIMITS: Words = {
  limit: 'rate_limit',
  limits: 'rate_limit',
  rate: 'rate_limit',
  ratelimit: 'rate_limit',
  rateLimit: 'rate_limit',
  throttle: 'rate_limit',
  quota: 'rate_limit',
  cost: 'budget',
  spend: 'budget',
  parallel: 'concurrency',
  max_concurrent: 'concurrency',
};

const SECTION: Words = {
  ...LIMITS,
  default_action: 'default',
  default_policy: 'default',
  fallback: 'default',
  otherwise: 'default',
};

/** What other products and people call a key. */
const OTHER_KEYS: Readonly<Partial<Record<PlaceKind, Words>>> = {
  policy: {
    ...SECTION,
    preset: 'extends',
    presets: 'extends',
    inherit: 'extends',
    inherits: 'extends',
    base: 'extends',
    profile: 'extends',
    enforcement: 'mode',
    log: 'audit',
    logs: 'audit',
    logging: 'audit',
  },
  section: SECTION,
  rule: {
    ...LIMITS,
    condition: 'when',
    conditions: 'when',
    if: 'when',
    where: 'when',
    match: 'when',
    message: 'reason',
    msg: 'reason',
    description: 'reason',
    explanation: 'reason',
    error: 'reason',
    why: 'reason',
    effect: 'action',
    decision: 'action',
    policy: 'action',
    verdict: 'action',
    permission: 'action',
  },
  rate_limit: {
    maximum: 'max',
    limit: 'max',
    count: 'max',
    calls: 'max',
    requests: 'max',
    interval: 'window',
    period: 'window',
    seconds: 'window',
    duration: 'window',
    time: 'window',
    by: 'key',
    scope: 'per',
  },
  budget: {
    amount: 'sum',
    field: 'sum',
    maximum: 'max',
    limit: 'max',
    interval: 'window',
    period: 'window',
    scope: 'per',
  },
  repeat: { maximum: 'max', limit: 'max', count: 'max', interval: 'window', period: 'window' },
  test: {
    tool: 'call',
    uri: 'resource',
    arguments: 'args',
    params: 'args',
    input: 'args',
    with: 'args',
    expected: 'expect',
    result: 'expect',
    outcome: 'expect',
    action: 'expect',
    count: 'times',
  },
  approvals: {
    channels: 'via',
    channel: 'via',
    method: 'via',
    ask: 'via',
    wait: 'timeout',
    program: 'command',
    script: 'command',
  },
  audit: { path: 'file', log: 'file', args: 'arguments', redact: 'arguments', redaction: 'arguments' },
  categories: {
    delete: 'destructive',
    execution: 'execute',
    exec: 'execute',
    payment: 'financial',
    reads: 'read',
  },
};

/** The key that another word means. What has a sum is a budget, whatever limit it is called. */
export function otherKey(kind: PlaceKind, key: string, value: unknown): string | undefined {
  const words = OTHER_KEYS[kind];
  const meant = words && Object.hasOwn(words, key) ? words[key] : undefined;
  return meant === 'rate_limit' && typeof value === 'object' && value !== null && 'sum' in value
    ? 'budget'
    : meant;
}

const OBSERVE = 'write `mode: observe`, in which everything passes and the log says what would be refused';
const OPPOSITE = 'write the opposite with `when`, such as `when: args.amount <= 100`';
const COMMENT = 'nothing reads it; in YAML write it as a comment, behind a #';
const PROGRAM = 'a program may ask there: write `via: [command]` and `command: the-program`';

/** What to write in place of keys that are no other words for one. */
export const REMARKS: Readonly<Partial<Record<PlaceKind, Words>>> = {
  policy: {
    dry_run: OBSERVE,
    dryRun: OBSERVE,
    shadow: OBSERVE,
    observe: OBSERVE,
    name: COMMENT,
    title: COMMENT,
    description: COMMENT,
    comment: COMMENT,
  },
  rule: {
    unless: OPPOSITE,
    except: OPPOSITE,
    when_not: OPPOSITE,
    args: 'say of which arguments it holds with `when`, such as `when: args.amount > 100`',
    arguments: 'say of which arguments it holds with `when`, such as `when: args.amount > 100`',
    rules: 'rules of one tool are a list below its name: `x: [{ when: …, action: deny }, allow]`',
    comment: COMMENT,
  },
  approvals: { url: PROGRAM, webhook: PROGRAM, slack: PROGRAM, email: PROGRAM },
};
