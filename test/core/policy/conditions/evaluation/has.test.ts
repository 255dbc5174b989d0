import { describe, expect, it } from 'vitest';
import { evaluate } from '../conditions.js';

describe('has() of a member', () => {
  const FAILS = { failure: expect.any(String) };

  it.each([
    ['a text', '{"a":"{\\"b\\":true}"}'],
    ['an empty text', '{"a":""}'],
    ['a list', '{"a":["b"]}'],
    ['a list of maps', '{"a":[{"b":true}]}'],
    ['a number', '{"a":5}'],
    ['a fraction', '{"a":1.5}'],
    ['a boolean', '{"a":true}'],
    ['null', '{"a":null}'],
    ['nothing', '{}'],
    ['a number that not every reader can hold', '{"a":12345678901234567890}'],
    ['a text that some servers end early', '{"a":"b\\u0000"}'],
  ])('of %s fails, whatever is asked', (_, args) => {
    for (const source of [
      'has(args.a.b)',
      '!has(args.a.b)',
      'has(args.a.b) && args.a.b',
      'has(args["a"].b)',
      '[1].exists(n, has(args.a.b))',
      '[args].exists(each, has(each.a.b))',
      '[1].all(n, !has(args.a.b))',
    ])
      expect(evaluate(source, 'bool', args), source).toMatchObject(FAILS);
  });

  it.each([
    ['has(args.a.b)', '{"a":{"b":1}}', true],
    ['has(args.a.b)', '{"a":{}}', false],
    ['has(args.a.b)', '{"a":{"b":null}}', true],
    ['has(args.a)', '{"a":null}', true],
    ['has(args.a)', '{}', false],
    ['"a" in args', '{"a":null}', true],
    ['"b" in args.a', '{"a":{"b":null}}', true],
    ['"b" in args.a', '{"a":{}}', false],
    ['has(args.a) && args.a == null', '{"a":null}', true],
    ['has(args.a.b.c.d)', '{"a":{"b":{"c":{"d":0}}}}', true],
    ['has(args.l[0].b)', '{"l":[{"b":1}]}', true],
    ['has(args.l[1].b)', '{"l":[{"b":1},{}]}', false],
    ['args.l.exists(each, has(each.b))', '{"l":[{},{"b":1}]}', true],
    ['args.l.filter(each, has(each.b)).size() == 1', '{"l":[{},{"b":1}]}', true],
    ['has(tool.name) && has({"x": null}.x) && !has({"x": 1}.y)', '{}', true],
    ['has(args.huge)', '{"huge":12345678901234567890}', true],
    ['"huge" in args', '{"huge":12345678901234567890}', true],
  ])('%s of %s is %s', (source, args, value) => {
    expect(evaluate(source, 'bool', args)).toEqual({ value });
  });

  it.each([
    ['has(args.l[0].b)', '{"l":["b"]}'],
    ['has(args.l[1].b)', '{"l":[{"b":1}]}'],
    ['has(args.l[0].b)', '{"l":"b"}'],
    ['has(args.a.b.c)', '{"a":{"b":"c"}}'],
    ['has(args.a.b.c)', '{"a":{"b":null}}'],
    ['has(args.a.b.c)', '{"a":{}}'],
    ['args.l.exists(each, has(each.b))', '{"l":["b"]}'],
    ['args.l.all(each, !has(each.b))', '{"l":[{},"b"]}'],
    ['!args.l.exists(each, has(each.b) && each.b)', '{"l":[[],null]}'],
    ['"b" in args.a', '{"a":"b"}'],
    ['"b" in args.a', '{"a":[1]}'],
    ['!("b" in args.a)', '{"a":null}'],
    ['!("b" in args.a)', '{}'],
  ])('%s of %s fails', (source, args) => {
    expect(evaluate(source, 'bool', args)).toMatchObject(FAILS);
  });
});
