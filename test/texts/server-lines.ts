import fc from 'fast-check';
import { jsonText } from './json.js';

const KEYS = [
  'jsonrpc',
  'id',
  'method',
  'result',
  'error',
  'params',
  'Id',
  '\\u0069d',
  'result ',
  '__proto__',
  'é',
  '',
];
const VALUES = [
  '1',
  '"1"',
  'null',
  '"2.0"',
  '{}',
  '[]',
  '[}',
  '{]',
  '"\\"',
  '"\\\\"',
  '"}"',
  '1e0',
  'tru',
  '"\\u0031"',
  '',
];
const blank = fc.constantFrom('', '', '', ' ', '\t');
const often = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 9 });

/** Lines of a server: answers, requests, notifications, and what nearly is one. */
export function serverLines(): fc.Arbitrary<string> {
  const value = fc.oneof(fc.constantFrom(...VALUES), jsonText());
  const member = (key: fc.Arbitrary<string>, text: fc.Arbitrary<string>) =>
    fc
      .tuple(blank, key, blank, text, blank)
      .map(([a, name, b, written, c]) => `${a}"${name}"${b}:${written}${c}`);
  const fixed = (key: string, text: fc.Arbitrary<string>) => often(member(fc.constant(key), text));
  const members = fc
    .tuple(
      fixed('jsonrpc', fc.constant('"2.0"')),
      fixed('id', fc.constantFrom('1', '"a"', 'null', '0', '"é"')),
      fc.oneof(fixed('result', value), fixed('error', value), fixed('method', value)),
      fc.array(member(fc.constantFrom(...KEYS), value), { maxLength: 2 }),
      fc.nat(5),
    )
    .map(([version, id, outcome, others, turned]) => {
      const all = [version, id, outcome, ...others].filter((each) => each !== undefined);
      return [...all.slice(turned), ...all.slice(0, turned)].join(',');
    });
  const frames = fc.constantFrom(
    '{#}',
    '{#}',
    '{#}',
    '{#}',
    ' {#} ',
    '{#}\r',
    '[{#}]',
    '{#',
    '{#}}',
    '{#}x',
    '{#,}',
    '#',
  );
  return fc.tuple(frames, members).map(([frame, text]) => frame.replaceAll('#', () => text));
}

/** Answers to tools/list. */
export function toolLists(): fc.Arbitrary<string> {
  const name = fc.constantFrom('show', 'shown', 'hide', 'hidden', 'hi\\u0064e', 'HIDE', 'h\u00adide', '');
  const extra = fc.constantFrom(
    ...[
      '"title":"hide"',
      '"Name":"hide"',
      '"NAME":"show"',
      '"nam\\u0065":"hide"',
      '"name\\u0000":"hide"',
      '"ｎame":"hide"',
    ],
    ...[
      '"inputSchema":{"properties":{"name":{"name":"hide"}},"maximum":9223372036854775807}',
      '"_meta":{"name":"hide"}',
    ],
    ...['"description":"],},[{\\"name\\":\\"hide\\"}"', '"name":7', '"x":[[{"name":"hide"}]]'],
  );
  const tool = fc
    .tuple(
      blank,
      often(name.map((text) => `"name":"${text}"`)),
      fc.array(extra, { maxLength: 2 }),
      blank,
      fc.boolean(),
    )
    .map(([before, named, others, after, first]) => {
      const all = first ? [named, ...others] : [...others, named];
      return `${before}{${all.filter((each) => each !== undefined).join(',')}}${after}`;
    });
  const tools = fc.oneof(
    { weight: 12, arbitrary: fc.array(tool, { maxLength: 5 }).map((list) => `"tools":[${list.join(',')}]`) },
    fc.constantFrom('"tools":{}', '"Tools":[{"name":"hide"}]', '"tools":null'),
  );
  const rest = fc.array(
    fc.constantFrom(
      '"nextCursor":""',
      '"cacheScope":"public"',
      '"cacheScope" : null',
      '"ttlMs":1e400',
      '"_meta":{"tools":[]}',
    ),
    { maxLength: 2 },
  );
  return fc
    .tuple(tools, rest, fc.boolean(), fc.constantFrom('', ',"tools":[{"name":"hide"}]', ',"Result":{}', ' '))
    .map(
      ([list, others, first, after]) =>
        `{"jsonrpc":"2.0","id":1,"result":{${(first ? [list, ...others] : [...others, list]).join(',')}}${after}}`,
    );
}
