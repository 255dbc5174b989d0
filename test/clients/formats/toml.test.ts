import fc from 'fast-check';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/clients/formats/config-text.js';
import { toml } from '../../../src/clients/formats/toml.js';
import { runs } from '../../runs.js';
import { plain } from '../plain.js';

/**
 * Numbers and dates are not read, so they are left out. Line ends are all LF: TOML leaves it to the reader whether those
 * in a string of many lines are kept as they are written.
 */
function blurred(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n');
  if (Array.isArray(value)) return value.map(blurred);
  if (typeof value !== 'object' || value === null || value instanceof Date) return 'other';
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, blurred(each)]));
}

/** What another reader reads. */
function reference(text: string): unknown {
  return blurred(getStaticTOMLValue(parseTOML(text, { tomlVersion: '1.1' })));
}

function read(text: string): unknown {
  return blurred(plain(toml.read(text), () => 'other'));
}

const FINE = [
  '',
  '# nothing\n',
  'a = 1\nb = "x" # c\n',
  'a.b.c = "x"\na.b.d = [1, 2.5, "three"]\n',
  '[a]\nx = 1\n[a.b]\ny = "z"\n[c]\n',
  '[a.b]\ny = "z"\n[a]\nx = 1\n',
  '[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]\nx = "two"\n',
  'a = \'\'\'\nx\'y\n\'\'\'\nb = """\nx\\\n   y "" z\\u00e9"""\n',
  'a = """x""""\n',
  "'quoted key'.\"and this\" = { x = 1, y = { z = 'w' }, l = [\n  'a', # c\n  'b',\n] }\n",
  'd = 1979-05-27 07:32:00Z\ne = 1979-05-27\nf = 07:32:00\ng = +inf\nh = 0xdead_beef\n',
  'a = true\r\nb = "x"\r\n[c]\r\nd = []\r\n',
  '[a]\nb.c = "x"\nb.d.e = 1\n[a.b.f]\ng = "y"\n',
  ' a = 1\n\t[b] # c\n\t c="d"',
];

describe('the TOML reader', () => {
  it.each(FINE)('reads %j as another reader does', (text) => {
    expect(read(text)).toEqual(reference(text));
  });

  it.each([
    'a',
    'a =',
    'a = "x',
    "a = 'x",
    'a = 1 b = 2',
    'a = 1\na = 2',
    '[a]\n[a]',
    'a = 1\n[a]',
    'a = {}\n[a.b]',
    'a = {}\na.b = 1',
    's.a.command = "x"\n[s]\nb = 1',
    '[s]\na.b = 1\n[s.a]\nc = 1',
    '[a.b]\nx = 1\n[a]\nb.c = 1',
    '[a.b.c]\nx = 1\n[a]\nb.c.y = 1',
    'a = True',
    'a = yes',
    'a = 1__0',
    'a = 01',
    'a = 1.',
    '[a',
    '[[a]',
    'a = [1 2]',
    'a = {x = 1 y = 2}',
    'a = "\\q"',
    'a = "\\UFFFFFFFF"',
    '= 1',
    'a = [',
    'a = {',
    'a = """',
  ])('refuses %j as another reader does', (text) => {
    expect(() => reference(text)).toThrow();
    expect(() => toml.read(text)).toThrow(ConfigError);
  });

  it.each(["'''", '"""'])('keeps the line ends of a string of many lines in %s', (quotes) => {
    const text = `a = ${quotes}\r\nx\r\ny\n${quotes}\n`;
    expect(plain(toml.read(text), () => 'other')).toEqual({ a: 'x\r\ny\n' });
  });

  it('reads whatever another reader reads, and the same', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b',
        '.',
        '=',
        ' ',
        '\n',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '"x"',
        "'y'",
        '#',
        '1',
        '\\',
        '\r\n',
        '"""',
        "'''",
        'a = ',
        '[a]\n',
        '[a.b]\n',
        '[[b]]\n',
        '"\\n"',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        let wanted: unknown;
        try {
          wanted = reference(text);
        } catch {
          return;
        }
        expect(read(text)).toEqual(wanted);
      }),
      runs(10_000),
    );
  });
});
