import { describe, expect, it } from 'vitest';
import { argumentCheck, inputSchemaOf } from '../../../src/approvals/editing/argument-schema.js';
import { cpuTime } from '../../cpu-time.js';

const check = (schema: unknown, argumentsText: string) => {
  const checks = argumentCheck(JSON.stringify(schema));
  if (checks === undefined) throw new Error('not usable');
  return checks(argumentsText);
};

const CHARGE = {
  type: 'object',
  properties: {
    amount: { type: 'integer', minimum: 1, maximum: 50_000 },
    currency: { enum: ['eur', 'usd'] },
    lines: { type: 'array', items: { type: 'object', required: ['sku'] } },
    note: { type: 'string', pattern: '^[a-z ]*$', maxLength: 10 },
  },
  required: ['amount'],
  additionalProperties: false,
};

describe('arguments that a person has changed', () => {
  it.each([
    '{"amount":1}',
    '{\n  "amount": 50000,\r\n  "currency": "eur",\n  "lines": [{"sku":"a"}],\n  "note": "fine"\n}\n',
  ])('fit the schema: %j', (text) => {
    expect(check(CHARGE, text)).toBeUndefined();
  });

  it.each([
    ['{"amount":"1"}', 'At /amount: this is of type string, and integer is expected.'],
    ['{"amount":1.5}', 'At /amount: this is of type number, and integer is expected.'],
    ['{}', 'The arguments: "amount" is missing.'],
  ])('are told in one sentence what is wrong with them: %s', (text, sentence) => {
    expect(check(CHARGE, text)).toBe(sentence);
  });

  it.each([
    ['{"amount":0}', /^At \/amount: .*1/],
    ['{"amount":1e9}', /^At \/amount: .*50000/],
    ['{"amount":1,"currency":"gbp"}', /^At \/currency: .*eur/],
    ['{"amount":1,"lines":[{"sku":1},{}]}', /^At \/lines\/1: .*sku/],
    ['{"amount":1,"note":"NO"}', /^At \/note: .*pattern/],
    ['{"amount":1,"note":"much too long a text"}', /^At \/note: .*long|^At \/note: .*10/],
    ['{"amount":1,"other":1}', /^At \/other: this is not allowed here\.$/],
  ])('are told where: %s', (text, sentence) => {
    expect(check(CHARGE, text)).toMatch(sentence);
  });

  it.each([
    ['', 'The arguments cannot be read: unexpected end.'],
    ['{amount:1}', 'The arguments cannot be read: unexpected character "a".'],
    ['{"amount":1,"amount":2}', 'The arguments cannot be read: duplicate key "amount".'],
    ['{"amount":1,"note":"\\ud800"}', 'The arguments cannot be read: lone surrogate.'],
    ['{"amount":1,"note":"a\nb"}', 'The arguments cannot be read: line end in a string.'],
    ['[1]', 'The arguments are not an object.'],
    ['null', 'The arguments are not an object.'],
    [`{"amount":1,"note":"${'x'.repeat(1_100_000)}"}`, 'The arguments are too long.'],
  ])('have one reading: %#', (text, sentence) => {
    expect(check(CHARGE, text)).toBe(sentence);
  });

  it('may have names that every object of JavaScript has', () => {
    const schema = {
      type: 'object',
      properties: { constructor: { type: 'string' }, toString: { type: 'number' } },
      required: ['valueOf'],
    };
    expect(check(schema, '{}')).toMatch(/valueOf/);
    expect(check(schema, '{"valueOf":1}')).toBeUndefined();
    expect(check(schema, '{"valueOf":1,"constructor":1}')).toMatch(/^At \/constructor: /);
    expect(check(schema, '{"valueOf":1,"__proto__":{"a":1}}')).toBeUndefined();
  });
});

describe('the dialect', () => {
  const pair = { properties: { a: { items: [{ type: 'string' }], additionalItems: false } } };
  const prefix = { properties: { a: { prefixItems: [{ type: 'string' }], items: false } } };

  it('is 2020-12 unless the schema says otherwise', () => {
    expect(check(prefix, '{"a":["x",1]}')).toMatch(/^At \/a\/1: /);
    const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#' };
    expect(check({ ...draft7, ...pair }, '{"a":["x",1]}')).toMatch(/^At \/a\/1: /);
    expect(check({ ...draft7, ...pair }, '{"a":["x"]}')).toBeUndefined();
  });

  it('resolves references within the schema', () => {
    const schema = {
      $defs: {
        node: { type: 'object', properties: { next: { $ref: '#/$defs/node' }, v: { type: 'number' } } },
      },
      $ref: '#/$defs/node',
    };
    expect(check(schema, '{"next":{"next":{"v":1}}}')).toBeUndefined();
    expect(check(schema, '{"next":{"next":{"v":"x"}}}')).toMatch(/^At \/next\/next\/v: /);
  });
});

describe('a schema cannot be used', () => {
  it.each<[string, unknown]>([
    ['of an unknown dialect', { $schema: 'https://example.com/own' }],
    ['with a reference to elsewhere', { properties: { a: { $ref: 'https://example.com/schema.json' } } }],
    ['with a reference to nothing', { properties: { a: { $ref: '#/$defs/missing' } } }],
    ['with references that nobody follows here', { $dynamicRef: '#x' }],
    ['with a pattern that is none', { properties: { a: { pattern: '(' } } }],
    ['with a pattern of keys that is none', { properties: { a: { patternProperties: { '[': true } } } }],
    ['with a list for a text', { required: 7 }],
    ['that refers to itself', { $ref: '#' }],
    ['that is a list', []],
    ['that is true', true],
    ['that is large', { description: 'x'.repeat(300_000) }],
  ])('%s', (_, schema) => {
    expect(argumentCheck(JSON.stringify(schema))).toBeUndefined();
  });

  it.each(['', '{', '{"type":"object","type":"string"}', `${'{"not":'.repeat(300)}{}${'}'.repeat(300)}`])(
    'whose text has not one reading: %#',
    (text) => {
      expect(argumentCheck(text)).toBeUndefined();
    },
  );
});

describe('a check ends', () => {
  const ends = (schema: unknown, argumentsText: string) => {
    const ms = cpuTime(() =>
      expect(check(schema, argumentsText)).toBe("The arguments cannot be checked against the tool's schema."),
    );
    expect(ms).toBeLessThan(10_000);
  };

  it('where a pattern takes years', () => {
    ends({ properties: { a: { pattern: '^(a+)+$' } } }, `{"a":"${'a'.repeat(60)}!"}`);
    ends({ patternProperties: { '^(a|a)*$': false } }, `{"${'a'.repeat(60)}!":1}`);
  });

  it('where a schema takes years', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const next = { $ref: `#/$defs/s${index + 1}` };
        return [`s${index}`, index === 59 ? { type: 'number' } : { oneOf: [next, next] }];
      }),
    );
    ends({ properties: { a: { $ref: '#/$defs/s0' } }, $defs }, '{"a":"x"}');
  });

  it('where a list has to be compared with itself', () => {
    const list = Array.from({ length: 90_000 }, (_, index) => `[${index}]`).join(',');
    ends({ properties: { a: { uniqueItems: true } } }, `{"a":[${list}]}`);
  });

  it('where errors are many', () => {
    const list = Array.from({ length: 300_000 }, () => '1').join(',');
    const said = check({ properties: { a: { items: { type: 'string' } } } }, `{"a":[${list}]}`);
    expect(said).toMatch(/^At \/a\/0: |cannot be checked/);
  });
});

describe('what a check says', () => {
  it('is short and plain, whatever the server wrote', () => {
    const hostile = `\u001b[31m\n\u202e${'x'.repeat(5_000)}`;
    const said = check({ properties: { a: { enum: [hostile] } } }, '{"a":1}') ?? '';
    expect(said.length).toBeLessThan(500);
    expect(said).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('inputSchemaOf', () => {
  it('is as the server wrote it', () => {
    expect(inputSchemaOf('{"name":"a", "inputSchema" : {"type": "object", "n":1.0} }')).toBe(
      '{"type": "object", "n":1.0}',
    );
    expect(inputSchemaOf('{"name":"a"}')).toBeUndefined();
    expect(inputSchemaOf('{"inputSchema":{},"inputSchema":{}}')).toBeUndefined();
  });
});
