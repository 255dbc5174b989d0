import { describe, expect, it } from 'vitest';
import { parametersOf } from '../../../src/core/tools/parameters.js';

const object = (properties: Record<string, unknown>, more: object = {}) => ({
  type: 'object',
  properties,
  ...more,
});
const typeOf = (schema: unknown) => parametersOf(object({ a: schema })).list[0]?.type;

describe('parameters', () => {
  it('are counted, with those that are required', () => {
    const schema = object({ a: { type: 'string' }, b: {}, c: {} }, { required: ['a', 'c'] });
    const { total, required, list } = parametersOf(schema);
    expect({ total, required }).toEqual({ total: 3, required: 2 });
    expect(list.map((each) => [each.name, each.required])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
  });

  it.each([
    undefined,
    null,
    true,
    false,
    'x',
    7,
    [],
    {},
    { type: 'object' },
    { properties: 'x', required: 1 },
  ])('are none in %j', (schema) => {
    expect(parametersOf(schema)).toMatchObject({ total: 0, required: 0, list: [] });
  });

  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'date-time' }, 'text (date-time)'],
    [{ type: 'string', format: '\u001b[31m' }, 'text'],
    [{ type: ['string', 'null'] }, 'text or null'],
    [{ type: 'integer', nullable: true }, 'whole number or null'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'null' }] }, 'true or false or null'],
    [{ oneOf: [{ const: 'a' }, { const: 1 }] }, 'text or whole number'],
    [{ anyOf: [{ type: 'string' }, {}] }, 'anything'],
    [{ enum: ['a', 'b'] }, 'text'],
    [{ type: 'array', items: { type: 'number' } }, 'list of number'],
    [{ type: 'array', items: { type: 'array', items: { type: 'string' } } }, 'list of list of text'],
    [{ type: 'array' }, 'list'],
    [{ properties: { x: {} } }, 'object'],
    [{ allOf: [{ type: 'string' }, { minLength: 1 }] }, 'text'],
    [{ type: 'constructor' }, 'constructor'],
    [{ type: 'a b' }, 'anything'],
    [true, 'anything'],
    [false, 'nothing'],
    [{ $ref: 'https://example.com/a' }, 'anything'],
  ])('have a type in words: %j', (schema, words) => {
    expect(typeOf(schema)).toBe(words);
  });

  it('are found through references, which may have escapes', () => {
    const schema = {
      $ref: '#/$defs/all~1of%20it',
      $defs: {
        'all/of it': object({ a: { $ref: '#/$defs/name' } }, { required: ['a'] }),
        name: { type: 'string', description: 'A name.', default: 'x' },
      },
    };
    expect(parametersOf(schema)).toMatchObject({
      total: 1,
      required: 1,
      list: [{ name: 'a', type: 'text', description: 'A name.', default: 'x' }],
    });
  });

  it('of several ways are all there, and required where each way needs them', () => {
    const way = (name: string) => object({ [name]: {}, id: {} }, { required: [name, 'id'] });
    const { total, required, list } = parametersOf({ ...object({ all: {} }), oneOf: [way('a'), way('b')] });
    expect({ total, required }).toEqual({ total: 4, required: 1 });
    expect(list.filter((each) => each.required).map(({ name }) => name)).toEqual(['id']);
  });

  it('of objects stand one level deep behind them, also in lists', () => {
    const inner = object({ x: { type: 'string' }, y: object({ z: {} }) }, { required: ['x'] });
    const { total, list } = parametersOf(object({ a: inner, b: { type: 'array', items: inner } }));
    expect(total).toBe(2);
    expect(list.map(({ name, required }) => `${name}${required ? '!' : ''}`)).toEqual([
      'a',
      'a.x!',
      'a.y',
      'b',
      'b[].x!',
      'b[].y',
    ]);
  });

  it('have the values that are listed', () => {
    expect(parametersOf(object({ a: { enum: [1, null] } })).list[0]?.enum).toEqual([1, null]);
    const either = { anyOf: [{ enum: ['a'] }, { const: 'b' }, { type: 'null' }] };
    expect(parametersOf(object({ a: either })).list[0]?.enum).toEqual(['a', 'b']);
    const list = { type: 'array', items: { enum: ['a', 'b'] } };
    expect(parametersOf(object({ a: list })).list[0]).toMatchObject({
      type: 'list of text',
      enum: ['a', 'b'],
    });
  });

  it('are open where the schema says so', () => {
    expect(parametersOf(object({}, { additionalProperties: true })).open).toBe(true);
    expect(parametersOf(object({}, { additionalProperties: { type: 'string' } })).open).toBe(true);
    expect(parametersOf(object({}, { additionalProperties: false })).open).toBe(false);
    expect(parametersOf(object({})).open).toBe(false);
  });

  describe('of hostile schemas cost little', () => {
    it.each([
      ['a reference to itself', { $ref: '#' }],
      [
        'two that lead to each other',
        { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
      ],
      ['a tree that grows', { anyOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }], properties: { a: {} } }],
      ['itself as a property', object({ a: { $ref: '#' } })],
    ])('%s', (_, schema) => {
      expect(parametersOf(schema).total).toBeLessThanOrEqual(1);
    });

    it('many, deep and long ones', () => {
      const many = Object.fromEntries([...Array(20_000).keys()].map((each) => [`p${each}`, {}]));
      expect(parametersOf(object(many))).toMatchObject({ total: 20_000, cut: true });
      let deep: object = { type: 'string' };
      for (let level = 0; level < 50_000; level++) deep = { allOf: [deep], items: deep };
      expect(parametersOf(object({ deep })).total).toBe(1);
      const same = { allOf: Array(20_000).fill(object({ a: { description: 'x' } })) };
      expect(parametersOf(same).total).toBe(1);
      let value: unknown = 'x'.repeat(100_000);
      for (let level = 0; level < 10_000; level++) value = [value];
      const { list } = parametersOf(object({ a: { default: value, enum: Array(10_000).fill(value) } }));
      expect(JSON.stringify(list).length).toBeLessThan(10_000);
    });
  });
});

describe('what a parameter is when it is left out', () => {
  it('is not told where it is a secret', () => {
    const properties = {
      privateKey: { type: 'string', default: '0x1234567890abcdef' },
      note: { type: 'string', default: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789' },
      mode: { type: 'string', default: 'fast' },
    };
    const { list } = parametersOf({ type: 'object', properties });
    expect(list.map((each) => each.default)).toEqual(['[redacted]', '[redacted]', 'fast']);
  });
});
