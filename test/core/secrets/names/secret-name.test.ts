import { describe, expect, it } from 'vitest';
import { isSecretName } from '../../../../src/core/secrets/names/secret-name.js';

const SECRET =
  'password Password PASSWORD user_password dbPassword dbpassword PGPASSWORD passwd pwd DB_PASS ' +
  'secret client_secret clientSecret secrets token access_token accessToken tokens idToken api_key ' +
  'apiKey APIKey APIKEY apikey x-api-key OPENAI_API_KEY api.key api_keys authorization ' +
  'Proxy-Authorization auth cookie Set-Cookie cookies session session_id sessionId PHPSESSID ' +
  'private_key privateKey ssh-key secret_access_key aws_access_key_id credential credentials ' +
  'passphrase jwt bearer csrf_token otp cvv card_number seed_phrase pass\u200bword ｐａｓｓｗｏｒｄ';
const PLAIN =
  'key keys public_key primary_key keyword monkey tokens_used max_tokens maxTokens total_tokens ' +
  'token_count tokenLimit prompt_tokens tokenizer author authority authors secretary passenger ' +
  'passed pass_rate compass obsession sessions session_timeout password_length password_policy ' +
  'secret_name token_type cookie_domain credentials_file token_url expires_in name path query ' +
  'monotonic card phone_number';

describe('isSecretName', () => {
  it.each(SECRET.split(' '))('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['', ...PLAIN.split(' ')])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it.each<[string, string | bigint | number, boolean]>([
    ['tokens', 512n, false],
    ['tokens', 1.5, false],
    ['tokens', 'abc', true],
    ['token', 512n, true],
  ])('%s with the value %s: %s', (name, value, expected) => {
    expect(isSecretName(name, value)).toBe(expected);
  });
});
