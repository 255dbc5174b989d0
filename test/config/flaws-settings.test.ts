import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf, shown } from './problems.js';

describe('mistakes in limits and settings', () => {
  it.each<[string, string, string]>([
    [
      'a number for a map',
      'rate_limit: 5\n',
      "3:1 'rate_limit' is 5, which cannot stand here (/rate_limit) write a map or a list",
    ],
    [
      'a limit without a window',
      'rate_limit: { max: 1 }\n',
      "3:1 'window' is missing (/rate_limit/window) add it as a number or a text",
    ],
    [
      'a limit without a maximum',
      'rate_limit: { window: 1 }\n',
      "3:1 'max' is missing (/rate_limit/max) add it as a number",
    ],
    [
      'a limit of nothing',
      'rate_limit: { max: 0, window: 1 }\n',
      "3:15 'max' is out of range (/rate_limit/max) it must be more than 0",
    ],
    [
      'a limit that is too large',
      'rate_limit: { max: 1000001, window: 1 }\n',
      "3:15 'max' is out of range (/rate_limit/max) it must be at most 1000000",
    ],
    [
      'a limit that is no whole number',
      'concurrency: 1.5\n',
      "3:1 'concurrency' is 1.5, not a whole number (/concurrency) write a whole number",
    ],
    [
      'a text for a number',
      'rate_limit: { max: ten, window: 1 }\n',
      "3:15 'max' is the text 'ten', not a number (/rate_limit/max) write a number",
    ],
    [
      'a window in words',
      'rate_limit: { max: 1, window: 5 minutes }\n',
      "3:23 '5 minutes' is no length of time (/rate_limit/window) write seconds, or a number with s, m, h or d behind it, such as 30s or 5m",
    ],
    [
      'a window in weeks',
      'repeat: { max: 1, window: 1w }\n',
      "3:19 '1w' is no length of time (/repeat/window) write seconds, or a number with s, m, h or d behind it, such as 30s or 5m",
    ],
    [
      'a negative window',
      'repeat: { max: 1, window: -1 }\n',
      "3:19 'window' is out of range (/repeat/window) it must be more than 0",
    ],
    [
      'a window of more than a year',
      'repeat: { max: 1, window: 99999999 }\n',
      "3:19 'window' is out of range (/repeat/window) it must be at most 31622400",
    ],
    [
      'a window of another type',
      'repeat: { max: 1, window: [1] }\n',
      "3:19 'window' is a list, which cannot stand here (/repeat/window) write a number or a text",
    ],
    [
      'a negative budget',
      'budget: { sum: args.n, max: -1, window: 1 }\n',
      "3:24 'max' is out of range (/budget/max) it must be at least 0",
    ],
    [
      'a counter that this version does not share',
      'rate_limit: { max: 1, window: 1, per: machine }\n',
      "3:34 unknown per 'machine' (/rate_limit/per) this version knows session only",
    ],
    [
      'a channel that this version does not have',
      'approvals: { via: [elicitation, page] }\n',
      "3:33 unknown via 'page' (/approvals/via/1) this version knows elicitation only",
    ],
    ['an unknown mode', 'mode: obsrve\n', "3:1 unknown mode 'obsrve' (/mode) did you mean 'observe'?"],
    ['a base that is no text', 'extends: 5\n', "3:1 'extends' is 5, not a text (/extends) write a text"],
    [
      'a log that is neither',
      'audit: { file: true }\n',
      "3:10 'file' is true, which cannot stand here (/audit/file) write a text or false",
    ],
    [
      'an unknown detail',
      'audit: { arguments: ful }\n',
      "3:10 unknown arguments 'ful' (/audit/arguments) did you mean 'full'?",
    ],
    [
      'a word for true or false',
      'audit: { required: yes }\n',
      "3:10 'required' is the text 'yes', not true or false (/audit/required) write true or false",
    ],
    [
      'an unknown expectation',
      'tests: [{ call: x, expect: denied }]\n',
      "3:20 unknown expectation 'denied' (/tests/0/expect) write allow, deny, require_approval, hide or limited, with ` x10` behind it for ten times",
    ],
    [
      'an expectation of nothing',
      'tests: [{ call: x, expect: allow x0 }]\n',
      "3:20 unknown expectation 'allow x0' (/tests/0/expect) write allow, deny, require_approval, hide or limited, with ` x10` behind it for ten times",
    ],
    [
      'no expectation',
      'tests: [{ call: x }]\n',
      "3:9 'expect' is missing (/tests/0/expect) add it as a text or a list",
    ],
    [
      'an empty list of expectations',
      'tests: [{ call: x, expect: [] }]\n',
      "3:20 'expect' is empty (/tests/0/expect) write something, or remove the key",
    ],
    [
      'sampling that asks',
      'sampling: require_approval\n',
      "3:1 unknown sampling 'require_approval' (/sampling) write one of allow, deny",
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
