import { bytesOf } from './cases.js';

/** Raw: line ends of every kind, marks, and what nobody sees. */
export const ODD = [
  ...['\r', '\n', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f', '\0', '\x1e', '\ufeff', '\x1a'],
  ...['\u200b', '\u00ad', '\u00a0', '\u202e', '\ud83d\ude00', '\t', ' ', '\b', '\x7f'],
].map(bytesOf);

/** Bytes that are not UTF-8. */
export const BAD = ['\xff', '\x80', '\xc3', '\xc0\xaf', '\xed\xa0\x80', '\xf4\x90\x80\x80', '\x85'];

/** To be put into a string; not all are escapes of JSON. */
export const ESCAPES = [
  ...['\\u0000', '\\u0000x', '\\u200b', '\\ufeff', '\\u2028', '\\u00ad', '\\u0085', '\\u0001', '\\n', '\\r'],
  ...['\\t', '\\ud800', '\\udc00', '\\ud83d\\ude00', '\\/', '\\x41', '\\u{41}', '\\', ' '],
];

/** What somebody reads as more than 100, and what nobody agrees on. */
export const NUMBERS = [
  ...['500', '5e2', '5E+2', '500.0', '1e400', '-1e400', '-0', '0x1F4', '0500', '+500', '500.', '.5e3'],
  ...['NaN', 'Infinity', '-Infinity', '9223372036854775808', '9007199254740993', '1e-400', '1_000', '1e'],
  ...['100.00000000000001', '100.000000000000000000000000000000000000001', `0.${'0'.repeat(70)}1e90`],
  ...['"500"', '" 500 "', '"0x1F4"', '[500]', '{"amount":500}', 'true', 'null', '--500', '5e2e2', '٥٠٠'],
].map(bytesOf);

/** Ways to write a path under /etc, and some that only look like one. */
export const PATHS = [
  ...['/etc/passwd', '/etc', '/etc/', '//etc//passwd', '/./etc/passwd', '/tmp/../etc/passwd', '/../etc'],
  ...['/ETC/passwd', '/\uff45tc/passwd', '/e\\u200btc/passwd', '/etc%2fpasswd', '/%65tc/passwd', '\\/etc'],
  ...['\\\\etc\\\\passwd', '/etc\\\\passwd', '~/../../etc/passwd', 'etc/passwd', '../../../../etc/passwd'],
  ...['file:///etc/passwd', '/etc\\u0000/x', '/etc\\u0000x', ' /etc/passwd', '/etc/passwd\\n', '\\ufeff/etc'],
  ...['[\\"/etc\\"]', '\\"/etc\\"', '/proc/../etc', '/\\u0065tc', '/etc/../tmp', '/etcetera', './etc', '.'],
].map(bytesOf);

export const WORDS = [
  ...[
    'delete_broker',
    'create_charge',
    'list',
    'tools/call',
    'ping',
    'notifications/cancelled',
    'initialize',
  ],
  ...['jsonrpc', 'id', 'method', 'params', 'name', 'arguments', 'path', 'amount', '_meta', 'task', '2.0'],
  ...PATHS,
];

/** Letters that become ASCII when case is dropped or width is. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  s: 'ſ',
  k: '\u212a',
  i: 'İ',
  a: 'ａ',
  d: 'ｄ',
  m: 'ｍ',
};

/** The inside of a JSON string, as somebody may write it who wants one reader to see it and another not to. */
export function spellings(text: string): string[] {
  const [first = '', rest = ''] = [text.slice(0, 1), text.slice(1)];
  const code = first.charCodeAt(0).toString(16).padStart(4, '0');
  const alike = Object.entries(LOOKALIKES).map(([letter, like]) => text.replace(letter, bytesOf(like)));
  return [
    ...[text.toUpperCase(), first.toUpperCase() + rest, text.slice(0, -1) + text.slice(-1).toUpperCase()],
    ...[`${text}\\u0000`, `${text}\\u0000x`, `\\u0000${text}`, `${first}\\u0000${rest}`, `${text}\\ud800`],
    ...[`${text} `, ` ${text}`, `${text}\\n`, `\\t${text}`, `${text}\\u00a0`, `\\ufeff${text}`, `${text}\\r`],
    ...[`${first}\\u200b${rest}`, `${first}\\u00ad${rest}`, `\\u202e${text}`, `\\u${code}${rest}`],
    ...alike.filter((each) => each !== text),
  ];
}
