import { describe, expect, it } from 'vitest';
import { classify } from '../../../../../src/core/tools/classify/classify.js';
import { cpuTime } from '../../../../cpu-time.js';

const ACTION = { action: { type: 'string', enum: ['list', 'delete'] } };
const CHOICE = { type: 'string', enum: ['list', 'delete'] };
const categoryOf = (inputSchema: unknown) =>
  classify({ name: 'list_rows', description: 'Lists rows.', inputSchema }).category;

describe('a parameter, wherever in a schema it is', () => {
  it.each<[string, object]>([
    ['properties', { properties: ACTION }],
    ['dependentSchemas', { dependentSchemas: { table: { properties: ACTION } } }],
    ['dependencies', { dependencies: { table: { properties: ACTION } } }],
    ['if', { if: { properties: ACTION } }],
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema.
    ['then', { if: {}, then: { properties: ACTION } }],
    ['else', { if: {}, else: { properties: ACTION } }],
    ['not', { not: { properties: ACTION } }],
    ['an anchor', { $ref: '#own', $defs: { own: { $anchor: 'own', properties: ACTION } } }],
    [
      'a dynamic anchor',
      { $dynamicRef: '#own', $defs: { own: { $dynamicAnchor: 'own', properties: ACTION } } },
    ],
    ['an id', { $ref: 'own.json', $defs: { own: { $id: 'own.json', properties: ACTION } } }],
    [
      'references to references',
      {
        properties: { action: { $ref: '#/$defs/a' } },
        $defs: { a: { $ref: '#b' }, b: { $anchor: 'b', ...CHOICE } },
      },
    ],
    ['patternProperties', { patternProperties: { '^action$': CHOICE } }],
    ['prefixItems', { properties: { action: { type: 'array', prefixItems: [CHOICE] } } }],
    ['contains', { properties: { action: { type: 'array', contains: CHOICE } } }],
    ['unevaluatedItems', { properties: { action: { type: 'array', unevaluatedItems: CHOICE } } }],
    ['unevaluatedProperties', { unevaluatedProperties: { properties: ACTION } }],
    ['propertyNames', { properties: { action: { type: 'object', propertyNames: CHOICE } } }],
    [
      'lists in lists',
      { properties: { action: { type: 'array', items: { type: 'array', items: CHOICE } } } },
    ],
  ])('is found: %s', (_, schema) => {
    expect(categoryOf({ type: 'object', ...schema })).toBe('destructive');
  });

  it('is no other where the choices are harmless', () => {
    const harmless = { type: 'string', enum: ['asc', 'desc'] };
    expect(categoryOf({ properties: { order: { type: 'array', prefixItems: [harmless] } } })).toBe('read');
    expect(categoryOf({ if: { properties: { order: harmless } }, not: { required: ['x'] } })).toBe('read');
  });

  it('is not looked for without end', () => {
    const links = Array.from({ length: 5_000 }, (_, index) => [
      `d${index}`,
      { $ref: `#/$defs/d${index + 1}` },
    ]);
    expect(categoryOf({ $ref: '#/$defs/d0', $defs: Object.fromEntries(links) })).toBe('read');
  });

  it('takes little time to look for in a schema that refers to itself everywhere', () => {
    const self = { $ref: '#self' };
    const keys = [
      'items',
      'contains',
      'not',
      'if',
      'then',
      'additionalProperties',
      'propertyNames',
      'unevaluatedItems',
    ];
    const schema = {
      $anchor: 'self',
      ...Object.fromEntries(keys.map((key) => [key, { ...self }])),
      properties: { a: self, b: self },
    };
    expect(cpuTime(() => categoryOf(schema))).toBeLessThan(2_000);
  });
});
