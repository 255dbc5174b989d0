import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/config/yaml/source.js';
import { HEAD, problemsOf, shown } from '../problems.js';

describe('a file that is wrong', () => {
  it.each<[string, string, string]>([
    ['no version', 'default: deny\n', "1:1 'version' is missing (/version) add `version: 1`"],
    [
      'version 2',
      'version: 2\ndefault: deny\n',
      '1:10 version 2 of the policy language is not known (/version) write `version: 1`; `policy-wrap import` converts policies of other products',
    ],
    [
      'a version in quotes',
      'default: deny\nversion: "1"\n',
      "2:10 'version' is 1 in quotes, which is a string (/version) write it without quotes: `version: 1`; `policy-wrap import` converts policies of other products",
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
    expect(problemsOf(text).map(({ place }) => `${place?.line} ${place?.pointer}`)).toEqual([
      '1 /vresion',
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
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(5);
    for (const { message, help } of problems) {
      expect(message).not.toMatch(/[.\n]/);
      expect(help).toMatch(/^\S.*[^.]$/);
    }
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

  it('is not disturbed by what else stands there', () => {
    const text = '{"scripts":{"a":"1","a":"2","__proto__":"x"},"policy-wrap":{"version":1,"default":"deny"}}';
    expect(readSource(text, 'package.json', ['policy-wrap']).document.default).toBe('deny');
  });

  it.each<[string, string, string]>([
    [
      'a mistake',
      '{\n    "version": 1,\n    "default": "alow"\n  }',
      "5:16 unknown action 'alow' (/default) did you mean 'allow'?",
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

it('counts the lines of what cannot be read', () => {
  const problems = shown(problemsOf('*a: ---\nversion: 1\nconcurrency'));
  expect(problems.at(-1)).toMatch(/^3:1 /);
});
