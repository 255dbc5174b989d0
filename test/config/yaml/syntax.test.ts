import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf, shown } from '../problems.js';

describe('text that is no YAML', () => {
  it.each<[string, string, string | RegExp]>([
    [
      'a list that is left open',
      'tools:\n  x: [allow\n  y: deny\n',
      '5:3 flow sequence in block collection must be sufficiently indented and end with a ] () close the quote or bracket that is open, and indent lines that belong together alike',
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
      '5:1 all mapping items must start at the same column () close the quote or bracket that is open, and indent lines that belong together alike',
    ],
    [
      'a star without quotes',
      'tools:\n  *: deny\n',
      '4:3 a name that begins with * must be in quotes, or YAML reads it as an alias () write it as "*": deny',
    ],
    [
      'a glob without quotes',
      'tools:\n  x: deny\n  *_x: deny\n',
      '5:3 a name that begins with * must be in quotes, or YAML reads it as an alias () write it as "*_x": deny',
    ],
    [
      'a colon in a text',
      'tools:\n  x:\n    reason: no: never\n',
      "5:13 'reason' has ': ' in it, which YAML reads as the end of a key () put it in single quotes: `reason: 'no: never'`",
    ],
    [
      'a colon in a text of a flow',
      'tools: { x: { reason: no: never } }\n',
      "3:23 'reason' has ': ' in it, which YAML reads as the end of a key () put it in single quotes: `reason: 'no: never'`",
    ],
    [
      'a key twice',
      'tools:\n  x: deny\n  x: allow\n',
      "5:3 the key 'x' is written twice (/tools/x) keep the stricter of the two, or put what both hold below the first one",
    ],
    [
      'a number and its text',
      'tools:\n  1: deny\n  "1": allow\n',
      "5:3 the key '1' is written twice (/tools/1) keep the stricter of the two, or put what both hold below the first one",
    ],
    [
      'true and its text',
      'tools:\n  true: deny\n  "true": allow\n',
      "5:3 the key 'true' is written twice (/tools/true) keep the stricter of the two, or put what both hold below the first one",
    ],
    [
      'a list for a key',
      'tools:\n  [a, b]: deny\n',
      '4:3 a key must be a string () write it out, in quotes where needed',
    ],
    [
      'an alias for a key',
      'tests: [{ call: &p __proto__, expect: deny }]\ntools:\n  *p : deny\n',
      '5:3 a name that begins with * must be in quotes, or YAML reads it as an alias () write it as "*p": deny',
    ],
    ...['!', '&', '*'].map((sign): [string, string, string] => {
      const meaning = { '!': 'a tag', '&': 'an anchor', '*': 'an alias' }[sign];
      return [
        `a name that begins with ${sign}`,
        `tools:\n  ${sign}x: deny\n`,
        `4:3 a name that begins with ${sign} must be in quotes, or YAML reads it as ${meaning} () write it as "${sign}x": deny`,
      ];
    }),
    ...['@x', '`x`', '%x'].map((name): [string, string, string] => [
      `the name ${name}`,
      `tools: \n  ${name}: { action: deny }\n`,
      `4:3 a name that begins with ${name.charAt(0)} must be in quotes, since YAML keeps that character for itself () write it as "${name}": …`,
    ]),
    ...['!x', '&x', '*x', '@x'].map((name): [string, string, string | RegExp] => [
      `the name ${name} inside of braces`,
      `tools: { a: deny, ${name}: hide }\n`,
      new RegExp(`^3:19 a name that begins with .* write it as "\\${name}": hide$`),
    ]),
    [
      'a tag',
      'tools:\n  x: !!js/function deny\n',
      '4:6 unresolved tag: tag:yaml.org,2002:js/function () put quotes around a string that begins with !; a policy has no tags',
    ],
    [
      'a tag of YAML',
      'tools:\n  x: !!binary ZGVueQ==\n',
      '4:6 unresolved tag: tag:yaml.org,2002:binary () put quotes around a string that begins with !; a policy has no tags',
    ],
    [
      'an escape that is none',
      'tools: { x: { reason: "\\q" } }\n',
      "3:24 invalid escape sequence \\q () write \\\\ for a backslash, or put the string in single quotes ('…')",
    ],
    ['a second document', '---\nversion: 1\n', '3:1 a policy file holds one document () remove the line ---'],
  ])('%s', (_, text, expected) => {
    const [first] = shown(problemsOf(HEAD + text));
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  it('of an older version is refused, since its words mean something else', () => {
    expect(shown(problemsOf('%YAML 1.1\n---\nversion: 1\ndefault: no\n'))).toEqual([
      '1:1 policies are YAML 1.2, and the file says %YAML 1.1 () remove the line that begins with %',
    ]);
  });

  it('is complained about once a line, and not forever', () => {
    const problems = problemsOf(`${HEAD}${'a: b: c: d\n'.repeat(500)}`);
    expect(problems.length).toBeLessThanOrEqual(10);
    expect(new Set(problems.map(({ place }) => place?.line)).size).toBe(problems.length);
  });

  it('and nested too deeply is refused', () => {
    expect(problemsOf(`${HEAD}tests: ${'['.repeat(5_000)}`)[0]?.message).toBe(
      'the file is nested too deeply',
    );
  });
});
