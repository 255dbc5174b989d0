import { describe, expect, it } from 'vitest';
import { readSource } from '../../../../src/config/yaml/source.js';
import { lostTexts } from '../../../../src/config/yaml/unquoted/lost-texts.js';
import { HEAD } from '../../problems.js';

const found = (text: string) => {
  readSource(text, 'p.yaml');
  return lostTexts(text, 'p.yaml').map(
    ({ severity, place, message, help }) =>
      `${severity} ${place?.line}:${place?.column} ${message} | ${help}`,
  );
};
const rule = (line: string) => found(`${HEAD}tools:\n  x:\n    action: deny\n    ${line}\n`);

describe('a text that a comment ends', () => {
  it('is shown in quotes', () => {
    expect(rule('reason: no # never')).toEqual([
      "warning 6:16 'reason' ends before the #, which begins a comment in YAML | put it in single quotes: `reason: 'no # never'`, or the comment on a line of its own",
    ]);
    expect(rule("reason: it's ticket #42")).toEqual([
      expect.stringContaining("`reason: 'it''s ticket #42'`"),
    ]);
  });

  it.each<[string, string[]]>([
    ['when: args.a == 1 # && args.b == 2', ['warning']],
    ['when: args.a == 1 #2', ['warning']],
    ['when: args.a == 1 # in euros', ['info']],
    ['rate_limit: { max: 1, window: 60, key: args.a } # a comment', []],
    ["reason: 'no' # a comment", []],
    ['reason: "no" # a comment', []],
    ['reason: no#never', []],
    ['reason: |\n      no # never', []],
    ['# a comment\n    reason: no', []],
    ['reason: no\n    # a comment', []],
    ['reason:\n      no # never', ['warning']],
  ])('%j: %j', (line, severities) => {
    expect(rule(line).map((each) => each.split(' ')[0])).toEqual(severities);
  });

  it('is one of the language, and not of a tool that is called so', () => {
    const text = `${HEAD}tools:\n  key: deny # a comment\n  reason: { action: deny, reason: no # lost\n    }\nservers: { when: { tools: { sum: deny # fine\n  } } }\ntests:\n  - call: key\n    args: { key: 5 # fine\n      }\n    expect: deny # fine\n    reason: a # lost\n`;
    expect(found(text).map((each) => each.split(' ')[1])).toEqual(['5:38', '14:15']);
  });
});

describe('a word that YAML reads as an anchor', () => {
  it.each<[string, string]>([
    [
      'reason: &no way',
      "6:13 &no is not a part of 'reason', because YAML reads it as an anchor | put it in single quotes: `reason: '&no way'`",
    ],
    [
      'when: &a args.a == 1',
      "6:11 &a is not a part of 'when', because YAML reads it as an anchor | put it in single quotes: `when: '&a args.a == 1'`",
    ],
  ])('%s', (line, expected) => {
    expect(rule(line)).toEqual([`warning ${expected}`]);
  });

  it('may be the beginning of a name', () => {
    expect(found(`${HEAD}tools:\n  &x y: deny\n`)).toEqual([
      'warning 4:3 &x is not a part of the name, because YAML reads it as an anchor | put it in quotes: `"&x y": …`',
    ]);
  });

  it('is one where something refers to it', () => {
    expect(
      found(`${HEAD}tools:\n  a: { action: deny, reason: &no Never. }\n  b: { action: deny, reason: *no }\n`),
    ).toEqual([]);
    expect(found(`${HEAD}tools:\n  a: &unused { action: deny }\n`)).toEqual([]);
  });
});

it('says nothing of a text that cannot be read', () => {
  expect(lostTexts('tools: [', 'p.yaml')).toEqual([]);
  expect(lostTexts('a: *b # x', 'p.yaml')).toEqual([]);
  expect(lostTexts(`${'['.repeat(200)}`, 'p.yaml')).toEqual([]);
});
