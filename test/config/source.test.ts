import { describe, expect, it } from 'vitest';
import { isPolicyError, type Problem } from '../../src/config/problem.js';
import { readSource } from '../../src/config/source.js';

const HEAD = 'version: 1\ndefault: deny\n';

function problemsOf(text: string, within?: readonly string[]): readonly Problem[] {
  try {
    readSource(text, 'policy-wrap.yaml', within);
  } catch (error) {
    if (isPolicyError(error)) return error.problems;
    throw error;
  }
  throw new Error('no problem was found');
}

/** One line for each problem: place, message, pointer, help. */
function shown(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ line, column, message, pointer, help }) => `${line}:${column} ${message} (${pointer}) ${help}`,
  );
}

describe('mistakes in a policy file', () => {
  it.each<[string, string, string]>([
    [
      'an unknown action',
      'tools:\n  x: alow\n',
      "4:3 unknown action 'alow' (/tools/x) did you mean 'allow'?",
    ],
    [
      'an action that is nothing like one',
      'tools: { x: stop }\n',
      "3:10 unknown action 'stop' (/tools/x) write one of hide, deny, require_approval, allow",
    ],
    [
      'an unknown action in a rule',
      'tools:\n  x:\n    action: dney\n',
      "5:5 unknown action 'dney' (/tools/x/action) did you mean 'deny'?",
    ],
    [
      'an unknown action in a list',
      'tools:\n  x:\n    - deny\n    - alow\n',
      "6:7 unknown action 'alow' (/tools/x/1) did you mean 'allow'?",
    ],
    [
      'a number for an action',
      'tools: { x: { action: 5 } }\n',
      "3:15 unknown action '5' (/tools/x/action) write one of hide, deny, require_approval, allow",
    ],
    ['an unknown key', 'tols: {}\n', "3:1 unknown key 'tols' (/tols) did you mean 'tools'?"],
    [
      'an unknown key in a rule',
      'tools: { x: { reasn: a } }\n',
      "3:15 unknown key 'reasn' (/tools/x/reasn) did you mean 'reason'?",
    ],
    ['a key like none', 'foobar: 1\n', "3:1 unknown key 'foobar' (/foobar) remove it; nothing reads it"],
    [
      'a key in the wrong place',
      'tools: { x: { tools: b } }\n',
      "3:15 'tools' cannot stand in x (/tools/x/tools) move it to where it belongs, or remove it",
    ],
    [
      'a mode for a server',
      'servers: { a: { mode: observe } }\n',
      "3:17 'mode' cannot stand in a (/servers/a/mode) move it to where it belongs, or remove it",
    ],
    [
      'a key that objects have',
      'constructor: 1\n',
      "3:1 unknown key 'constructor' (/constructor) remove it; nothing reads it",
    ],
    [
      'an unknown category',
      'categories: { reed: allow }\n',
      "3:15 unknown key 'reed' (/categories/reed) did you mean 'read'?",
    ],
    ['a list for a map', 'tools: [a]\n', "3:1 'tools' is a list, not a map (/tools) write a map"],
    [
      'nothing for a map',
      'tools:\n',
      "3:1 'tools' is empty, not a map (/tools) write something, or remove the key",
    ],
    [
      'nothing for a rule',
      'tools:\n  x:\n',
      "4:3 'x' is empty, which cannot stand here (/tools/x) write a word or a map or a list",
    ],
    [
      'an empty list of rules',
      'tools: { x: [] }\n',
      "3:10 'x' is empty (/tools/x) write something, or remove the key",
    ],
    [
      'an empty name',
      'tools: { "": deny }\n',
      '3:10 a name is empty (/tools/) write the name, or a glob such as "*"',
    ],
    [
      'a condition that is no text',
      'tools: { x: { when: true } }\n',
      "3:15 'when' is true, not a text (/tools/x/when) write a text",
    ],
    [
      'an empty condition',
      'tools: { x: { when: "" } }\n',
      "3:15 'when' is empty (/tools/x/when) write something, or remove the key",
    ],
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
      'a test that calls nothing',
      'tests: [{ expect: deny }]\n',
      '3:9 a test calls one thing (/tests/0) write one of call, resource and prompt',
    ],
    [
      'a test that calls two things',
      'tests: [{ call: x, prompt: y, expect: deny }]\n',
      '3:9 a test calls one thing (/tests/0) write one of call, resource and prompt',
    ],
    [
      'a key that JavaScript reads',
      'tools:\n  __proto__: deny\n',
      '4:3 a key cannot be called \'__proto__\' (/tools/__proto__) use a glob, such as "__proto?_"',
    ],
    [
      'the same key in quotes',
      'tools: { "__proto__": deny }\n',
      '3:10 a key cannot be called \'__proto__\' (/tools/__proto__) use a glob, such as "__proto?_"',
    ],
    [
      'the same key with escapes',
      'tools: { "\\u005f_proto__": deny }\n',
      '3:10 a key cannot be called \'__proto__\' (/tools/__proto__) use a glob, such as "__proto?_"',
    ],
    [
      'an alias to nothing',
      'tools: { x: *y }\n',
      '3:10 *y refers to nothing, since no &y stands before it (/tools/x) for a name or text that begins with a star, write "*y" in quotes',
    ],
    [
      'an alias to itself',
      'tests:\n  - { call: x, expect: deny, args: &a { b: [*a] } }\n',
      '4:45 *a stands inside of what it refers to (/tests/0/args/b/0) write the value out',
    ],
    [
      'a merge of YAML 1.1',
      'tools:\n  x: &x { action: deny }\n  y: { <<: *x }\n',
      "5:8 unknown key '<<' (/tools/y/<<) remove it; nothing reads it",
    ],
  ])('%s', (_, text, expected) => {
    expect(shown(problemsOf(HEAD + text))).toEqual([expected]);
  });

  it.each<[string, string, string]>([
    ['no version', 'default: deny\n', "1:1 'version' is missing (/version) add `version: 1`"],
    [
      'version 2',
      'version: 2\ndefault: deny\n',
      '1:1 version 2 of the policy language is not known (/version) write `version: 1`',
    ],
    [
      'a version in quotes',
      'default: deny\nversion: "1"\n',
      '2:1 version 1 of the policy language is not known (/version) write `version: 1`',
    ],
    ['an empty file', '', '1:1 a policy is a map of keys () start the file with `version: 1`'],
    ['only a comment', '# nothing\n', '1:1 a policy is a map of keys () start the file with `version: 1`'],
    ['a list', '- a\n', '1:1 a policy is a map of keys () start the file with `version: 1`'],
    ['a text', 'deny everything\n', '1:1 a policy is a map of keys () start the file with `version: 1`'],
    ['null', 'null\n', '1:1 a policy is a map of keys () start the file with `version: 1`'],
  ])('%s', (_, text, expected) => {
    expect(shown(problemsOf(text))).toEqual([expected]);
  });

  it('are shown all at once, in the order of the file', () => {
    const text = `vresion: 1
default: alow
tools:
  a: dney
  b: { actoin: deny, rate_limit: { max: 0 } }
  __proto__: deny
categories: [read]
`;
    expect(problemsOf(text).map(({ line, pointer }) => `${line} ${pointer}`)).toEqual([
      '1 /vresion',
      '1 /version',
      '2 /default',
      '4 /tools/a',
      '5 /tools/b/actoin',
      '5 /tools/b/rate_limit/window',
      '5 /tools/b/rate_limit/max',
      '6 /tools/__proto__',
      '7 /categories',
    ]);
  });

  it('are one sentence and a help line each', () => {
    const text =
      'version: 3\ntols: 1\ntools: { x: { when: 5, action: stop, reason: [] } }\nmode: 7\nconcurrency: many\n';
    for (const { message, help } of problemsOf(text)) {
      expect(message).not.toMatch(/[.\n]/);
      expect(help).toMatch(/^\S.*[^.]$/);
    }
  });
});

describe('text that is no YAML', () => {
  it.each<[string, string, string]>([
    [
      'a list that is left open',
      'tools:\n  x: [allow\n  y: deny\n',
      '5:3 flow sequence in block collection must be sufficiently indented and end with a ] () close what is open, and indent what belongs together alike',
    ],
    [
      'a quote that is left open',
      'tools:\n  x: "deny\n',
      '5:1 missing closing "quote () close the quote or bracket that is open',
    ],
    ['a tab', 'tools:\n\tx: deny\n', '4:1 tabs are not allowed as indentation () indent with spaces'],
    [
      'uneven indentation',
      'tools:\n  x: deny\n y: deny\n',
      '5:1 all mapping items must start at the same column () close what is open, and indent what belongs together alike',
    ],
    [
      'a star without quotes',
      'tools:\n  *: deny\n',
      '4:6 unexpected scalar at node end () put quotes around names that begin with a star, such as "*_key": deny',
    ],
    [
      'a glob without quotes',
      'tools:\n  x: deny\n  *_x: deny\n',
      '5:3 a key must be a plain text () put quotes around names that begin with a star, such as "*_key": deny',
    ],
    [
      'a colon in a text',
      'tools:\n  x:\n    reason: no: never\n',
      "5:13 nested mappings are not allowed in compact mappings () put quotes around a text with ': ' in it, and begin each key on a line of its own",
    ],
    [
      'a colon in a text of a flow',
      'tools: { x: { reason: no: never } }\n',
      "3:23 block collections are not allowed within flow collections () put quotes around a text with ': ' in it, and begin each key on a line of its own",
    ],
    [
      'a key twice',
      'tools:\n  x: deny\n  x: allow\n',
      "5:3 the key 'x' stands here twice (/tools/x) remove one of the two, or put their rules into one list",
    ],
    [
      'a number and its text',
      'tools:\n  1: deny\n  "1": allow\n',
      "5:3 the key '1' stands here twice (/tools/1) remove one of the two, or put their rules into one list",
    ],
    [
      'true and its text',
      'tools:\n  true: deny\n  "true": allow\n',
      "5:3 the key 'true' stands here twice (/tools/true) remove one of the two, or put their rules into one list",
    ],
    [
      'a list for a key',
      'tools:\n  [a, b]: deny\n',
      '4:3 a key must be a plain text () write it out, in quotes where needed',
    ],
    [
      'an alias for a key',
      'tests: [{ call: &p __proto__, expect: deny }]\ntools:\n  *p : deny\n',
      '5:3 a key must be a plain text () put quotes around names that begin with a star, such as "*_key": deny',
    ],
    [
      'a tag',
      'tools:\n  x: !!js/function deny\n',
      '4:6 unresolved tag: tag:yaml.org,2002:js/function () remove the tag; a policy has maps, lists, texts, numbers and true or false',
    ],
    [
      'a tag of YAML',
      'tools:\n  x: !!binary ZGVueQ==\n',
      '4:6 unresolved tag: tag:yaml.org,2002:binary () remove the tag; a policy has maps, lists, texts, numbers and true or false',
    ],
    [
      'an escape that is none',
      'tools: { x: { reason: "\\q" } }\n',
      "3:24 invalid escape sequence \\q () write \\\\ for a backslash, or put the text in single quotes ('…')",
    ],
    ['a second document', '---\nversion: 1\n', '3:1 a policy file holds one document () remove the line ---'],
  ])('%s', (_, text, expected) => {
    expect(shown(problemsOf(HEAD + text))[0]).toBe(expected);
  });

  it('of an older version is refused, since its words mean something else', () => {
    expect(shown(problemsOf('%YAML 1.1\n---\nversion: 1\ndefault: no\n'))).toEqual([
      '1:1 policies are YAML 1.2, and the file says %YAML 1.1 () remove the line that begins with %',
    ]);
  });

  it('is complained about once a line, and not forever', () => {
    const problems = problemsOf(`${HEAD}${'a: b: c: d\n'.repeat(500)}`);
    expect(problems.length).toBeLessThanOrEqual(10);
    expect(new Set(problems.map(({ line }) => line)).size).toBe(problems.length);
  });

  it('and nested too deeply is refused', () => {
    expect(problemsOf(`${HEAD}tests: ${'['.repeat(5_000)}`)[0]?.message).toBe(
      'the file is nested too deeply',
    );
  });
});

describe('aliases', () => {
  it('may be used, also often', () => {
    const many = Array.from({ length: 500 }, (_, index) => `  t${index}: *limited\n`).join('');
    const text = `${HEAD}tools:\n  x: &limited { rate_limit: { max: 1, window: 60 } }\n${many}`;
    const { document, lineOf } = readSource(text, 'policy-wrap.yaml');
    expect(document.tools?.['t499']).toEqual({ rate_limit: { max: 1, window: 60 } });
    expect(lineOf(['tools', 't499'])).toBe(504);
    expect(lineOf(['tools', 't499', 'rate_limit', 'max'])).toBe(4);
  });

  it('that multiply are refused', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `      a${level}: &a${level} [${level ? `*a${level - 1}, `.repeat(9) : 'x'}]\n`,
    ).join('');
    const text = `${HEAD}tests:\n  - call: x\n    expect: deny\n    args:\n${levels}`;
    expect(shown(problemsOf(text))).toEqual([
      '1:1 the file refers to its own parts too often () write the values out instead of using * aliases',
    ]);
  });

  it('to a wrong value are wrong in both places', () => {
    const text = `${HEAD}tools:\n  x: &x { action: alow }\n  y: *x\n`;
    expect(problemsOf(text).map(({ line, pointer }) => `${line} ${pointer}`)).toEqual([
      '4 /tools/x/action',
      '4 /tools/y/action',
    ]);
  });
});

describe('what is read', () => {
  const document = {
    version: 1,
    default: 'deny',
    tools: { 'delete_*': 'hide', x: [{ action: 'deny', when: 'args.n > 1' }] },
  };

  it.each<[string, string]>([
    [
      'YAML',
      'version: 1\ndefault: deny\ntools:\n  "delete_*": hide\n  x:\n    - action: deny\n      when: args.n > 1\n',
    ],
    ['JSON', JSON.stringify(document)],
    ['JSON with tabs', JSON.stringify(document, null, '\t')],
    [
      'JSON with escapes',
      '{"version":1,"default":"\\u0064eny","tools":{"delete_*":"hide","x":[{"action":"deny","when":"args.n \\u003e 1"}]}}',
    ],
    ['a byte order mark', `\ufeff${JSON.stringify(document)}`],
    [
      'Windows line ends',
      'version: 1\r\ndefault: deny\r\ntools:\r\n  "delete_*": hide\r\n  x:\r\n    - action: deny\r\n      when: args.n > 1\r\n',
    ],
    [
      'comments and a document start',
      '# c\n---\nversion: 1 # c\ndefault: deny\ntools: { "delete_*": hide, x: [{ action: deny, when: args.n > 1 }] }\n...\n',
    ],
  ])('%s', (_, text) => {
    expect(readSource(text, 'policy-wrap.yaml').document).toEqual(document);
  });

  it('names that objects have by themselves', () => {
    const text = `${HEAD}tools: { constructor: deny, toString: hide, hasOwnProperty: allow }\nservers: { valueOf: {} }\n`;
    const { document: read } = readSource(text, 'policy-wrap.yaml');
    expect(Object.entries(read.tools ?? {})).toEqual([
      ['constructor', 'deny'],
      ['toString', 'hide'],
      ['hasOwnProperty', 'allow'],
    ]);
  });

  it.each<[readonly (string | number)[], number]>([
    [[], 1],
    [['tools'], 3],
    [['tools', 'x'], 5],
    [['tools', 'x', 1], 7],
    [['tools', 'x', 1, 'when'], 8],
    [['tools', 'nothing'], 3],
    [['tools', 'x', 9], 5],
  ])('knows that %j stands on line %i', (path, line) => {
    const text = `${HEAD}tools:\n  a: deny\n  x:\n    - deny\n    - action: deny\n      when: args.n > 1\n`;
    expect(readSource(text, 'policy-wrap.yaml').lineOf(path)).toBe(line);
  });

  it('a large policy without delay for each of its places', () => {
    const text = `${HEAD}tools:\n${Array.from({ length: 5_000 }, (_, index) => `  t${index}: &t${index} { action: deny }\n  u${index}: *t${index}\n`).join('')}`;
    const { lineOf } = readSource(text, 'policy-wrap.yaml');
    const lines = Array.from({ length: 5_000 }, (_, index) => lineOf(['tools', `u${index}`, 'action']));
    expect(lines[4_999]).toBe(10_002);
  });
});

describe('a policy that is a part of another file', () => {
  const manifest = (policy: string) => `{\n  "name": "x",\n  "policy-wrap": ${policy}\n}\n`;

  it('is read from there', () => {
    const { document, lineOf } = readSource(
      manifest('{\n    "version": 1,\n    "default": "deny"\n  }'),
      'package.json',
      ['policy-wrap'],
    );
    expect(document).toEqual({ version: 1, default: 'deny' });
    expect(lineOf(['default'])).toBe(5);
  });

  it.each<[string, string, string]>([
    [
      'a mistake',
      '{\n    "version": 1,\n    "default": "alow"\n  }',
      "5:5 unknown action 'alow' (/default) did you mean 'allow'?",
    ],
    ['no map', '5', '3:3 a policy is a map of keys () start the file with `version: 1`'],
    ['nothing at all', 'null', '3:3 a policy is a map of keys () start the file with `version: 1`'],
    ['a missing version', '{}', "3:3 'version' is missing (/version) add `version: 1`"],
    [
      'a key that JavaScript reads',
      '{ "version": 1, "tools": { "__proto__": "deny" } }',
      '3:45 a key cannot be called \'__proto__\' (/tools/__proto__) use a glob, such as "__proto?_"',
    ],
  ])('with %s', (_, policy, expected) => {
    expect(shown(problemsOf(manifest(policy), ['policy-wrap']))).toEqual([expected]);
  });
});
