import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/config/yaml/source.js';
import { HEAD, problemsOf, shown } from '../problems.js';

describe('keys and aliases that mean nothing', () => {
  it.each<[string, string, string]>([
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
      '3:13 *y refers to nothing, since there is no &y before it (/tools/x) for a name or string that begins with a star, write "*y" in quotes',
    ],
    [
      'an alias to itself',
      'tests:\n  - { call: x, expect: deny, args: &a { b: [*a] } }\n',
      '4:45 *a is a part of what it refers to (/tests/0/args/b/0) write the value out',
    ],
    [
      'a merge of YAML 1.1',
      'tools:\n  x: &x { action: deny }\n  y: { <<: *x }\n',
      "5:8 unknown key '<<' (/tools/y/<<) merge keys are not read; write the keys out, or put the rules into a list",
    ],
    [
      'a condition that YAML would turn round',
      'tools: { x: { action: deny, when: ! args.force } }\n',
      "3:37 'when' begins with !, which YAML reads as a tag (/tools/x/when) put it in single quotes: `when: '! args.force'`",
    ],
    [
      'a quoted one that it would turn round',
      'tools:\n  x:\n    reason: ! "no"\n',
      "5:15 'reason' begins with !, which YAML reads as a tag (/tools/x/reason) put it in single quotes: `reason: '! \"no\"'`",
    ],
  ])('%s', (_, text, expected) => {
    expect(shown(problemsOf(HEAD + text))).toEqual([expected]);
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
    expect(problemsOf(text).map(({ place }) => `${place?.line} ${place?.pointer}`)).toEqual([
      '4 /tools/x/action',
      '4 /tools/y/action',
    ]);
  });
});
