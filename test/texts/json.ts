import fc from 'fast-check';

/** How many levels deep generated texts are nested, but for one more now and then. */
export const MAX_DEPTH = 3;

/** JSON as no serialiser writes it: any escapes, blanks anywhere, keys given twice, halves of surrogate pairs. */
export function jsonText(): fc.Arbitrary<string> {
  const blank = fc.constantFrom('', '', '', ' ', '\t', ' \t');
  return fc.letrec<{ value: string }>((tie) => {
    const value = tie('value');
    const list = (element: fc.Arbitrary<string>) =>
      fc.array(
        fc.tuple(blank, element, blank).map((parts) => parts.join('')),
        { maxLength: 4 },
      );
    const member = fc
      .tuple(stringText(), blank, value)
      .map(([key, gap, text]) => `${key}${gap}:${gap}${text}`);
    return {
      value: fc.oneof(
        { maxDepth: MAX_DEPTH + 1, withCrossShrink: true },
        fc.oneof(fc.constantFrom('true', 'false', 'null'), numberText(), stringText()),
        list(value).map((parts) => `[${parts.join(',')}]`),
        list(member).map((parts) => `{${parts.join(',')}}`),
      ),
    };
  }).value;
}

function stringText(): fc.Arbitrary<string> {
  const character = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('a', 'b', 'A', ' ', '/', 'é', '😀', '\u2028', '\u007f', '\ufeff'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '\\u0061',
        '\\u0041',
        '\\n',
        '\\"',
        '\\\\',
        '\\/',
        '\\u0000',
        '\\u00E9',
        '\\u00fF',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('\\ud83d\\ude00', '\\uD83D', '\\ude00', '\ud83d', '\ude00') },
  );
  return fc.array(character, { maxLength: 4 }).map((characters) => `"${characters.join('')}"`);
}

function numberText(): fc.Arbitrary<string> {
  const digits = fc.constantFrom('0', '7', '10', '123456789012345678901234567890');
  const fraction = fc.constantFrom('', '', '.0', '.50');
  const exponent = fc.constantFrom('', '', 'e1', 'E+30', 'e-999');
  return fc.tuple(fc.constantFrom('', '-'), digits, fraction, exponent).map((parts) => parts.join(''));
}

/** An object of up to 30 keys, most of them once. */
export function manyKeys(): fc.Arbitrary<string> {
  const key = fc.nat(400).map((number) => (number % 5 === 0 ? `\\u006b${number}` : `k${number}`));
  return fc
    .array(key, { maxLength: 30, size: 'max' })
    .map((keys) => `{${keys.map((key) => `"${key}":{"k":0}`).join(',')}}`);
}

/** A text with a few characters put in, taken out or exchanged, often where it is structured. */
export function mutatedText(): fc.Arbitrary<string> {
  const place = fc.noBias(fc.nat(9999)).map((number) => number / 10_000);
  const mutation = fc.record({ place, structural: fc.boolean(), taken: fc.nat(2), put: token() });
  return fc.tuple(jsonText(), fc.array(mutation, { minLength: 1, maxLength: 2 })).map(([text, mutations]) =>
    mutations.reduce((result, { place, structural, taken, put }) => {
      const places = structural ? [...result.matchAll(/[{}[\],:"\\]/g)].map(({ index }) => index) : [];
      const at = places[Math.floor(place * places.length)] ?? Math.floor(place * result.length);
      return result.slice(0, at) + put + result.slice(at + (structural ? 1 : taken));
    }, text),
  );
}

export function token(): fc.Arbitrary<string> {
  const tokens = [
    '',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\\u12',
    'd800',
    '"a"',
    '"\\u0061"',
    '{"a":1}',
  ];
  const others = [
    ' ',
    '\t',
    '\r',
    '\n',
    '\f',
    '\v',
    '\u00a0',
    '\ufeff',
    '\0',
    '\x1f',
    '\x7f',
    '//',
    "'",
    'true',
    'nul',
  ];
  const numbers = [
    '0',
    '-',
    '00',
    '1',
    '.',
    '.5',
    '5.',
    'e',
    'E+',
    '+1',
    '0x1',
    'NaN',
    'Infinity',
    'f',
    'g',
    'G',
    '`',
  ];
  return fc.constantFrom(...tokens, ...others, ...numbers);
}
