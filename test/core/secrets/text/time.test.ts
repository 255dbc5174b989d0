import { expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/core/secrets/text/redact-secrets.js';
import { cpuTime } from '../../../cpu-time.js';

/** Characters. Where the time grows with the square of it, some of these take minutes. */
const LENGTH = 150_000;
const begins = (lead: string, unit: string) => `${lead}${unit.repeat(LENGTH / unit.length)}x`;

it.each<[string, string]>([
  ['digits of base64 that end in the middle', begins('Basic ', '=')],
  ['names that name each other, in one word', begins('', 'name:')],
  ['values that are named by another, in one word', begins('name=PASSWORD ', 'value:')],
  ['blanks', begins('password: ', ' ')],
  ['quotes that are never closed', begins('', 'password="a ')],
  ['links that are signed by nothing', begins('', '?sig=')],
  ['a list in a text', begins('', '--password ')],
  ['elements', begins('', '<password>')],
  ['here-documents after options', begins('', '-v <<E\n')],
  ['quotes in quotes after a name', begins('', 'password \\"')],
  ['blocks', begins('', 'password: |\n')],
])('%s are read in time that grows with their length', (_, text) => {
  expect(cpuTime(() => redactSecrets(text))).toBeLessThan(20_000);
});

const many = (lead: string, unit: string) => `${lead}${unit.repeat(10_000_000)}`;

it.each<[string, string]>([
  ['letters', many('', 'x')],
  ['letters after the beginning of a token', many('ghp_', 'A')],
  ['letters after a link', many('hooks.slack.com/services/', 'A')],
  ['letters after another link', many('https://x.webhook.office.com/', 'A')],
  ['a line of a block within quotes', many(String.raw`password: |\n  `, 'A')],
  ['a line of a block', many('password: |\n  ', 'A')],
  ['the beginning of a key', many('-----BEGIN A KEY-----', 'A')],
])('%s without end are read without an error, and masked where they are secret', (name, text) => {
  const shown = redactSecrets(text);
  if (name === 'letters') expect(shown).toBe(text);
  else expect(shown.length).toBeLessThan(1_000);
});

it('a value within the value of a name is masked, where the name is secret', () => {
  expect(redactSecrets('key=x;name:DB_PASSWORD;value:hunter22')).not.toContain('hunter22');
  expect(redactSecrets('name:value:name:DB_PASSWORD value:hunter22')).not.toContain('hunter22');
});
