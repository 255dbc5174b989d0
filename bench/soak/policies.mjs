/** The limits of the policy, which the checks look for in the audit log. Windows in seconds. */
export const LIMITS = {
  meter_notes: { max: 20, window: 2 },
  meter_team: { max: 5, window: 2, by: 'team' },
  meter_rounds: { max: 6, window: 2 },
  spend_credit: { max: 100, window: 2, amount: 'amount' },
  repeat_note: { max: 2, window: 3, by: 'n' },
};
export const PAIR = { name: 'pair_notes', max: 2 };
/** How long the server and a person may take. Seconds. */
export const TIME_OUT = 2;
export const PERSON_TIME_OUT = 3;

/** The tools of the server: what every version of the policy says of them. `switch_note` is whatever this one says. */
export const TOOLS = {
  read_note: 'allow',
  write_note: 'allow',
  deny_note: 'deny',
  hide_note: 'hide',
  ask_note: 'ask',
  switch_note: 'any',
  create_charge: 'by amount',
  delete_broker: 'deny',
  ...Object.fromEntries(Object.keys(LIMITS).map((name) => [name, 'limited'])),
  [PAIR.name]: 'limited',
};

const BASE = { version: 1, default: 'allow', prompts: { 'secret_*': 'deny' } };

/** What a policy of the soak extends. */
export const BASE_FILE = { name: 'base.yaml', text: JSON.stringify(BASE) };

/**
 * One version of the policy, as JSON, of which no beginning is a policy. Its number stands in what it says to denied
 * calls. What differs between versions is everything but the verdicts in TOOLS.
 */
export function policyText(version, random) {
  const { meter_notes: notes, meter_team: team, meter_rounds: rounds } = LIMITS;
  const { spend_credit: credit, repeat_note: again } = LIMITS;
  const start = random.chance(0.3) ? { version: 1, extends: `./${BASE_FILE.name}` } : BASE;
  const document = {
    ...start,
    timeout: `${TIME_OUT}s`,
    tools: {
      'deny_*': { action: 'deny', reason: `This is version ${version}.` },
      'hide_*': 'hide',
      'ask_*': 'require_approval',
      switch_note: random.pick(['allow', 'deny', 'hide', { action: 'allow', when: 'args.n % 2 == 0' }]),
      delete_broker: 'deny',
      create_charge: [{ when: 'args.amount > 100', action: 'deny' }, 'allow'],
      meter_notes: { rate_limit: { max: notes.max, window: notes.window } },
      meter_team: { rate_limit: { max: team.max, window: team.window, key: 'args.team' } },
      meter_rounds: { rate_limit: { max: rounds.max, window: rounds.window } },
      spend_credit: { budget: { sum: 'args.amount', max: credit.max, window: credit.window } },
      repeat_note: { repeat: { max: again.max, window: again.window } },
      [PAIR.name]: { concurrency: PAIR.max },
      ...moreRules(random),
    },
    resources: { 'file:///etc/*': 'deny' },
    sampling: random.pick(['allow', 'deny']),
    approvals: { timeout: PERSON_TIME_OUT },
    audit: {
      file: random.pick(['auto', 'auto', './other.jsonl']),
      arguments: random.pick(['redacted', 'redacted', 'hash']),
      required: random.chance(0.2),
    },
  };
  if (random.chance(0.3)) document.methods = { 'completion/*': 'allow', 'logging/*': 'deny' };
  return JSON.stringify(document, null, 1);
}

/** Rules that concern nobody, so that policies differ in size. */
function moreRules(random) {
  const rules = Array.from({ length: random.between(0, 60) }, (_, index) => {
    const rule = { action: 'deny', when: `args.path.startsWith("/${random.between(0, 1_000)}")` };
    return [`other_${index}_*`, rule];
  });
  return Object.fromEntries(rules);
}

/** Texts that are no policy. */
export function brokenText(random) {
  const whole = policyText(-1, random.fork());
  return random.pick([
    '',
    'version: 1\ndefault: alow\n',
    `{"version":1,"default":"allow","tools":{"x":{"when":"arg.n > 1","action":"deny"}}}`,
    whole.slice(0, random.between(1, whole.length - 1)),
    '\0\0\0',
  ]);
}
