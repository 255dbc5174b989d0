import { describe, expect, it } from 'vitest';
import { readAsWritten, writeValue } from '../../../src/core/json/value.js';
import { redact } from '../../../src/core/secrets/redact.js';
import { mayHideMore } from '../../../src/core/shown/hidden-text.js';

const of = (value: unknown) => {
  const whole = JSON.stringify(value);
  return mayHideMore(whole, writeValue(redact(readAsWritten(whole))));
};

describe('what is hidden', () => {
  it.each([
    [{ n: 1 }],
    [{ password: 'hunter2', n: 1 }],
    [{ token: 'ghp_0123456789abcdefghij0123' }],
    [{ a: [{ api_key: 'k-1/+=' }] }],
    [{ pin_code: 1, password: 12345678 }],
    [{ url: 'https://user:pw@host/' }],
    [{ 'x[redacted]': 'text', text: '[redacted]' }],
    [['--password', 'hunter2', '-v']],
  ])('is no more than a secret: %j', (value) => {
    expect(of(value)).toBe(false);
  });

  it.each([
    [{ password: 'x; rm -rf /' }],
    [{ password: '$(reboot)' }],
    [{ password: "x' OR '1'='1" }],
    [{ password: { nested: 'DROP TABLE t' } }],
    [{ password: ['a', 'b'] }],
    [{ password: 'x'.repeat(600) }],
    [{ password: 'line\nline' }],
    [{ command: 'curl -H "Authorization: x; reboot" https://h' }],
  ])('may be more than that: %j', (value) => {
    expect(of(value)).toBe(true);
  });

  it('may be anything where it cannot be compared', () => {
    expect(mayHideMore('{"a":1', '{"a":"[redacted]"}')).toBe(true);
    expect(mayHideMore('{"a":"b"}', '{"c":"[redacted]"}')).toBe(true);
    expect(mayHideMore('{"a":"b","c":1}', '{"a":"[redacted]"}')).toBe(true);
    expect(mayHideMore('{"a":"b"}', undefined)).toBe(false);
  });
});
