import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uriReadings } from '../../../../../src/core/policy/conditions/uri/uri-readings.js';
import { runs } from '../../../../runs.js';

const starts = fc.constantFrom(
  ...['file:', 'file:/', 'file://', 'file:///', 'FILE:', 'file:\\', 'file://localhost', 'file://localhost/'],
  ...['http:h/', 'http:/h/', 'http://h/', 'http://h?', 'HTTP:\\\\h\\', 'https://me:pw@h:443/', 'demo://h/'],
);
const pieces = fc.constantFrom(
  ...['/', '/', '\\', '.', '..', '/../', 'a', 'etc', 'ä', ' ', '|', ':', '@', '?', '#', '/C:/', '/c|/'],
  ...[
    '%2f',
    '%2F',
    '%2f',
    '%5c',
    '%2e',
    '%2E%2e',
    '/%2e%2e/',
    '/.%2e/',
    '%61',
    '%C3%A4',
    '%20',
    '%3f',
    '%23',
    '%25',
    '%252e%252e',
    '%252f',
  ],
);
const uris = fc
  .tuple(starts, fc.array(pieces, { maxLength: 9 }))
  .map(([start, rest]) => start + rest.join(''));

/** What a server makes of it that parses a URL and decodes its path, as many in JavaScript do. */
function servedPath(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  try {
    const path = posix.normalize(decodeURIComponent(url.pathname) || '/');
    return `${url.protocol}//${url.protocol === 'file:' ? '' : url.host}${path.replace(/^\/+/, '/')}`;
  } catch {
    return undefined;
  }
}

/** Whether it names what is served, also with a slash behind, or with a query where that is not a file's. */
function names(reading: string, served: string): boolean {
  const bare = served.replace(/([^/])\/$/, '$1');
  return [bare, `${bare}/`].some((start) => reading === start || reading.startsWith(`${start}?`));
}

describe('the readings of a URI', () => {
  it('have the path that a URL parser finds, decoded and with its dots resolved', () => {
    fc.assert(
      fc.property(uris, (uri) => {
        const served = servedPath(uri);
        fc.pre(served !== undefined);
        expect(
          uriReadings(uri).filter((reading) => names(reading, served)),
          served,
        ).not.toEqual([]);
      }),
      runs(2_000),
    );
  });
});
