import { describe, expect, it } from 'vitest';
import { readValue, writeValue } from '../../../src/core/json/value.js';
import { redact } from '../../../src/core/secrets/redact.js';

/** Put together here, so that nobody who searches this file for secrets finds one. */
const of = (...parts: string[]) => parts.join('');
const A = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5';

describe('values', () => {
  it.each<[string, string]>([
    ['{"password":"x","user":"joe"}', '{"password":"[redacted]","user":"joe"}'],
    ['{"credentials":{"user":"joe","id":1}}', '{"credentials":"[redacted]"}'],
    ['{"a":[{"b":{"apiKey":"x"}}]}', '{"a":[{"b":{"apiKey":"[redacted]"}}]}'],
    ['{"token":123,"tokens":512,"tokens_used":3}', '{"token":"[redacted]","tokens":512,"tokens_used":3}'],
    ['{"token":null,"session":true}', '{"token":null,"session":true}'],
    ['{"env":[{"name":"DB_PASSWORD","value":"x"}]}', '{"env":[{"name":"DB_PASSWORD","value":"[redacted]"}]}'],
    ['{"name":"color","value":"x"}', '{"name":"color","value":"x"}'],
    ['{"key":"session","value":"x"}', '{"key":"session","value":"[redacted]"}'],
    [
      '{"inputResponses":{"ask":{"action":"accept","content":{"code":"1234"}}},"requestState":"opaque","name":"x"}',
      '{"inputResponses":"[redacted]","requestState":"[redacted]","name":"x"}',
    ],
    ['{"_meta":{"requestState":["opaque"]}}', '{"_meta":{"requestState":"[redacted]"}}'],
    ['[12345678901234567890,1.5,"x",null,false]', '[12345678901234567890,1.5,"x",null,false]'],
    [`{"${of('gh', 'p_', A)}":1}`, '{"[redacted]":1}'],
    [
      `{"${of('gh', 'p_', A)}":{"command":"rm"},"${of('gh', 'p_', A, 'x')}":1}`,
      '{"[redacted]":{"command":"rm"},"[redacted] (1)":1}',
    ],
  ])('%s', (value, expected) => {
    expect(writeValue(redact(readValue(value)))).toBe(expected);
  });

  it('leaves the value it was given alone', () => {
    const value = readValue('{"a":{"password":"x"}}');
    redact(value);
    expect(writeValue(value)).toBe('{"a":{"password":"x"}}');
  });
});

describe('a secret that follows its name', () => {
  it.each([
    ['["--db.password","x"]', '["--db.password","[redacted]"]'],
    ['["-p","x"]', '["-p","[redacted]"]'],
    ['["-y","srv","-p","letmein"]', '["-y","srv","-p","[redacted]"]'],
    ['["x","-k","s3cr3t"]', '["x","-k","[redacted]"]'],
    ['["x","--header","X-Key: s3cr3t"]', '["x","--header","X-Key: [redacted]"]'],
    ['["x","-H","X-Key: s3cr3t","-H","Accept: a"]', '["x","-H","X-Key: [redacted]","-H","Accept: a"]'],
    ['["curl","-u","joe:s3cr3t"]', '["curl","-u","joe:[redacted]"]'],
    ['{"headers":{"X-Key":"s3cr3t","Accept":"json"}}', '{"headers":{"X-Key":"[redacted]","Accept":"json"}}'],
    ['{"headers":["X-Key: s3cr3t","Accept: a"]}', '{"headers":["X-Key: [redacted]","Accept: a"]}'],
    [
      '{"headers":[{"name":"X-Key","value":"s3cr3t"},{"name":"Accept","value":"a"}]}',
      '{"headers":[{"name":"X-Key","value":"[redacted]"},{"name":"Accept","value":"a"}]}',
    ],
    ['{"headers":["Basic dXNlcjpwYXNzd29yZDEyMw=="]}', '{"headers":["Basic [redacted]"]}'],
    ['[{"k":"DB_PASSWORD","v":"x"}]', '[{"k":"DB_PASSWORD","v":"[redacted]"}]'],
    ['{"name":"pw","stringValue":"x"}', '{"name":"pw","stringValue":"[redacted]"}'],
    ['{"name":"pw","value":{"stringValue":"x"}}', '{"name":"pw","value":"[redacted]"}'],
    [
      '{"element":"Password field","ref":"e1","text":"x"}',
      '{"element":"Password field","ref":"e1","text":"[redacted]"}',
    ],
    ['{"passwort":"x","密码":"x"}', '{"passwort":"[redacted]","密码":"[redacted]"}'],
    ['["-y","-p","typescript","tsc"]', '["-y","-p","typescript","tsc"]'],
    ['["run","-p","8080:80","-k","build"]', '["run","-p","8080:80","-k","build"]'],
    ['["mkdir","-p","src"]', '["mkdir","-p","src"]'],
    ['["username","password","email"]', '["username","password","email"]'],
    ['{"argv":["--password","hunter2","--port","80"]}', '{"argv":["--password","[redacted]","--port","80"]}'],
    [
      '{"headers":[["X-Api-Key","abc"],["Accept","json"]]}',
      '{"headers":[["X-Api-Key","[redacted]"],["Accept","json"]]}',
    ],
    ['{"env":[{"Name":"DB_PASSWORD","Value":"x"}]}', '{"env":[{"Name":"DB_PASSWORD","Value":"[redacted]"}]}'],
    [
      '[{"ParameterKey":"ApiToken","ParameterValue":"x"}]',
      '[{"ParameterKey":"ApiToken","ParameterValue":"[redacted]"}]',
    ],
    ['{"field":"password","new_value":"x"}', '{"field":"password","new_value":"[redacted]"}'],
    ['{"kind":"password","data":"x"}', '{"kind":"password","data":"[redacted]"}'],
    ['{"type":"api_key","value":"x"}', '{"type":"api_key","value":"[redacted]"}'],
    ['{"type":"access-token","content":"x"}', '{"type":"access-token","content":"[redacted]"}'],
    ['{"type":"text","text":"x"}', '{"type":"text","text":"x"}'],
    ['{"kind":"passenger","data":"x"}', '{"kind":"passenger","data":"x"}'],
    ['{"name":"title","val":"x"}', '{"name":"title","val":"x"}'],
  ])('%s', (given, expected) => {
    expect(writeValue(redact(readValue(given)))).toBe(expected);
  });
});

it('a list of many options is looked through once', () => {
  const list = Array.from({ length: 60_000 }, (_, index) => (index % 2 === 0 ? '-p' : 'hunter2secret'));
  const startedAt = performance.now();
  expect(redact(list)).toContain('[redacted]');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

it('names and values of one object are looked through once', () => {
  const members = Array.from({ length: 8_000 }, (_, index): [string, string][] => [
    [`a${index}_name`, index === 9 ? 'DB_PASSWORD' : 'x'],
    [`a${index}_value`, 'y'],
  ]).flat();
  const startedAt = performance.now();
  expect((redact(new Map(members)) as Map<string, unknown>).get('a0_value')).toBe('[redacted]');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

it('a secret of many backslashes is left at its end', () => {
  const text = `password=${'\\'.repeat(4_000)} `.repeat(100);
  const startedAt = performance.now();
  expect(redact(text)).toBe('password=[redacted] '.repeat(100));
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
