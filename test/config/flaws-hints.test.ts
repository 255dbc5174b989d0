import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf, shown } from './problems.js';

const helps = (text: string) => problemsOf(text).map(({ message, help }) => `${message} | ${help}`);

describe('a key that nothing reads says what is meant', () => {
  it.each<[string, string]>([
    ['tools: { x: { deny: true } }', "unknown key 'deny' | write `action: deny`"],
    ['tools: { x: { allow: true } }', 'write `action: allow`'],
    ['tools: { x: { deny: "no" } }', 'write `action: deny`, and what else is meant under `when` or `reason`'],
    ['tools: { x: { allow: false } }', 'write the action that is meant, such as `action: deny`'],
    ['tools: { x: { block: true } }', 'write `action: deny`'],
    ['tools: { x: { ask: true } }', 'write `action: require_approval`'],
    [
      'action: deny',
      'write it below the name of a tool (`tools: { x: { action: … } }`), or `default` for all others',
    ],
    ['when: args.a == 1', 'write it below the name of a tool'],
    ['servers: { x: { action: deny } }', 'write it below the name of a tool'],
    ['servers: { x: { delete_y: deny } }', 'write it below `tools`: `tools: { delete_y: … }`'],
    ['servers: { x: { delete_y: { action: deny } } }', 'write it below `tools`: `tools: { delete_y: … }`'],
    ['delete_y: [deny]', 'write it below `tools`: `tools: { delete_y: … }`'],
    ['deny: [x, y]', 'write the names of tools below `tools`: `tools: { x: deny }`'],
    ['write: deny', 'write it below `categories`: `categories: { write: … }`'],
    ['tools: { x: { write: deny } }', 'write it below `categories`: `categories: { write: … }`'],
    ['rules: [{ tool: x }]', 'rules are written below the names of tools'],
    ['categories: { delete: deny }', "did you mean 'destructive'?"],
    [
      'categories: { unknown: deny }',
      'what nothing is known of is decided by `default`, beside `categories`',
    ],
    ['tools: { x: { action: deny, if: "true" } }', "did you mean 'when'?"],
    ['tools: { x: { action: deny, message: "no" } }', "did you mean 'reason'?"],
    ['tools: { x: { effect: deny } }', "did you mean 'action'?"],
    [
      'tools: { x: { limit: 5 } }',
      "did you mean 'rate_limit'? It is written `rate_limit: { max: 5, window: 1m }`",
    ],
    ['tools: { x: { rate: "5/m" } }', "did you mean 'rate_limit'?"],
    ['rate_limit: { requests: 5, max: 5, window: 1m }', "did you mean 'max'?"],
    ['prompts: { x: { action: deny, category: read } }', 'only an entry of `tools` has a category'],
    [
      'tools: { x: { foo: 1 } }',
      'there are action, when, reason, rate_limit, budget, concurrency, repeat, timeout',
    ],
    ['approvals: { foo: 1 }', 'there are via, timeout, hold, grant, max_pending'],
    ['max: 4', "'max' does not belong here | it is a key of `rate_limit`"],
    ['tools: { x: { via: [page] } }', "'via' does not belong here | it is a key of `approvals`"],
    ['tools: { x: { action: deny, reason:no } }', 'write a space after the colon: `reason: no`'],
    ['approval: { via: [page] }', "unknown key 'approval' | did you mean 'approvals'?"],
    ['approval: page', "did you mean 'approvals'?"],
    ['approval: [terminal, page]', "did you mean 'approvals'?"],
    ['approval: true', "did you mean 'approvals'?"],
    ['approval: [delete_y]', 'write the names of tools below `tools`: `tools: { x: require_approval }`'],
    ['prompt: { x: deny }', "did you mean 'prompts'?"],
    ['server: { x: { default: deny } }', "did you mean 'servers'?"],
    ['tool: { x: { action: allow } }', "did you mean 'tools'?"],
    [
      'servers: { x: { approval: { via: [page] } } }',
      "did you mean 'approvals'? It is a key of the policy itself",
    ],
    ['servers: { x: { test: [] } }', "did you mean 'tests'? It is a key of the policy itself"],
    ['limit: { max: 5, window: 1m }', "did you mean 'rate_limit'?"],
    ['limits: 5', "did you mean 'rate_limit'? It is written `rate_limit: { max: 5, window: 1m }`"],
    ['limit: { sum: args.n, max: 5, window: 1m }', "did you mean 'budget'?"],
    ['servers: { x: { limits: { max: 5, window: 1m } } }', "did you mean 'rate_limit'?"],
    ['preset: standard', "did you mean 'extends'?"],
    ['logging: { file: auto }', "did you mean 'audit'?"],
    ['fallback: deny', "did you mean 'default'?"],
    ['servers: { x: { default_action: deny } }', "did you mean 'default'?"],
    ['dry_run: true', 'write `mode: observe`'],
    ['name: mine', 'in YAML write it as a comment'],
    [
      'tools: { x: { action: require_approval, approval: { via: [page] } } }',
      'write `action: require_approval`; how people are asked is said in `approvals` of the policy itself',
    ],
    [
      'tools: { x: { action: require_approval, ask: terminal } }',
      'how people are asked is said in `approvals`',
    ],
    ['tools: { x: { action: deny, unless: args.ok } }', 'write the opposite with `when`'],
    ['tools: { x: { action: deny, args: { a: 1 } } }', 'say of which arguments it holds with `when`'],
    ['tools: { x: { rules: [deny] } }', 'rules of one tool are a list below its name'],
    ['rate_limit: { max: 5, window: 1m, by: args.a }', "did you mean 'key'?"],
    ['repeat: { maximum: 5, window: 1m }', "did you mean 'max'?"],
    ['approvals: { webhook: "https://x" }', 'write `via: [command]` and `command: the-program`'],
    ['audit: { redact: true }', "did you mean 'arguments'?"],
  ])('%s', (text, expected) => {
    const [first, ...more] = helps(HEAD + text);
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  it('and nothing of the key that is missing for it', () => {
    expect(helps(`${HEAD}tests: [{ tool: x, expect: deny }]`)).toEqual([
      "unknown key 'tool' | did you mean 'call'?",
    ]);
    expect(helps(`${HEAD}tests: [{ call: x, expct: deny }]`)).toEqual([
      "unknown key 'expct' | did you mean 'expect'?",
    ]);
    expect(helps(`${HEAD}tests: [{ expect: deny }, { foo: 1, call: x, expect: deny }]`)).toHaveLength(2);
  });
});

describe('what is written in short is shown in full', () => {
  it.each<[string, string]>([
    ['tools: { x: { rate_limit: 5/min } }', 'write `rate_limit: { max: 5, window: 1m }`'],
    ['tools: { x: { rate_limit: 10 per hour } }', 'write `rate_limit: { max: 10, window: 1h }`'],
    ['tools: { x: { rate_limit: 3 calls every 2 weeks } }', 'write `rate_limit: { max: 3, window: 14d }`'],
    ['tools: { x: { rate_limit: few } }', 'write a map, such as `rate_limit: { max: 5, window: 1m }`'],
    ['rate_limit: 5', 'write `rate_limit: { max: 5, window: 1m }`, with the time'],
    ['repeat: 3', 'write `repeat: { max: 3, window: 1m }`, with the time'],
    [
      'rate_limit: { max: 5, window: 1m, per: minute }',
      'this version only knows session; the time is `window: 1m`',
    ],
    ['rate_limit: { max: 5, window: minute }', 'write `window: 1m`'],
    ['budget: 100', 'write `budget: { sum: args.amount, max: 100, window: 1d }`'],
    [
      'budget: { sum: 1, max: 5, window: 60 }',
      'such as `sum: args.amount`; calls are counted by `rate_limit`',
    ],
    ['approvals: { via: browser }', 'write a list: `via: [page]`'],
    ['approvals: { via: [browser] }', "did you mean 'page'?"],
    ['approvals: { via: [terminl] }', "did you mean 'terminal'?"],
    ['approvals: { via: [slack] }', 'a program may ask there: `via: [command]`'],
    ['approvals: { remember: always }', 'write `session` for as long as the server runs'],
    ['approvals: { remember: true }', 'write `session` for as long as the server runs'],
    ['approvals: { remember: never }', 'write `remember: false`'],
    ['approvals: { timeout: forever }', 'it has to end some time: write how long, such as 1d'],
    ['approvals: { hold: forever }', 'write `hold: unlimited`'],
    ['approvals: { grant: 1 hour }', 'write `grant: 1h`'],
    ['approvals: true', 'such as `approvals: { via: [page] }`'],
    ['audit: ./log.jsonl', 'write `audit: { file: ./log.jsonl }`'],
    ['audit: true', 'write `audit: { file: auto }`'],
    ['sampling: false', 'write `sampling: deny`'],
    ['mode: dry-run', "did you mean 'observe'?"],
    ['tools: [x]', 'write names with what holds for each: `tools: { name: deny }`'],
    ['tools: { x: true }', 'write the action that is meant: hide, deny, require_approval, allow'],
    ['servers: { x: deny }', 'write `x: { default: deny }`'],
  ])('%s', (text, expected) => {
    const [first, ...more] = helps(HEAD + text);
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  it('and a version in quotes is one of another product, or of this one', () => {
    expect(shown(problemsOf('version: "1"\ndefault: deny\n'))).toEqual([
      "1:10 'version' is 1 in quotes, which is a string (/version) write it without quotes: `version: 1`; `policy-wrap import` converts policies of other products",
    ]);
  });
});
