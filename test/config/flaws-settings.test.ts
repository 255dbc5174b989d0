import { describe, expect, it } from 'vitest';
import { loadFile } from '../../src/config/load.js';
import { PolicyError } from '../../src/config/policy-error.js';
import { DEFAULT_VIA } from '../../src/core/policy/compile/approval-settings.js';
import type { Diagnostic } from '../../src/core/policy/document/diagnostic.js';
import { folderWith } from './folder.js';
import { HEAD, problemsOf, shown } from './problems.js';

describe('mistakes in limits and settings', () => {
  it.each<[string, string, string]>([
    [
      'a number for a map',
      'rate_limit: 5\n',
      "3:13 'rate_limit' cannot be 5 (/rate_limit) write `rate_limit: { max: 5, window: 1m }`, with the time in which so many may pass",
    ],
    [
      'a limit without a window',
      'rate_limit: { max: 1 }\n',
      "3:1 'window' is missing (/rate_limit/window) add it as a number or a string",
    ],
    [
      'a limit without a maximum',
      'rate_limit: { window: 1 }\n',
      "3:1 'max' is missing (/rate_limit/max) add it as a number",
    ],
    [
      'a limit of nothing',
      'rate_limit: { max: 0, window: 1 }\n',
      "3:20 'max' is out of range (/rate_limit/max) it must be more than 0",
    ],
    [
      'a limit that is too large',
      'rate_limit: { max: 1000001, window: 1 }\n',
      "3:20 'max' is out of range (/rate_limit/max) it must be at most 1000000",
    ],
    [
      'a limit that is no whole number',
      'concurrency: 1.5\n',
      "3:14 'concurrency' is 1.5, not a whole number (/concurrency) write a whole number",
    ],
    [
      'a text for a number',
      'rate_limit: { max: ten, window: 1 }\n',
      "3:20 'max' is the string 'ten', not a number (/rate_limit/max) write a number",
    ],
    [
      'a window in words',
      'rate_limit: { max: 1, window: 5 minutes }\n',
      "3:31 '5 minutes' is not a duration (/rate_limit/window) write `window: 5m`",
    ],
    [
      'a window in weeks',
      'repeat: { max: 1, window: 1w }\n',
      "3:27 '1w' is not a duration (/repeat/window) write `window: 7d`",
    ],
    [
      'a negative window',
      'repeat: { max: 1, window: -1 }\n',
      "3:27 'window' is out of range (/repeat/window) it must be more than 0",
    ],
    [
      'a window of more than a year',
      'repeat: { max: 1, window: 99999999 }\n',
      "3:27 'window' is out of range (/repeat/window) it must be at most 31622400",
    ],
    [
      'a window of another type',
      'repeat: { max: 1, window: [1] }\n',
      "3:27 'window' cannot be a list (/repeat/window) write a number or a string",
    ],
    [
      'a negative budget',
      'budget: { sum: args.n, max: -1, window: 1 }\n',
      "3:29 'max' is out of range (/budget/max) it must be at least 0",
    ],
    [
      'a counter that this version does not share',
      'rate_limit: { max: 1, window: 1, per: machine }\n',
      "3:39 unknown per 'machine' (/rate_limit/per) this version only knows session",
    ],
    [
      'a channel that this version does not have',
      'approvals: { via: [elicitation, slack] }\n',
      "3:33 unknown via 'slack' (/approvals/via/1) a program may ask there: `via: [command]` with `command: the-program`; there are elicitation, page, terminal, command",
    ],
    [
      'a setting of approvals that does not exist',
      'approvals: { max_waiting: 5 }\n',
      "3:14 unknown key 'max_waiting' (/approvals/max_waiting) there are via, timeout, hold, grant, max_pending, remember, edit, open, notify, command",
    ],
    ['no channel', 'approvals: { via: [] }\n', "3:19 'via' is empty (/approvals/via) write what is meant"],
    [
      'a program of no words',
      'approvals: { via: [command], command: [] }\n',
      "3:39 'command' is empty (/approvals/command) write what is meant",
    ],
    [
      'no time to answer',
      'approvals: { timeout: 0 }\n',
      "3:23 'timeout' is out of range (/approvals/timeout) it must be more than 0",
    ],
    [
      'more waiting calls than there may be',
      'approvals: { max_pending: 5000 }\n',
      "3:27 'max_pending' is out of range (/approvals/max_pending) it must be at most 1000",
    ],
    [
      'to remember for ever',
      'approvals: { remember: true }\n',
      "3:24 'remember' cannot be true (/approvals/remember) write `session` for as long as the server runs, or a time such as 8h: no approval counts forever",
    ],
    ['an unknown mode', 'mode: obsrve\n', "3:7 unknown mode 'obsrve' (/mode) did you mean 'observe'?"],
    [
      'a base that is no text',
      'extends: 5\n',
      "3:10 'extends' is 5, not a string (/extends) put it in quotes: `extends: '5'`",
    ],
    [
      'a log that is neither',
      'audit: { file: true }\n',
      "3:16 'file' cannot be true (/audit/file) write a string or false",
    ],
    [
      'an unknown detail',
      'audit: { arguments: ful }\n',
      "3:21 unknown arguments 'ful' (/audit/arguments) did you mean 'full'?",
    ],
    [
      'a word for true or false',
      'audit: { required: yes }\n',
      "3:20 'required' is the string 'yes', not true or false (/audit/required) write true or false",
    ],
    [
      'an unknown expectation',
      'tests: [{ call: x, expect: denied }]\n',
      "3:28 unknown expectation 'denied' (/tests/0/expect) write allow, deny, require_approval, hide or limited, followed by ` x10` for ten times",
    ],
    [
      'an expectation of nothing',
      'tests: [{ call: x, expect: allow x0 }]\n',
      "3:28 unknown expectation 'allow x0' (/tests/0/expect) write allow, deny, require_approval, hide or limited, followed by ` x10` for ten times",
    ],
    [
      'no expectation',
      'tests: [{ call: x }]\n',
      "3:9 'expect' is missing (/tests/0/expect) add it as a string or a list",
    ],
    [
      'an empty list of expectations',
      'tests: [{ call: x, expect: [] }]\n',
      "3:28 'expect' is empty (/tests/0/expect) write what is meant",
    ],
    [
      'sampling that asks',
      'sampling: require_approval\n',
      "3:11 unknown sampling 'require_approval' (/sampling) write one of allow, deny",
    ],
    [
      'a test that calls nothing',
      'tests: [{ expect: deny }]\n',
      '3:9 a test calls one thing (/tests/0) write one of call, resource, prompt and method',
    ],
    [
      'a test that calls two things',
      'tests: [{ call: x, prompt: y, expect: deny }]\n',
      '3:9 a test calls one thing (/tests/0) write one of call, resource, prompt and method',
    ],
  ])('%s', (_, text, expected) => {
    expect(shown(problemsOf(HEAD + text))).toEqual([expected]);
  });
});

describe('settings of approvals that contradict each other', () => {
  it.each<[string, string, string]>([
    [
      'the channel without a program',
      'approvals: { via: [page, command] }\n',
      "3:14 the channel 'command' has no program to ask (/approvals/via) add `command: the-program`, or leave it out of `via`",
    ],
    [
      'a program without the channel',
      'approvals: { command: ask }\n',
      "3:14 no 'via' names the channel 'command', so the program is never asked (/approvals/command) add it: `via: [DEFAULT, command]`".replace(
        'DEFAULT',
        DEFAULT_VIA.join(', '),
      ),
    ],
    [
      'a program that the channels leave out',
      'approvals: { via: [terminal], command: [ask, -v] }\n',
      "3:31 no 'via' names the channel 'command', so the program is never asked (/approvals/command) add it: `via: [terminal, command]`",
    ],
    [
      'a page that is opened and not asked',
      'approvals: { via: [terminal], open: true }\n',
      "3:31 'open' is about the page, which 'via' does not name (/approvals/open) remove it, or add the page: `via: [terminal, page]`",
    ],
    [
      'a desktop that announces what it is not about',
      'approvals: { via: [elicitation], notify: true }\n',
      "3:34 'notify' is about the page and the terminal, which 'via' does not name (/approvals/notify) remove it, or add one: `via: [elicitation, page]`",
    ],
    [
      'arguments that nobody can change',
      'approvals: { via: [elicitation], edit: true }\n',
      "3:34 'edit' is about the page and the terminal, which 'via' does not name (/approvals/edit) remove it, or add one: `via: [elicitation, page]`",
    ],
    [
      'a channel twice',
      'approvals: { via: [page, terminal, page] }\n',
      "3:36 'via' names 'page' twice (/approvals/via/2) a channel is asked once; remove one of the two",
    ],
    [
      'a call that is held longer than a person may take',
      'approvals: { hold: 3m, timeout: 2m }\n',
      "3:20 'hold' is longer than the time in which a person must decide, which is 2 min (/approvals/hold) make `timeout` longer, or write `hold: unlimited` to hold it until then",
    ],
    [
      'the same with the time that a person has by default',
      'approvals: { hold: 901 }\n',
      "3:20 'hold' is longer than the time in which a person must decide, which is 15 min by default (/approvals/hold) make `timeout` longer, or write `hold: unlimited` to hold it until then",
    ],
    ...['timeout', 'hold', 'grant', 'remember'].map((key): [string, string, string] => [
      `no time to ${key}`,
      `approvals: { ${key}: 0s }\n`,
      `3:${16 + key.length} '${key}' is out of range (/approvals/${key}) it must be more than 0`,
    ]),
  ])('%s', async (_, text, expected) => {
    expect(shown(await flawsOf({ 'policy-wrap.yaml': HEAD + text }))).toEqual([expected]);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    [
      'all of it',
      'approvals: { via: [command, page], command: ask, open: true, hold: 45, timeout: 45, notify: true }\n',
    ],
    ['a call that is held as long as it may take', 'approvals: { hold: unlimited, timeout: 5 }\n'],
    ['less time for a person than a call is held by default', 'approvals: { timeout: 30 }\n'],
    ['a page that is not to be opened', 'approvals: { via: [terminal], open: false }\n'],
    ['nothing to remember', 'approvals: { remember: false }\n'],
  ])('%s is none', async (_, text) => {
    expect(await flawsOf({ 'policy-wrap.yaml': HEAD + text })).toEqual([]);
  });

  it('are looked for in a file with all that it extends, and shown where they are written', async () => {
    const files = {
      'policy-wrap.yaml': `${HEAD}extends: ./base.yaml\napprovals: { via: [terminal] }\n`,
      'base.yaml': `${HEAD}approvals:\n  open: true\n`,
    };
    const problems = await flawsOf(files);
    expect(problems.map(({ place }) => [place?.source, place?.line, place?.pointer])).toEqual([
      ['base.yaml', 4, '/approvals/open'],
    ]);
    const mended = { ...files, 'policy-wrap.yaml': files['policy-wrap.yaml'].replace('terminal', 'page') };
    expect(await flawsOf(mended)).toEqual([]);
  });
});

/** What is wrong with policy-wrap.yaml, which is named. */
async function flawsOf(files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> {
  try {
    const cwd = folderWith(files);
    const { policyFor } = await loadFile('policy-wrap.yaml', cwd);
    await policyFor('server');
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.diagnostics;
    throw error;
  }
}
