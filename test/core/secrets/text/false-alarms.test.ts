import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/core/secrets/text/redact-secrets.js';

describe('what is no secret stays readable', () => {
  it.each([
    'the password is required',
    'Enter your password and the token that was sent.',
    'Password must be at least 8 characters',
    'password: must be at least 8 characters',
    'tokens: how many there are',
    'git show 9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c',
    'id 550e8400-e29b-41d4-a716-446655440000',
    'sha256:9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8',
    '"integrity": "sha512-Mw558oeA9fFbv65/y4mHtXDs9bPnFMZAL/jxdPFUpOHHIXX91mcgEHbS5Lahr+pwZFR8A7GQleRWeI6cGFCBPw==",',
    'ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"',
    'nextPageToken: CAUQAA9x8y7z6',
    '{"page_token":"CAUQAA9x8y7z6","continuationToken":"abc123def456"}',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
    'password: string;',
    'const password = process.env.PASSWORD',
    `password: \${DB_PASSWORD}`,
    `token: \${{ secrets.GITHUB_TOKEN }}`,
    'secret: {{ vault.secret }}',
    'PASSWORD=$PASSWORD',
    'apiKey: getApiKey()',
    'password = os.environ["DB_PASSWORD"]',
    'password = input("password: ")',
    'function login(password: string, user: string) {}',
    'if (token === undefined) return;',
    'PWD=/home/joe',
    'mkdir -p build && ls -k',
    'mkdir -p src/new/folder',
    'docker run -p 8080:80 image',
    'ssh -p 2222 host',
    'sort -k 2 file',
    'kubectl apply -k overlays/prod',
    'pytest -k test_login_2',
    'npx -y -p typescript tsc',
    'curl -H "Accept: application/json" -H "Content-Type: text/plain" http://h',
    `curl -H "X-Key: \${KEY}" http://h`,
    'Bearer authentication is used',
    'basic authentication',
    'the bearer of bad news',
    'max_tokens=512 tokens_used: 3 "tokens": 512',
    'create_api_key: allow',
    '"js-tokens": "^4.0.0"',
    'https://example.com/a?key=value&page=2#token',
    'https://github.com/o/r/commit/9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c',
    'git@github.com:owner/name.git',
    'task-force-one-two-three-four',
    'sk-learn-is-a-library-for-python',
    'ghp_short',
    'a key: value, pair=1',
    'ratio 3:4, at 12:30',
    'Map<string, Token> tokens',
    'author: Jane Doe',
    'the session (`first`) and the cookie "b"',
  ])('%s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('the lock file of this package, and its sources that deal with tokens', () => {
    const root = path.resolve(import.meta.dirname, '../../../..');
    for (const file of ['package-lock.json', 'src/approvals/page/server/page-tokens.ts', 'docs/policy.md'])
      for (const line of readFileSync(path.join(root, file), 'utf8').split('\n'))
        expect(redactSecrets(line), file).toBe(line);
  });
});
