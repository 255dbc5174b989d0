import { describe, expect, it } from 'vitest';
import { readValue, writeValue } from '../../../src/core/json/value.js';
import { redact } from '../../../src/core/secrets/redact.js';
import { redactSecrets } from '../../../src/core/secrets/secret-shapes.js';

/** Put together here, so that nobody who searches this file for secrets finds one. */
const of = (...parts: string[]) => parts.join('');
const A = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5';
const JWT = of(
  'eyJ',
  'hbGciOiJIUzI1NiJ9',
  '.eyJ',
  'zdWIiOiIxMjM0NTY3ODkwIn0',
  '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
);
const PEM = of('-----BEGIN RSA PRIVATE', ' KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE', ' KEY-----');

describe('by form', () => {
  it.each<[string, string]>([
    ['AWS', of('AK', 'IAIOSFODNN7EXAMPLE')],
    ['AWS, temporary', of('AS', 'IAIOSFODNN7EXAMPLE')],
    ['GitHub', of('gh', 'p_', A)],
    ['GitHub, server', of('gh', 's_', A)],
    ['GitHub, fine-grained', of('github', '_pat_11AAAAAAA0', A)],
    ['GitLab', of('glp', 'at-', A)],
    ['OpenAI', of('sk', '-proj-', A)],
    ['Anthropic', of('sk', '-ant-api03-', A)],
    ['Stripe', of('sk', '_live_', A)],
    ['Stripe, restricted', of('rk', '_test_', A)],
    ['Slack', of('xo', 'xb-123456789012-', A)],
    ['Google', of('AI', 'za', A)],
    ['Google, OAuth', of('ya', '29.', A)],
    ['npm', of('np', 'm_', A)],
    ['Hugging Face', of('h', 'f_', A)],
    ['JWT', JWT],
    ['PEM', PEM],
    ['PEM, cut off', PEM.slice(0, 50)],
  ])('%s', (_, secret) => {
    expect(redactSecrets(secret)).toBe('[redacted]');
    expect(redactSecrets(`curl -H '${secret}' and more`)).toMatch(/^curl -H '\[redacted\]/);
    expect(redactSecrets(`before ${secret}`)).not.toContain(secret.slice(-8));
  });

  it.each<[string, string]>([
    ['Bearer abcdef123456', 'Bearer [redacted]'],
    ['-H "authorization: bearer abcdef123456" x', '-H "authorization: [redacted]" x'],
    ['postgres://user:pass@db:5432/x', 'postgres://[redacted]@db:5432/x'],
    ['https://a.b/?x=me@example.com', 'https://a.b/?x=me@example.com'],
    ['git clone https://abc@host/r.git', 'git clone https://[redacted]@host/r.git'],
    ['https://u:p@ss@host/', 'https://[redacted]@host/'],
    [of('https://hooks.slack.com/', 'services/T0/B0/xyz'), 'https://hooks.slack.com/services/[redacted]'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  it.each([
    'task-force-one-two-three-four',
    'sk-learn-is-a-library-for-python',
    'the bearer of bad news',
    'AKIA',
    'git@github.com:owner/name.git',
    'https://example.com/a@b',
    'ghp_short',
    'a key: value, pair=1',
    'ratio 3:4, at 12:30',
    'max_tokens=512 tokens_used: 3',
  ])('%s stays', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });
});

describe('by the name that a text assigns to', () => {
  it.each<[string, string]>([
    ['PASSWORD=hunter2 run', 'PASSWORD=[redacted] run'],
    ['export DB_PASSWORD="hun ter2"; x', 'export DB_PASSWORD="[redacted]"; x'],
    ['cmd="PASSWORD=hunter2"', 'cmd="PASSWORD=[redacted]"'],
    ['mysql --user joe --password hunter2 db', 'mysql --user joe --password [redacted] db'],
    ['mysql --password=hunter2 db', 'mysql --password=[redacted] db'],
    ['--password --force', '--password --force'],
    ['{"a":1,"password":"hunter2","b":2}', '{"a":1,"password":"[redacted]","b":2}'],
    ['{\\"password\\":\\"hunter2\\",\\"b\\":2}', '{\\"password\\":\\"[redacted]\\",\\"b\\":2}'],
    ["{'apiKey': 'x y'}", "{'apiKey': '[redacted]'}"],
    ['password: "never closed', 'password: "[redacted]'],
    ['https://h/?token=abc&page=2', 'https://h/?token=[redacted]&page=2'],
    ['Server=h;Password=a,b;Database=d', 'Server=h;Password=[redacted];Database=d'],
    ['Cookie: a=b; c=d\nAccept: x', 'Cookie: [redacted]\nAccept: x'],
    ["curl -H 'Authorization: Basic dXNlcjpwYXNz' h", "curl -H 'Authorization: [redacted]' h"],
    ['secret=a token=b', 'secret=[redacted] token=[redacted]'],
    [':password => "x"', ':password => "[redacted]"'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});

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
    ['{"name":"title","val":"x"}', '{"name":"title","val":"x"}'],
  ])('%s', (given, expected) => {
    expect(writeValue(redact(readValue(given)))).toBe(expected);
  });
});
