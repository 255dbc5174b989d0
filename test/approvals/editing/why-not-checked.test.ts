import { expect, it } from 'vitest';
import { whyNotChecked } from '../../../src/approvals/editing/argument-schema.js';

const tool = (inputSchema: string) => `{"name":"a","inputSchema":${inputSchema}}`;

it.each([
  ['no schema', '{"name":"a"}', 'the tool has no inputSchema that can be read'],
  ['true', tool('true'), 'it is true, not an object'],
  ['a list', tool('[]'), 'it is a list, not an object'],
  [
    'a reference to nowhere',
    tool('{"properties":{"a":{"$ref":"#/$defs/b"}}}'),
    'its `$ref` "#/$defs/b" leads nowhere',
  ],
  ['a pattern', tool('{"properties":{"a":{"pattern":"("}}}'), 'its pattern "(" cannot be read'],
  ['a dialect', tool('{"$schema":"https://example.invalid"}'), 'its `$schema` is not a known version'],
  ['a key twice', '{"name":"a","inputSchema":{"type":"object","type":"object"}}', 'that can be read'],
  ['a dynamic reference', tool('{"$dynamicRef":"#a"}'), 'it has `$dynamicRef`'],
])('says why arguments cannot be changed: %s', (_, text, why) => {
  expect(whyNotChecked(text)).toContain(why);
});

it('says nothing of a schema that can be used', () => {
  expect(whyNotChecked(tool('{"type":"object","properties":{"a":{"type":"string"}}}'))).toBeUndefined();
});
