import { alwaysHasHost, hostOf } from './uri-host.js';

/** A URI, cut as URL parsers cut it. A path, also one of Windows, counts as a file, and a file has a path alone. */
export interface UriParts {
  /** In lower case. */
  scheme: string;
  /** User, host and port as they are written; empty where there are none. */
  authority: string;
  path: string;
  /** Query and fragment with their marks. */
  after: string;
}

/** Cuts a URI, or a pattern for some, into its parts. */
export function splitUri(uri: string): UriParts {
  const match = /^([a-z][a-z0-9+.-]+):(?:\/\/([^/?#]*))?(.*)$/is.exec(uri);
  if (match === null) return { scheme: 'file', authority: '', path: uri, after: '' };
  const [, written = '', authority = '', rest = ''] = match;
  const scheme = written.toLowerCase();
  if (scheme === 'file') {
    // WHATWG URL, section 4.4 (file host state): a drive is no host.
    const isDrive = DRIVE.test(authority);
    return {
      scheme,
      authority: isDrive ? '' : authority,
      path: isDrive ? authority + rest : rest,
      after: '',
    };
  }
  if (!alwaysHasHost(scheme)) return { scheme, authority, ...cutPath(rest) };
  const [, own = '', end = ''] =
    /^([^/?#]*)(.*)$/s.exec(authority + rest.slice(authority === '' ? leading(rest) : 0)) ?? [];
  return { scheme, authority: own, ...cutPath(end) };
}

function cutPath(rest: string): Pick<UriParts, 'path' | 'after'> {
  const [, path = '', after = ''] = /^([^?#]*)(.*)$/s.exec(rest) ?? [];
  return { path, after };
}

function leading(slashes: string): number {
  let count = 0;
  while (slashes.charAt(count) === '/') count++;
  return count;
}

/**
 * Scheme and host in lower case, the host without user, default port and last dot, `localhost` of a file gone, doubled slashes and
 * `.` and `..` resolved (RFC 3986, section 6.2). There are several where many servers look at the path of a file alone, where nothing after
 * a host is the same as a slash, and where `..` may leave a drive.
 */
export function normalForms({ scheme, authority, path, after }: UriParts): string[] {
  const host = hostOf(authority, scheme);
  if (scheme === 'file') {
    const paths = [...new Set([filePath(path), path].flatMap(resolvedFiles))];
    const isLocal = host === '' || host === 'localhost';
    return [
      ...(isLocal ? [] : paths.map((each) => `file://${host}${each}`)),
      ...paths.map((each) => `file://${each}`),
    ];
  }
  const start = `${scheme}://${host}`;
  const end = resolvePath(path) + after;
  return !alwaysHasHost(scheme) || end.startsWith('/') ? [start + end] : [start + end, `${start}/${end}`];
}

/** `C:`, `/C|` and `//?/C:` begin the same path of Windows. */
function filePath(written: string): string {
  const path = written.replace(/^\/{2,}[?.]\//, '/');
  return /^\/*[a-z][:|](?=\/|$)/i.test(path) || /^[a-z]:/i.test(path)
    ? path.replace(/^\/*([a-z])[:|]/i, '/$1:')
    : path;
}

/** A `..` leaves no drive on Windows and in URL parsers (WHATWG URL, section 4.4: shorten a path). */
function resolvedFiles(path: string): string[] {
  const [, drive = '', rest = ''] = /^(\/[a-z]:[^/]*)(\/.*)$/is.exec(path) ?? [];
  return [resolvePath(path), ...(drive === '' ? [] : [drive + resolvePath(rest)])];
}

function resolvePath(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  const end = /\/\.{0,2}$/.test(path) && names.length > 0 ? '/' : '';
  return `${path === '' ? '' : '/'}${names.join('/')}${end}`;
}

/**
 * The path as URL parsers resolve it: `%2e` is a dot, `..` takes back one slash where two are in a row, and leaves no drive of a file
 * (WHATWG URL, section 4.4).
 */
export function resolvedByParsers({ scheme, path }: UriParts): string {
  if (path === '') return scheme === 'file' ? '/' : '';
  const names: string[] = [];
  const written = path.replace(/^\//, '').split('/');
  for (const [index, name] of written.entries()) {
    const dots = name.length > LONGEST_DOTS ? name : name.replace(/%2e/gi, '.');
    const isDrive = scheme === 'file' && names.length === 1 && LIKE_DRIVE.test(names[0] ?? '');
    if (dots === '..' && !isDrive) names.pop();
    if (dots !== '..' && dots !== '.') names.push(name);
    else if (index === written.length - 1) names.push('');
  }
  return `/${names.join('/')}`;
}

/** Characters: `%2e%2e`. */
const LONGEST_DOTS = 6;
const DRIVE = /^[a-z][:|]$/i;
/** Node takes `a:b` for a drive, too. */
const LIKE_DRIVE = /^[a-z](?::|\|$)/i;
