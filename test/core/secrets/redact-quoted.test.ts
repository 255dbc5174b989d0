import { expect, it } from 'vitest';
import { redactQuoted } from '../../../src/core/secrets/redact-quoted.js';
import { quote } from '../../../src/core/text/quote.js';

it.each(['method', 'Name', 'tools/run', 'notifications/resources/list_changed', 'tools/call2'])(
  'a name stays: %s',
  (name) => {
    expect(redactQuoted(`unknown top-level key ${quote(name)}`)).toBe(`unknown top-level key "${name}"`);
  },
);

it.each([
  'password<hunter2>',
  'passwordhunter',
  'hunter2 "and" more',
  'sk-4f9aXk20dQ',
  'a\u0000',
  'x'.repeat(70),
])('all else goes: %s', (text) => {
  expect(redactQuoted(`duplicate key ${quote(text)} in "params"`)).toBe('duplicate key "…" in "params"');
});
