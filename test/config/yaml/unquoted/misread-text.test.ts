import { describe, expect, it } from 'vitest';
import { readSource } from '../../../../src/config/yaml/source.js';
import { HEAD, marked, problemsOf } from '../../problems.js';

const TAG = 'begins with !, which YAML reads as a tag';
const COMMA = 'has a comma in it, which ends a text inside of { }';
const QUOTE_ALL = 'put the whole text in single quotes, and write each single quote in it twice';

const alone = (key: string, text: string) => `  x:\n    action: deny\n    ${key}: ${text}\n`;
const inBraces = (key: string, text: string) => `  x: { ${key}: ${text}, action: deny }\n`;

describe('a text in which YAML takes a character for its own is shown as it should be', () => {
  it.each<[string, string, (key: string, text: string) => string, string]>([
    ['when', '!has(args.dry_run)', alone, TAG],
    ['when', '!has(args.a) && !has(args.b)', inBraces, TAG],
    ['when', '!args.force', alone, TAG],
    ['when', '!(args.a == 1)', alone, TAG],
    ['when', '!tool.name.startsWith("x")', alone, TAG],
    ['when', "!args.a.startsWith('x')", alone, TAG],
    ['when', '!!args.a', alone, TAG],
    ['reason', '!never', alone, TAG],
    ['when', '"prod" in args.tags', alone, 'begins with ", and YAML ends the text at the next one'],
    ['when', "'prod' in args.tags", alone, "begins with ', and YAML ends the text at the next one"],
    ['when', "['a','b'].exists(v, v == args.k)", alone, 'begins with [, which YAML reads as a list or map'],
    ['when', '{"a":1}[args.k] == 1', alone, 'begins with {, which YAML reads as a list or map'],
    ['when', 'within(args.path, "/srv")', inBraces, COMMA],
    ['when', 'args.l.exists(v, v > 3)', inBraces, COMMA],
    ['when', 'f(args.a, "x", 1) && g(1, 2)', inBraces, COMMA],
    ['reason', 'No, never', inBraces, COMMA],
    ['reason', "Don't, or 1) ask, 2) wait", inBraces, COMMA],
    ['when', 'args.tags[0] == "x"', inBraces, 'has [ in it, which YAML reads as its own inside of { }'],
    ['when', 'args.a in ["b"]', inBraces, 'has [ in it, which YAML reads as its own inside of { }'],
    ['when', 'args.m == {"a": 1}', inBraces, 'has { in it, which YAML reads as its own inside of { }'],
    ['reason', 'No: never', alone, "has ': ' in it, which YAML reads as the end of a key"],
    ['reason', '@admins only', alone, 'begins with @, which YAML keeps for itself'],
  ])('%s: %s', (key, text, place, cause) => {
    const file = `${HEAD}tools:\n${place(key, text)}`;
    const problems = problemsOf(file);
    const quoted = `${key}: '${text.replaceAll("'", "''")}'`;
    expect(problems.map(({ message, help }) => [message, help])).toEqual([
      [`'${key}' ${cause}`, `put it in single quotes: \`${quoted}\``],
    ]);
    const mended = file.replace(`${key}: ${text}`, () => quoted);
    expect(readSource(mended, 'policy-wrap.yaml').document.tools?.['x']).toEqual({
      action: 'deny',
      [key]: text,
    });
  });
});

describe('a text is not shown where its end is not known', () => {
  it.each([
    ['more lines', '  x:\n    when: !a\n      && b\n'],
    ['more lines, one space further', '  x:\n    when: !a\n     && b\n'],
    ['more lines after an empty one', '  x:\n    when: !a\n\n      && b\n'],
    ['more lines inside of braces', '  x: { when: !f(a,\n     b) }\n'],
    ['an open bracket', '  x:\n    when: !f(a\n'],
    ['an open string', '  x:\n    when: !a == "\n'],
  ])('%s', (_, rules) => {
    expect(problemsOf(`${HEAD}tools:\n${rules}`).map(({ help }) => help)).toEqual([QUOTE_ALL]);
  });
});

it('marks the text and leaves out a comment', () => {
  const file = `${HEAD}tools:\n  x:\n    when: !args.force # never\n`;
  expect(marked(file, problemsOf(file))).toEqual(['!args.force']);
});

it.each(['  !read_*: deny\n', '  x: !hide deny\n', '  x: !!set { a }\n'])(
  'never says to remove: %s',
  (rules) => {
    const problems = problemsOf(`${HEAD}tools:\n${rules}`);
    expect(problems).not.toEqual([]);
    for (const { help } of problems) expect(help).not.toMatch(/remove/);
  },
);

it('leaves errors of other keys behind a condition alone', () => {
  const file = `${HEAD}tools:\n  x: { when: args.a, actoin: deny }\n`;
  expect(problemsOf(file).map(({ message }) => message)).toEqual(["unknown key 'actoin'"]);
});
