import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/core/secrets/text/redact-secrets.js';
import { PEM, TOKENS } from './forms.js';

const of = (...parts: string[]) => parts.join('');

describe('the token of an issuer', () => {
  it.each(TOKENS)('%s', (_, token) => {
    expect(redactSecrets(token)).toBe('[redacted]');
    expect(redactSecrets(`curl -d '${token}' and more`)).toBe("curl -d '[redacted]' and more");
    expect(redactSecrets(`a ${token}, b`)).toBe('a [redacted], b');
    expect(redactSecrets(`https://h/p/${token}/x`)).not.toContain(token.slice(-8));
    expect(redactSecrets(JSON.stringify(JSON.stringify(`x\n${token}`)))).not.toContain(token.slice(-8));
    expect(redactSecrets(`q%3D${token}`)).not.toContain(token.slice(-8));
  });

  it.each([
    ['PEM', PEM],
    ['PEM, cut off', PEM.slice(0, 50)],
  ])('%s', (_, key) => {
    expect(redactSecrets(key)).toBe('[redacted]');
  });

  it('is found twice beside each other', () => {
    const tokens = TOKENS.slice(0, 9).map(([, token]) => token);
    expect(redactSecrets(tokens.join(' '))).toBe(tokens.map(() => '[redacted]').join(' '));
  });
});

describe('a credential behind its scheme', () => {
  it.each<[string, string]>([
    ['Basic dXNlcjpwYXNzd29yZDEyMw==', 'Basic [redacted]'],
    ['use Basic dXNlcjpwYXNzd29yZDEyMw== please', 'use Basic [redacted] please'],
    ['basic dXNlcjpw', 'basic [redacted]'],
    ['Bearer abcdef123456', 'Bearer [redacted]'],
    ['it is Token 0123456789abcdef0123', 'it is Token [redacted]'],
    ['ApiKey aB3dE5fG7hJ9kL1m', 'ApiKey [redacted]'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});

describe('a password of .netrc', () => {
  it.each<[string, string]>([
    ['machine h login u password hunter22', 'machine h login u password [redacted]'],
    [
      'machine h\n  login u\n  password hunter22\nmachine',
      'machine h\n  login u\n  password [redacted]\nmachine',
    ],
    ['"machine h\\nlogin u\\npassword hunter22\\n"', '"machine h\\nlogin u\\npassword [redacted]\\n"'],
    ['default login u password hunter22', 'default login u password [redacted]'],
    ['the login page and password reset', 'the login page and password reset'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});

describe('a secret part of a link', () => {
  const hex = '9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8';
  it.each<[string, string]>([
    [
      `https://b.s3.amazonaws.com/k?X-Amz-Date=2026&X-Amz-Signature=${hex}`,
      'https://b.s3.amazonaws.com/k?X-Amz-Date=2026&X-Amz-Signature=[redacted]',
    ],
    [
      `https://storage.googleapis.com/b?X-Goog-Signature=${hex}&x=1`,
      'https://storage.googleapis.com/b?X-Goog-Signature=[redacted]&x=1',
    ],
    [
      'https://h.blob.core.windows.net/c?sv=2022&sig=SECRET',
      'https://h.blob.core.windows.net/c?sv=2022&sig=[redacted]',
    ],
    ['https://h/?sig=a%2Bb%3D#top', 'https://h/?sig=[redacted]#top'],
    ['https://h/?token=abc&page=2', 'https://h/?token=[redacted]&page=2'],
    [of('https://hooks.slack.com/', 'services/T0/B0/xyz'), 'https://hooks.slack.com/services/[redacted]'],
    [
      `https://discord.com/api/webhooks/123456789012345678/${'aB3_'.repeat(17)}`,
      'https://discord.com/api/webhooks/123456789012345678/[redacted]',
    ],
    ['postgres://user:pass@db:5432/x', 'postgres://[redacted]@db:5432/x'],
    ['https://u:p@ss@host/', 'https://[redacted]@host/'],
    ['user:pass@tcp(db:3306)/x', 'user:[redacted]@tcp(db:3306)/x'],
    ['git clone https://abc@host/r.git', 'git clone https://[redacted]@host/r.git'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});
