import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { TOKENS } from '../core/secrets/text/forms.js';

/** From where tests are run, since the fuzzer runs them from a bundle elsewhere. */
const FOLDER = path.resolve('test/core/secrets');
const EXAMPLES = ['redact.test.ts', 'names/secret-name.test.ts']
  .concat(['assigned-spans', 'false-alarms', 'token-spans'].map((name) => `text/${name}.test.ts`))
  .flatMap((file) => literalsOf(readFileSync(path.join(FOLDER, file), 'utf8')));

/** Texts that are in the tests of redaction: with secrets, and without. */
export const SECRET_EXAMPLES: readonly string[] = [
  ...new Set([...EXAMPLES, ...TOKENS.map(([, token]) => token)]),
];

function literalsOf(source: string): string[] {
  return [...source.matchAll(/'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\]|\\.)+)`/g)].map(([, single, other]) =>
    (single ?? other ?? '').replace(/\\([\\'`"$nrt])/g, (_, letter: string) => {
      return { n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
    }),
  );
}

const NAMES =
  'password api key apiKey token tokens session name value text content type id data code number pin phrase by as identified ' +
  'login default machine header headers Authorization sig signature auth PWD --password --token -p -P -u -H -k --user --header ' +
  'order.state open limit color x i18n Private-Lines card API secret DB_PASSWORD пароль 密码 requestState kind label';
const SIGNS = [
  ...[
    '=',
    ':',
    ' = ',
    ': ',
    '==',
    '=>',
    ':=',
    '::',
    '://',
    '!=',
    '<=',
    '：',
    '＝',
    '?',
    '!',
    ']',
    '[',
    '&',
    '&sig=',
    '?code=',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\"',
    '\\n',
    '\\\\',
    '\n',
    '\t',
    '\r\n',
    ' ',
    '  ',
    '(',
    ')',
    '("',
    '{',
    '}',
    '<',
    '>',
    '</',
    ',',
    '", "',
  ],
  ...[
    '-',
    '--',
    ' -',
    ' --',
    '=-',
    '@',
    '@tcp(',
    '@tcp',
    '%2F',
    '%',
    '/',
    '.',
    '~',
    'Q~',
    ':AA',
    '-us12',
    '-----BEGIN ',
    '\u2028',
  ],
  ...[
    '\u0085',
    'é',
    '😀',
    '’',
    '…',
    '/hooks.slack.com/services/',
    '/api/webhooks/123/',
    'webhook.office.com/',
    '.atlasv1.',
    '+',
  ],
  ...[
    'mysql ',
    'curl ',
    'npx ',
    '<password>',
    '<key>',
    '<b>',
    'Basic ',
    'bearer ',
    'token\t',
    'dXNlcjpwYXNzd29yZA==',
    '-pabc',
  ],
];
const WORDS =
  'the order is open and function getElementById return /home/joe/project/src/index.ts https://example.com/a?b=c&d=e SELECT ' +
  '2026-11-29T17:07:56Z 550e8400-e29b-41d4-a716-446655440000 9f0a1b2c3d4e5f60718293a4b5c6d7e8 user@example.com rm -rf const';
const LONG = [
  'a'.repeat(998),
  'aB3'.repeat(20),
  'word '.repeat(120),
  '\\'.repeat(9),
  'x'.repeat(63),
  '='.repeat(8),
];

/** A part of a text that secrets are told by, or that is none of one. */
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMES.split(' ')) },
  { weight: 6, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 4, arbitrary: fc.constantFrom(...WORDS.split(' ')) },
  { weight: 2, arbitrary: fc.constantFrom(...SECRET_EXAMPLES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
);

/** One of each, in this order. */
function inOrder(...parts: (readonly string[])[]): fc.Arbitrary<string> {
  return fc.tuple(...parts.map((each) => fc.constantFrom(...each))).map((chosen) => chosen.join(''));
}

const LEADS = [
  '',
  '',
  'x ',
  '\n',
  '\t',
  '\\n',
  '\\',
  '(',
  '{"',
  'the ',
  'api ',
  'api\t',
  'my card ',
  '?',
  '&',
  '--',
  'é',
  '.',
  '%2F',
  '\r',
];
const ASSIGNED =
  'password token secret key number sig code Authorization пароль name value type id text Private-Lines'.split(
    ' ',
  );
const CLOSING = ['', '', '', '"', "'", '`', '\\"', ']', '"]', "']", '\\`', '?', '!', '\\\\"'];
const BLANKS = ['', '', ' ', '\t', '  ', '\n', '\t\t', ' \t'];
const OPERATORS = ['=', ':', '=', ':', '=>', ':=', '==', '::', '：', '＝'];
const VALUES = [
  'hunter2hunter2',
  '"x y"',
  "'hunter'",
  'aB3dE5fG7hJ9kL1mN3pQ',
  '5',
  '-p',
  'null',
  ' session',
  'DB_PASSWORD',
  '1\nAAAA',
];
const assigned = inOrder(LEADS, ASSIGNED, CLOSING, BLANKS, OPERATORS, BLANKS, VALUES);
const given = inOrder(
  LEADS,
  [...ASSIGNED, 'IDENTIFIED BY', 'identified x as'],
  BLANKS,
  ['', '(', '\\', '(\t'],
  ["'", '"', '`'],
  VALUES,
  ["'", '"', ''],
);
const OPTIONS = [
  '-p',
  '-P',
  '-u',
  '-H',
  '-k',
  '-w',
  '--user',
  '--header',
  '--token',
  '--x',
  '-x',
  '-psecret1',
  '--db.password',
];
const option = inOrder(
  ['', 'mysql ', 'curl ', '=', 'a=', '"', "'", '[', ','],
  OPTIONS,
  ['', ' ', '\t', "', '", '", "', '=', '\\", \\"'],
  ['joe:hunter2', ...VALUES],
);
const JOINTS = [
  '',
  '.',
  '~',
  '+',
  '/',
  '=',
  ':',
  '@',
  '-',
  '_',
  '%2F',
  '%zz',
  ' ',
  '\\',
  '\\n',
  '\\t',
  '"',
  '\n',
  'é',
  '1234567:AA',
  '-us12',
];
const PLACED = [
  '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  'Private-Lines: 1\nAAAA',
  'https://joe:x@host',
  'password\\`: x',
];
const token = inOrder(
  ['', 'x', 'abcdefgh', 'AB'],
  JOINTS,
  [...PLACED, ...TOKENS.map(([, each]) => each), 'M'.repeat(24)],
  ['', '.abcdef.', 'x'],
  ['', 'aB3-x'.repeat(9)],
);
const element = inOrder(
  ['', 'x', '<key>'],
  ['<div', '<password', '<string', '<x:token', '<key'],
  [' name', '\nid', ' Key\n', ' class', '', ' data-x'],
  ['=', ' =', '\u00a0='],
  ['"', "'", ''],
  ['apiKey', 'x', 'secret'],
  ['"', "'", ''],
  ['>', '/>', ' x>', ' >'],
  ['hunter2', 'token', ''],
  ['</div>', '<', '</key><string>hunter2</string>'],
);
const scheme = inOrder(
  ['', 'x ', 'x', '.', '\n'],
  'Basic bearer Negotiate NTLM token apikey Splunk genie-key GenieKey pat JWT sso-key'.split(' '),
  [' ', '\t', '  ', '\n'],
  ['dXNlcjpwYXNzd29yZA==', 'aB3dE5fG7h', 'plainword'],
);

const text = fc.oneof(
  assigned,
  given,
  option,
  token,
  scheme,
  element,
  fc.tuple(assigned, assigned).map((parts) => parts.join('\n')),
  fc.array(fragment, { maxLength: 9 }).map((parts) => parts.join('')),
  fc.array(fragment, { maxLength: 9 }).map((parts) => parts.join(' ')),
  fc.constantFrom(...SECRET_EXAMPLES),
  // A text within another one, as JSON.
  fc.dictionary(fragment, fragment, { maxKeys: 3 }).map((value) => JSON.stringify(value, undefined, 2)),
);
const key = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NAMES.split(' ')) }, fragment);
const number = fc.constantFrom(
  '0',
  '-0',
  '-0.0',
  '-0.5',
  '1.50',
  '1.0e2',
  '12345678901234567890',
  '1e400',
  '-7',
  '1.1',
);

/** JSON as it may be written: with blanks, and characters escaped that need not be. */
function written(value: string, how: number): string {
  const json = JSON.stringify(value);
  if (how === 1) return json.replace(/[/]/g, '\\/');
  return how === 2 ? json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${hex(unit.charCodeAt(0))}`) : json;
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}

const string = fc.tuple(text, fc.constantFrom(0, 0, 0, 0, 1, 2)).map(([value, how]) => written(value, how));

const { value } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: string },
    { weight: 1, arbitrary: fc.oneof(number, fc.constantFrom('true', 'false', 'null')) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((list) => `[${list.join(',')}]`) },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.oneof(
            string,
            fc.constantFrom(...OPTIONS).map((each) => `"${each}"`),
          ),
          { minLength: 2, maxLength: 3 },
        )
        .map((list) => `[${list.join(', ')}]`),
    },
    { weight: 1, arbitrary: tie('object') },
  ),
  object: membersOf(tie('value')),
}));

function membersOf(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const named = inOrder(
    ['name', 'key', 'type', 'x_id'],
    ['":"'],
    ['DB_PASSWORD', 'session', 'key', 'x'],
    ['","'],
    ['value', 'text', 'x'],
    ['":"x'],
  );
  return fc.oneof(
    named.map((members) => `{"${members}"}`),
    anyMembersOf(of),
  );
}

function anyMembersOf(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(key, of), { selector: ([each]) => each, maxLength: 4 })
    .map((members) => `{${members.map(([each, held]) => `${JSON.stringify(each)}:${held}`).join(',')}}`);
}

/** JSON of arguments in which secrets may be, of every shape that redaction knows. Without halves of surrogate pairs. */
export function redactableArguments(): fc.Arbitrary<string> {
  return membersOf(value).map((json) => json.replace(/\\ud[89a-f]../gi, ''));
}
