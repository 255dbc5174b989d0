import { describe, expect, it } from 'vitest';
import { normalPatterns, uriReadings } from '../../../../../src/core/policy/conditions/uri/uri-readings.js';
import { decide } from '../../../../../src/core/policy/decide/decide.js';
import { cpuTime } from '../../../../cpu-time.js';
import { callOf, policyFrom, type Written } from '../../policies.js';

/** The action, and how many limits count. */
function verdictOf(written: Written, uri: string) {
  const call = callOf(uri, { uri }, 'resource');
  const [verdict] = decide(policyFrom({ default: 'allow', ...written }), {
    ...call,
    bindings: { ...call.bindings, args: new Map([['uri', uri]]) },
  }).verdicts;
  return `${verdict?.action} ${verdict?.charges.length}`;
}

describe('a URI as a server may read it', () => {
  it.each([
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['FILE:///etc/passwd', 'file:///etc/passwd'],
    ['file://localhost/etc/passwd', 'file:///etc/passwd'],
    ['file:/etc/passwd', 'file:///etc/passwd'],
    ['file:///x/../etc/passwd', 'file:///etc/passwd'],
    ['file:///../etc/passwd', 'file:///etc/passwd'],
    ['file:///%65tc/passwd', 'file:///etc/passwd'],
    ['file:///%2565tc/passwd', 'file:///etc/passwd'],
    ['file:///x/%c0%ae%c0%ae/etc/passwd', 'file:///etc/passwd'],
    ['file:////etc/passwd', 'file:///etc/passwd'],
    ['file:///./etc/passwd', 'file:///etc/passwd'],
    ['file:///etc\\passwd', 'file:///etc/passwd'],
    ['/etc/passwd', 'file:///etc/passwd'],
    ['file:', 'file:///'],
    ['C:\\etc\\passwd', 'file:///C:/etc/passwd'],
    [' file:///etc/passwd ', 'file:///etc/passwd'],
    ['file:///etc/pas\tswd', 'file:///etc/passwd'],
    ['\u0001file:///etc/passwd', 'file:///etc/passwd'],
    ['file:///etc/passwd?x', 'file:///etc/passwd'],
    ['file:///etc/passwd#x', 'file:///etc/passwd'],
    ['file:///a?/../../etc/passwd', 'file:///a'],
    ['file:///a%3f/../../etc/passwd', 'file:///etc/passwd'],
    ['file:///secr%C3%A4t', 'file:///secrät'],
    ['file:///secr%E4t', 'file:///secrät'],
    ['https://me:pw@EXAMPLE.com.:443/a/../b?q=../c#d', 'https://example.com/b?q=../c'],
    ['https://\uff45xample\u3002com/b', 'https://example.com/b'],
    ['demo://resource/static/document/', 'demo://resource/static/document/'],
    ['file://other/etc/passwd', 'file:///etc/passwd'],
    ['file:///etc/pas%09swd', 'file:///etc/passwd'],
    ['file:///C|/etc', 'file:///C:/etc'],
    ['file://C:/etc', 'file:///C:/etc'],
    ['\\\\?\\C:\\etc', 'file:///C:/etc'],
    ['file:/%2fetc/passwd', 'file:///etc/passwd'],
    ['file:/%2Fetc%2Fpasswd', 'file:///etc/passwd'],
    ['file:%2f/etc/passwd', 'file:///etc/passwd'],
    ['file:/%252fetc/passwd', 'file:///etc/passwd'],
    ['file:///x%2fy/%2e%2e/etc', 'file:///x/etc'],
    ['file:///x%2fy/%2e%2e/%2e%2e/etc', 'file:///etc'],
    ['file:///x//../etc', 'file:///x/etc'],
    ['file:///C:/../etc', 'file:///C:/etc'],
    ['file:///C:/../etc', 'file:///etc'],
    ['http://host/a%3f/%2e%2e/etc', 'http://host/etc'],
    ['http:/host/x', 'http://host/x'],
    ['http:host/x', 'http://host/x'],
    ['http:////host/x', 'http://host/x'],
    ['http:\\\\host\\x', 'http://host/x'],
    ['http://host', 'http://host/'],
    ['http://host?q', 'http://host/?q'],
    ['http://2130706433/x', 'http://127.0.0.1/x'],
    ['http://0x7f.1/x', 'http://127.0.0.1/x'],
    ['http://0177.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['http://\u200b2130706433/x', 'http://127.0.0.1/x'],
    ['http://\u2060127.1/x', 'http://127.0.0.1/x'],
    ['http://127.0.0.1.\u00ad/x', 'http://127.0.0.1/x'],
    ['http://evil.com.\u200b/x', 'http://evil.com/x'],
    ['http://evil.com%E2%80%8B:80/x', 'http://evil.com/x'],
    ['http://e\u034fvil.com\ufe0f/x', 'http://evil.com/x'],
    ['http://\u{1d404}vil.com/x', 'http://evil.com/x'],
    ['http://[::ffff:127.0.0.1]/x', 'http://127.0.0.1/x'],
    ['http://[::ffff:7f00:1]/x', 'http://127.0.0.1/x'],
  ])('%j is among others %s', (uri, expected) => {
    expect(uriReadings(uri)).toContain(expected);
  });

  it.each(['file:///etc/passwd', 'https://example.com/b?q=1', 'demo://a/b/', 'memo:x'])(
    'an ordinary one is read in one way: %s',
    (uri) => {
      expect(uriReadings(uri)).toHaveLength(1);
    },
  );

  it.each([
    ['*', '*'],
    ['*secret*', '*secret*'],
    ['file:///a%20b/*', 'file:///a b/*'],
    ['FILE:///%2A/?', 'file:///%2A/?'],
    ['/etc/*', 'file:///etc/*'],
    ['demo://*', 'demo://*'],
  ])('the pattern %s is %s', (written, expected) => {
    expect(normalPatterns(written)).toContain(expected);
  });
});

describe('an allow-list of resources', () => {
  const resources: NonNullable<Written['resources']> = {
    '*': 'deny',
    'file:///project/*': 'allow',
    'file:///a%20b/*': 'allow',
    'http://localhost:8080/*': 'allow',
    'demo://x/': 'allow',
    'file://nas/share/*': 'allow',
  };

  it.each([
    'file:///project/../etc/passwd',
    'file:///project/%2e%2e/etc/passwd',
    'file:///project/%252e%252e/etc/passwd',
    'file:///project/..%2fetc/passwd',
    'file:///project/..\\..\\etc/passwd',
    'file:///project/..%5c..%5cetc',
    'file:///project/.\t./etc/passwd',
    'file:///project/a?/../../../etc/passwd',
    'file:///project/a#/../../../etc/passwd',
    'file:///project/%c0%ae%c0%ae/etc/passwd',
    'http://localhost:8080/..%2f/%00',
    'http://localhost:8081/',
    'demo://y/',
    'file:///share/x',
    'file://nas/project/x',
  ])('is not left by %j', (uri) => {
    expect(verdictOf({ resources }, uri)).toBe('deny 0');
  });

  it.each([
    'file:///project/a.txt',
    'file:///project/b/../a.txt',
    'file:///project/a%20b.txt',
    'file:///project/secr%C3%A4t',
    'file:///a%20b/c',
    'http://localhost:8080/x?y=z',
    'demo://x/',
    'file://nas/share/x',
  ])('lets %j pass', (uri) => {
    expect(verdictOf({ resources }, uri)).toBe('allow 0');
  });
});

describe('a deny-list of resources', () => {
  const resources: NonNullable<Written['resources']> = {
    'file:///etc/*': 'deny',
    'file:///home/*': 'allow',
    'file:///p/secret.txt': 'deny',
    'http://host/*': 'deny',
    'file:///secrät/*': 'deny',
    'file:///gr%C3%BCn/*': 'deny',
    'http://127.0.0.1/*': 'deny',
    '*.env': 'deny',
  };

  it.each([
    'file:///etc/passwd',
    'file://localhost/etc/passwd',
    'file:///home/../etc/passwd',
    'file:///%65tc/passwd',
    '/etc/passwd',
    'file:///ETC/passwd',
    'file:///p/sec\tret.txt',
    '\u0001file:///p/secret.txt',
    'file:///p/secret.txt#x',
    'file:///p/secret.txt?x',
    'file:///p/secret.txt/',
    'file:///p/secret.txt/.',
    'file:///p/secret.txt%00.png',
    'http://host:80/x',
    'http://host:8080/x',
    'http://me@host/x',
    'http://host./x',
    'http://HOST/x',
    'file:///secr%C3%A4t/x',
    'file:///secra\u0308t/x',
    'file:///gr\u00fcn/x',
    'file://other/p/secret.txt',
    'http:/host/x',
    'http:host/x',
    'http:///host/x',
    'http://host',
    'http://host?x',
    'http://127.1/x',
    'file:/%2fetc/passwd',
    'file:/%2Fetc%2Fpasswd',
    'file:%2f/etc/passwd',
    'http://\u200b2130706433/x',
    'http://\u2060127.1/x',
    'http://127.0.0.1.\u00ad/x',
    'http://host.\u200b/x',
    `file:///${'a/'.repeat(600)}.ENV`,
  ])('is not left by %j', (uri) => {
    expect(verdictOf({ resources }, uri)).toBe('deny 0');
  });

  it.each([
    'file:///home/me/etc/passwd',
    'file:///opt/x',
    'demo://etc/x',
    'http://hosts/x',
    'file:///p/secret.txt2',
  ])('%j is not meant', (uri) => {
    expect(verdictOf({ resources }, uri)).toBe('allow 0');
  });

  it('a URI that an entry names to the letter is meant as it is written', () => {
    const exact: Written['resources'] = { '*': 'deny', 'ui://widget#a': 'allow', 'file:///x%2fy': 'allow' };
    expect(verdictOf({ resources: exact }, 'ui://widget#a')).toBe('allow 0');
    expect(verdictOf({ resources: exact }, 'file:///x%2fy')).toBe('allow 0');
    expect(verdictOf({ resources: exact }, 'ui://widget#b')).toBe('deny 0');
  });

  it('a URI that an entry names to the letter, but only on a condition, is read in every way', () => {
    const resources: Written['resources'] = {
      'file:///p/../s': { when: 'args.uri == "file:///other"', action: 'allow' },
      'file:///s': 'deny',
    };
    expect(verdictOf({ resources }, 'file:///p/../s')).toBe('deny 0');
    const limited: Written['resources'] = { ...resources, 'file:///p/../s': { timeout: 5 } };
    expect(verdictOf({ resources: limited }, 'file:///p/../s')).toBe('deny 0');
  });
});

describe('a long URI', () => {
  it.each([
    ['blanks', `demo://x/${' '.repeat(1_000_000)}y`],
    ['encoded blanks', `demo://x/${'%20'.repeat(300_000)}y`],
    ['slashes in a query', `demo://x/?${'/'.repeat(1_000_000)}y`],
    ['slashes', `http:${'/'.repeat(1_000_000)}y`],
    ['marks in a host', `http://u${'\u0323\u0301'.repeat(200_000)}/x`],
    ['marks in a path', `demo://u/${'\u0323\u0301'.repeat(200_000)}`],
    ['user names', `http://${'a:1@'.repeat(250_000)}y`],
  ])('of many %s is judged at once', (_, uri) => {
    expect(cpuTime(() => verdictOf({ resources: { 'file:///etc/*': 'deny' } }, uri))).toBeLessThan(10_000);
  });
});

describe('other rules of resources', () => {
  it('limits count for each spelling', () => {
    const resources: Written['resources'] = { 'file:///db/*': { rate_limit: { max: 1, window: 60 } } };
    expect(verdictOf({ resources }, 'file:///db/x')).toBe('allow 1');
    expect(verdictOf({ resources }, 'file:///a/../db/x')).toBe('allow 1');
    const all: Written['resources'] = { '*': 'allow', ...resources };
    expect(verdictOf({ resources: all }, 'file:///a/%2e%2e/db/x')).toBe('allow 1');
  });

  it('conditions see each spelling', () => {
    const resources: Written['resources'] = {
      '*': [{ when: 'args.uri.startsWith("file:///etc/")', action: 'require_approval' }, 'allow'],
    };
    expect(verdictOf({ resources }, 'file:///a/../etc/x')).toBe('require_approval 0');
    expect(verdictOf({ resources }, 'file:///a/x')).toBe('allow 0');
  });
});
