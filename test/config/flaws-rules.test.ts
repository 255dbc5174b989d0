import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf, shown } from './problems.js';

describe('mistakes in rules', () => {
  it.each<[string, string, string]>([
    [
      'an unknown action',
      'tools:\n  x: alow\n',
      "4:6 unknown action 'alow' (/tools/x) did you mean 'allow'?",
    ],
    [
      'an action that is nothing like one',
      'tools: { x: stop }\n',
      "3:13 unknown action 'stop' (/tools/x) write one of hide, deny, require_approval, allow",
    ],
    [
      'an unknown action in a rule',
      'tools:\n  x:\n    action: dney\n',
      "5:13 unknown action 'dney' (/tools/x/action) did you mean 'deny'?",
    ],
    [
      'an unknown action in a list',
      'tools:\n  x:\n    - deny\n    - alow\n',
      "6:7 unknown action 'alow' (/tools/x/1) did you mean 'allow'?",
    ],
    [
      'a number for an action',
      'tools: { x: { action: 5 } }\n',
      "3:23 unknown action '5' (/tools/x/action) write one of hide, deny, require_approval, allow",
    ],
    ['an unknown key', 'tols: {}\n', "3:1 unknown key 'tols' (/tols) did you mean 'tools'?"],
    [
      'an unknown key in a rule',
      'tools: { x: { reasn: a } }\n',
      "3:15 unknown key 'reasn' (/tools/x/reasn) did you mean 'reason'?",
    ],
    [
      'a key like none',
      'foobar: 1\n',
      "3:1 unknown key 'foobar' (/foobar) there are version, extends, mode, default, rate_limit, budget, concurrency, repeat, timeout, categories, tools, trust_annotations, resources, prompts, methods, sampling, servers, tests, approvals, audit",
    ],
    [
      'a key in the wrong place',
      'tools: { x: { tools: b } }\n',
      "3:15 'tools' does not belong here (/tools/x/tools) it is a key of the policy itself",
    ],
    [
      'a mode for a server',
      'servers: { a: { mode: observe } }\n',
      "3:17 'mode' does not belong here (/servers/a/mode) it is a key of the policy itself",
    ],
    [
      'a key that objects have',
      'constructor: 1\n',
      "3:1 unknown key 'constructor' (/constructor) there are version, extends, mode, default, rate_limit, budget, concurrency, repeat, timeout, categories, tools, trust_annotations, resources, prompts, methods, sampling, servers, tests, approvals, audit",
    ],
    [
      'an unknown category',
      'categories: { reed: allow }\n',
      "3:15 unknown key 'reed' (/categories/reed) did you mean 'read'?",
    ],
    [
      'a list for a map',
      'tools: [a]\n',
      "3:8 'tools' is a list, not a map (/tools) write names with what holds for each: `tools: { name: deny }`",
    ],
    ['nothing for a map', 'tools:\n', "3:1 'tools' is empty, not a map (/tools) write what is meant"],
    [
      'nothing for a rule',
      'tools:\n  x:\n',
      "4:3 'x' cannot be empty (/tools/x) write the action that is meant: hide, deny, require_approval, allow",
    ],
    ['an empty list of rules', 'tools: { x: [] }\n', "3:13 'x' is empty (/tools/x) write what is meant"],
    [
      'an empty name',
      'tools: { "": deny }\n',
      '3:10 a name is empty (/tools/) write the name, or a glob such as "*"',
    ],
    [
      'a condition that is no text',
      'tools: { x: { when: true } }\n',
      "3:21 'when' is true, not a string (/tools/x/when) put it in quotes: `when: 'true'`",
    ],
    [
      'a map that cannot be made a text',
      'tools: { x: { action: { toString: 0, valueOf: 0 } } }\n',
      "3:23 unknown action 'a map' (/tools/x/action) write one of hide, deny, require_approval, allow",
    ],
    [
      'an empty condition',
      'tools: { x: { when: "" } }\n',
      "3:21 'when' is empty (/tools/x/when) write what is meant",
    ],
  ])('%s', (_, text, expected) => {
    expect(shown(problemsOf(HEAD + text))).toEqual([expected]);
  });

  it.each([
    ['ask', 'require_approval'],
    ['approve', 'require_approval'],
    ['prompt', 'require_approval'],
    ['block', 'deny'],
    ['reject', 'deny'],
    ['forbid', 'deny'],
  ])('the word %s of other products is understood as %s', (word, action) => {
    expect(shown(problemsOf(`${HEAD}tools: { x: ${word} }\n`))).toEqual([
      `3:13 unknown action '${word}' (/tools/x) did you mean '${action}'?`,
    ]);
  });
});
