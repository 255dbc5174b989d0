/** Encoded once more than this is nothing that a server would undo. */
const MOST_DECODINGS = 3;
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
};

/**
 * The URI in every way in which some server may read it, each in its normal form: with white space and controls dropped as URL parsers do
 * (WHATWG URL, section 4.4), with or without fragment, and query where it is a file; percent-encodings undone never, once or several
 * times, backslashes as slashes or not. For refusing only: two URIs that are read alike here may still be two.
 */
export function uriReadings(uri: string): string[] {
  const written = uri.replace(/[\t\n\r]/g, '').replace(/^[\0-\x20\s\x85]+|[\0-\x20\s\x85]+$/gu, '');
  const readings = new Set<string>();
  for (const text of withoutTails(written))
    for (const decoded of decodings(text))
      for (const whole of withoutTails(decoded))
        for (const slashed of new Set([whole, whole.replaceAll('\\', '/')]))
          readings.add(normalForm(slashed));
  return [...readings];
}

/** A pattern for URIs in the normal forms of URIs, as it is written and decoded. One that names no scheme stays as it is. */
export function normalPatterns(pattern: string): string[] {
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(pattern)) return [pattern];
  const decoded = decode(pattern, /%(?!2a|3f)([0-9a-f]{2})/gi);
  return [...new Set([normalForm(pattern), normalForm(decoded)])];
}

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
    const next = decode(last, /%([0-9a-f]{2})/gi);
    if (next === last) break;
    texts.push(next);
  }
  return texts;
}

/** UTF-8, the long forms of ASCII among it that careless readers take; what is none is read byte by byte. */
function decode(text: string, encoded: RegExp): string {
  const run = new RegExp(`(?:${encoded.source})+`, 'gi');
  return text.replace(run, (found) => {
    const short = found.replace(/%c([01])%([89ab][0-9a-f])/gi, (_, high: string, low: string) =>
      encodeByte(Number(high) * 64 + (Number.parseInt(low, 16) & 63)),
    );
    try {
      return decodeURIComponent(short);
    } catch {
      return short.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
  });
}

function encodeByte(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`;
}

/**
 * Scheme and host in lower case, the host without user, default port and last dot, `localhost` of a file gone, doubled slashes and
 * `.` and `..` resolved (RFC 3986, section 6.2). A path, also one of Windows, counts as a file.
 */
function normalForm(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]+):(?:\/\/([^/?#]*))?(.*)$/is.exec(uri);
  if (match === null) return `file://${resolvePath(/^[a-z]:/i.test(uri) ? `/${uri}` : uri)}`;
  const [, written = '', authority = '', rest = ''] = match;
  const scheme = written.toLowerCase();
  const host = hostOf(authority, scheme);
  if (scheme !== 'file') return `${scheme}://${host}${resolveDots(rest)}`;
  return `file://${host === 'localhost' ? '' : host}${resolvePath(rest)}`;
}

function hostOf(authority: string, scheme: string): string {
  const own = authority
    .slice(authority.lastIndexOf('@') + 1)
    .toLowerCase()
    .normalize('NFKC');
  const [, name = own, port = ''] = /^(.*?)(?::(\d*))?$/s.exec(own) ?? [];
  const dotted = name.replace(/[\u3002\uff61]/g, '.').replace(/\.$/, '');
  return port === '' || port === DEFAULT_PORTS[scheme] ? dotted : `${dotted}:${port}`;
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
