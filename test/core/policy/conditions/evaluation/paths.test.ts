import { describe, expect, it } from 'vitest';
import { host, type PathRules, within } from '../../../../../src/core/policy/conditions/evaluation/paths.js';
import { cpuTime } from '../../../../cpu-time.js';

const POSIX: PathRules = { home: '/home/me', windows: false };
const WINDOWS: PathRules = { home: 'C:\\Users\\Me', windows: true };

/** Undefined where nobody can say: then a condition fails, which never grants. */
type Case = [path: string, folder: string, expected: boolean | undefined];

describe('within, on POSIX', () => {
  it.each<Case>([
    ['/a/b', '/a/b', true],
    ['/a/b/', '/a/b', true],
    ['/a/b', '/a/b/', true],
    ['/a/b/c', '/a/b', true],
    ['/a/b/c/d', '/a/b', true],
    ['/a', '/a/b', false],
    ['/a/bc', '/a/b', false],
    ['/a/b-old/c', '/a/b', false],
    ['/a/B', '/a/b', undefined],
    ['/A/b/c', '/a/b', undefined],
    ['/a/B/../c', '/a/b', false],
    ['/a/\u0065\u0301', '/a/\u00e9', undefined],
    ['/a/\uff42', '/a/b', undefined],
    ['/\u200da/b\u200b/c', '/a/b', undefined],
    ['/a/b\u200b', '/a', true],
    ['/', '/', true],
    ['/etc', '/', true],
  ])('%s in %s: %j', (path, folder, expected) => {
    expect(within(path, folder, POSIX)).toBe(expected);
  });

  it.each<Case>([
    ['/a/b/../c', '/a/b', false],
    ['/a/b/../b/c', '/a/b', true],
    ['/a/b/c/..', '/a/b', true],
    ['/a/b/c/../..', '/a/b', false],
    ['/a/b/./c', '/a/b', true],
    ['/a/b/.', '/a/b', true],
    ['/a//b///c', '/a/b', true],
    ['//a/b', '/a/b', true],
    ['/../a/b', '/a/b', true],
    ['/a/b/../../../a/b', '/a/b', true],
    ['/../../etc', '/a/b', false],
    ['/a/b/...', '/a/b', true],
    ['/a/b/..c', '/a/b', true],
    ['/a/x', '/a/b/..', true],
  ])('dots and slashes: %s in %s: %j', (path, folder, expected) => {
    expect(within(path, folder, POSIX)).toBe(expected);
  });

  it.each<Case>([
    ['~', '/home/me', true],
    ['~/', '/home/me', true],
    ['~/projects/x', '/home/me/projects', true],
    ['/home/me/projects/x', '~/projects', true],
    ['~/projects', '~', true],
    ['~/../other', '~', false],
    ['~/..', '/home', true],
    ['~root/x', '/home/me', undefined],
    ['~me/x', '~', undefined],
    ['~+', '/', undefined],
    ['~-/x', '/', undefined],
    ['a/~', 'a', true],
    ['/x/~/projects', '~/projects', false],
  ])('home: %s in %s: %j', (path, folder, expected) => {
    expect(within(path, folder, POSIX)).toBe(expected);
  });

  it.each<Case>([
    ['a/b', '/a', undefined],
    ['a/b', '/', undefined],
    ['/a/b', 'a', undefined],
    ['/a/b', '.', undefined],
    ['a/b', 'a', true],
    ['./a/b', 'a', true],
    ['a', '.', true],
    ['../a', '.', undefined],
    ['a/../../b', '.', undefined],
    ['a/../../b', 'b', undefined],
    ['b', 'a', false],
  ])('relative paths: %s in %s: %j', (path, folder, expected) => {
    expect(within(path, folder, POSIX)).toBe(expected);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['a percent escape of a dot', '/a/b/%2e%2e/c'],
    ['a percent escape in capitals', '/a/b/%2E./c'],
    ['a percent escape of a slash', '/a/b%2fc'],
    ['a NUL', '/a/b/c\0.txt'],
    ['a line end', '/a/b/c\n'],
    ['a tab inside', '/a/b/c\td'],
    ['a DEL', '/a/b/c\x7f'],
    ['a leading space', ' /a/b/c'],
    ['a trailing space', '/a/b/c '],
    ['a no-break space at the end', '/a/b/c\u00a0'],
    ['a backslash', '/a/b\\..\\..\\c'],
    ['a URL', 'file:///a/b/c'],
  ])('nobody can say for %s', (_, path) => {
    expect(within(path, '/a/b', POSIX)).toBeUndefined();
    expect(within(path, '/', POSIX)).toBeUndefined();
  });

  it('nor for an odd folder', () => {
    for (const folder of ['', '/a/%2e', '/a\0', '~root', 'a/../..', '/a\\b'])
      expect(within('/a/b', folder, POSIX)).toBeUndefined();
  });

  it('takes a percent sign that escapes nothing as it is', () => {
    expect(within('/a/b/100%', '/a/b', POSIX)).toBe(true);
    expect(within('/a/b/50% off', '/a/b', POSIX)).toBe(true);
  });
});

describe('within, of a name with many marks in a row', () => {
  it('says soon that it is another name', () => {
    const name = `u${'\u0323\u0301'.repeat(100_000)}`;
    const took = cpuTime(() => expect(within(`/home/${name}/x`, '/home/u', POSIX)).toBe(false));
    expect(took).toBeLessThan(2_000);
  });

  it('finds the same name in another order and with what cannot be seen', () => {
    expect(within('/home/u\u0301\u0323/x', '/home/u\u0323\u0301', POSIX)).toBeUndefined();
    expect(within('/home/e\u200b\u0301/x', '/home/\u00e9', POSIX)).toBeUndefined();
  });
});

describe('within, on Windows', () => {
  it.each<Case>([
    ['C:\\a\\b\\c', 'C:\\a\\b', true],
    ['C:/a/b/c', 'C:\\a\\b', true],
    ['C:\\a/b\\c', 'c:/a/b', true],
    ['c:\\A\\B\\c', 'C:\\a\\b', true],
    ['C:\\a\\bc', 'C:\\a\\b', false],
    ['D:\\a\\b\\c', 'C:\\a\\b', false],
    ['C:\\', 'C:\\', true],
    ['C:\\a', 'C:\\', true],
    ['C:\\a\\b\\..\\c', 'C:\\a\\b', false],
    ['C:\\a\\\\b\\.\\c', 'C:\\a\\b', true],
    ['C:\\..\\a\\b', 'C:\\a\\b', true],
    ['~\\projects\\x', 'C:\\Users\\Me\\projects', true],
    ['~/Projects/x', 'c:\\users\\me\\projects', true],
    ['~other\\x', 'C:\\', undefined],
    ['a\\b', 'a', true],
    ['a\\b', 'C:\\', undefined],
    ['C:\\a\\ÄÖ', 'C:\\a\\ÄÖ', true],
  ])('%s in %s: %j', (path, folder, expected) => {
    expect(within(path, folder, WINDOWS)).toBe(expected);
  });

  it.each<[string, string]>([
    ['a share', '\\\\server\\share\\a'],
    ['a share with slashes', '//server/share/a'],
    ['a device path', '\\\\?\\C:\\a\\b\\c'],
    ['another device path', '\\\\.\\C:\\a\\b\\c'],
    ['an NT path', '\\??\\C:\\a\\b\\c'],
    ['a path that counts from the root of some drive', '\\a\\b\\c'],
    ['a path that counts from the folder of a drive', 'C:a\\b\\c'],
    ['a drive without a slash', 'C:'],
    ['a stream', 'C:\\a\\b\\c:hidden'],
    ['a stream of the folder', 'C:\\a\\b::$DATA'],
    ['a short name', 'C:\\a\\b\\PROGRA~1'],
    ['a short name with an extension', 'C:\\a\\b\\LONGNA~2.TXT'],
    ['a trailing dot', 'C:\\a\\b\\c.'],
    ['a trailing space inside', 'C:\\a\\b \\c'],
    ['a trailing dot inside', 'C:\\a\\b.\\c'],
    ['three dots', 'C:\\a\\b\\...\\c'],
    ['dots and a space', 'C:\\a\\b\\.. \\c'],
    ['a wildcard', 'C:\\a\\b\\*'],
    ['a pipe', 'C:\\a\\b\\c|d'],
    ['a device', 'C:\\a\\b\\NUL'],
    ['a device with an extension', 'C:\\a\\b\\con.txt'],
    ['a device with a space and an extension', 'C:\\a\\b\\com1 .txt'],
    ['a port with a superscript', 'C:\\a\\b\\COM\u00b9'],
    ['a device as a folder', 'C:\\a\\b\\aux\\c'],
    ['a percent escape', 'C:\\a\\b\\%2e%2e\\c'],
    ['a NUL', 'C:\\a\\b\\c\0'],
  ])('nobody can say for %s', (_, path) => {
    expect(within(path, 'C:\\a\\b', WINDOWS)).toBeUndefined();
    expect(within(path, 'C:\\', WINDOWS)).toBeUndefined();
  });

  it('takes only ASCII letters for alike, as no other folding holds for every drive', () => {
    expect(within('C:\\wor\u212a\\x', 'C:\\work', WINDOWS)).toBeUndefined();
    expect(within('C:\\\u0130\\x', 'C:\\i\u0307', WINDOWS)).toBeUndefined();
  });

  it.each([
    'C:\\a\\b\\console',
    'C:\\a\\b\\nullable.txt',
    'C:\\a\\b\\com10',
    'C:\\a\\b\\~x',
    'C:\\a\\b\\.git',
  ])('takes %s as a plain path', (path) => {
    expect(within(path, 'C:\\a\\b', WINDOWS)).toBe(true);
  });
});

describe('host', () => {
  it.each<[string, string]>([
    ['https://example.com', 'example.com'],
    ['https://example.com/', 'example.com'],
    ['HTTPS://EXAMPLE.Com/Path', 'example.com'],
    ['https://example.com:8443/a?b#c', 'example.com'],
    ['https://example.com?x', 'example.com'],
    ['https://example.com#@evil.com', 'example.com'],
    ['https://example.com/@evil.com', 'example.com'],
    ['ftp://a_b.c-d.example', 'a_b.c-d.example'],
    ['http://127.0.0.1:80/', '127.0.0.1'],
    ['http://localhost', 'localhost'],
    ['https://xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['http://1password.com', '1password.com'],
    ['http://example.com1', 'example.com1'],
  ])('of %s is %s', (url, expected) => {
    expect(host(url)).toBe(expected);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no scheme', 'example.com'],
    ['no scheme but slashes', '//example.com'],
    ['one slash', 'http:/example.com'],
    ['no slashes', 'http:example.com'],
    ['three slashes', 'https:///example.com'],
    ['a user name', 'https://good.com@evil.com/'],
    ['a user name and a password', 'https://a:b@evil.com'],
    ['an encoded at', 'https://good.com%40evil.com'],
    ['a backslash', 'https://good.com\\@evil.com'],
    ['backslashes for slashes', 'https:\\\\evil.com'],
    ['a space in front', ' https://example.com'],
    ['a space behind', 'https://example.com '],
    ['a tab inside', 'https://exam\tple.com'],
    ['a line end', 'https://example.com\n'],
    ['a NUL', 'https://example.com\0.evil.com'],
    ['a percent escape', 'https://ex%61mple.com'],
    ['another script', 'https://ex\u0430mple.com'],
    ['a full-width stop', 'https://example\uff0ecom'],
    ['an ideographic stop', 'https://example\u3002com'],
    ['a trailing dot', 'https://example.com.'],
    ['an empty label', 'https://example..com'],
    ['an empty host', 'https://'],
    ['an empty port', 'https://example.com:'],
    ['a port that is no number', 'https://example.com:80a'],
    ['a decimal address', 'http://2130706433/'],
    ['a hexadecimal address', 'http://0x7f000001/'],
    ['an octal address', 'http://0177.0.0.1/'],
    ['a short address', 'http://127.1/'],
    ['an address with a hexadecimal end', 'http://1.2.3.0x4/'],
    ['an address with a leading zero', 'http://127.0.0.01/'],
    ['an address that is too large', 'http://256.1.1.1/'],
    ['five numbers', 'http://1.2.3.4.5/'],
    ['an IPv6 address, which has many spellings', 'http://[::1]:80/'],
    ['a zone', 'http://[fe80::1%25eth0]/'],
    ['an open bracket', 'http://[::1/'],
    ['a script', 'javascript:alert(1)'],
  ])('is nothing for %s', (_, url) => {
    expect(host(url)).toBeUndefined();
  });
});
