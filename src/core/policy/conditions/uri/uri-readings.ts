import { percentDecoded } from './percent-decoded.js';
import { alwaysHasHost, hostOf } from './uri-host.js';

/** Encoded once more than this is nothing that a server would undo. */
const MOST_DECODINGS = 3;

/**
 * The URI in every way in which some server may read it, each in its normal form: with white space and controls dropped as URL parsers do
 * (WHATWG URL, section 4.4), with or without fragment, and query where it is a file; percent-encodings undone never, once or several
 * times, backslashes as slashes or not, the host of a file looked at or not. For refusing only: two URIs that are read alike here may still be two.
 */
export function uriReadings(uri: string): string[] {
  const written = withoutEnds(uri.replace(/[\t\n\r]/g, ''));
  const readings = new Set<string>();
  for (const text of withoutTails(written))
    for (const decoded of decodings(text))
      for (const whole of withoutTails(decoded))
        for (const slashed of new Set([whole, whole.replaceAll('\\', '/')]))
          for (const form of normalForms(slashed)) readings.add(form);
  return [...readings];
}

/** A pattern for URIs in the normal forms of URIs, as it is written and decoded. One that names no scheme stays as it is. */
export function normalPatterns(pattern: string): string[] {
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(pattern)) return [pattern];
  const decoded = percentDecoded(pattern, '*?');
  return [...new Set([...normalForms(pattern), ...normalForms(decoded)])];
}

/** White space and controls at both ends. Not by `\s+$`, which looks at each blank again for every blank before it. */
function withoutEnds(uri: string): string {
  let start = 0;
  let end = uri.length;
  while (start < end && UNSEEN.test(uri.charAt(start))) start++;
  while (end > start && UNSEEN.test(uri.charAt(end - 1))) end--;
  return uri.slice(start, end);
}

const UNSEEN = /[\0-\x20\s\x85]/;

/** A fragment is never sent, and a file has no query. */
function withoutTails(uri: string): Set<string> {
  const [bare = ''] = uri.split('#', 1);
  const isFile = /^(?:file:|\/|\\|[a-z]:[\\/])/i.test(uri);
  return new Set([uri, bare, ...(isFile ? [bare.split('?', 1)[0] ?? ''] : [])]);
}

function decodings(uri: string): string[] {
  const texts = [uri];
  for (let round = 0; round < MOST_DECODINGS; round++) {
    const last = texts.at(-1) ?? '';
    const next = percentDecoded(last).replace(/[\t\n\r]/g, '');
    if (next === last) break;
    texts.push(next);
  }
  return texts;
}

/**
 * Scheme and host in lower case, the host without user, default port and last dot, `localhost` of a file gone, doubled slashes and
 * `.` and `..` resolved (RFC 3986, section 6.2). A path, also one of Windows, counts as a file. There are two where many servers look at the
 * path of a file alone, and where nothing after a host is the same as a slash.
 */
function normalForms(uri: string): string[] {
  const match = /^([a-z][a-z0-9+.-]+):(?:\/\/([^/?#]*))?(.*)$/is.exec(uri);
  if (match === null) return [`file://${resolvePath(filePath(uri))}`];
  const [, written = '', authority = '', rest = ''] = match;
  const scheme = written.toLowerCase();
  if (scheme === 'file') return fileForms(authority, rest);
  if (!alwaysHasHost(scheme)) return [`${scheme}://${hostOf(authority, scheme)}${resolveDots(rest)}`];
  const [, own = '', path = ''] =
    /^([^/?#]*)(.*)$/s.exec(authority + rest.slice(authority === '' ? leading(rest) : 0)) ?? [];
  const start = `${scheme}://${hostOf(own, scheme)}`;
  const end = resolveDots(path);
  return end.startsWith('/') ? [start + end] : [start + end, `${start}/${end}`];
}

function leading(slashes: string): number {
  let count = 0;
  while (slashes.charAt(count) === '/') count++;
  return count;
}

function fileForms(authority: string, rest: string): string[] {
  // WHATWG URL, section 4.4 (file host state): a drive is no host.
  if (/^[a-z][:|]$/i.test(authority)) return [`file://${resolvePath(filePath(`${authority}${rest}`))}`];
  const host = hostOf(authority, 'file');
  const path = resolvePath(filePath(rest));
  return host === '' || host === 'localhost'
    ? [`file://${path}`]
    : [`file://${host}${path}`, `file://${path}`];
}

/** `C:`, `/C|` and `//?/C:` begin the same path of Windows. */
function filePath(written: string): string {
  const path = written.replace(/^\/{2,}[?.]\//, '/');
  return /^\/*[a-z][:|](?=\/|$)/i.test(path) || /^[a-z]:/i.test(path)
    ? path.replace(/^\/*([a-z])[:|]/i, '/$1:')
    : path;
}

function resolveDots(rest: string): string {
  const [, path = '', after = ''] = /^([^?#]*)(.*)$/s.exec(rest) ?? [];
  return resolvePath(path) + after;
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
