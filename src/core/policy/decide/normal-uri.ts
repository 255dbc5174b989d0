/** Encoded once more than this is nothing that a server would undo. */
const MOST_DECODINGS = 3;

/**
 * The URI as a server may read it: scheme and host in lower case, `localhost` of a file URI gone, percent-encodings
 * undone, backslashes and doubled slashes as one slash, `.` and `..` resolved (RFC 3986 section 6.2). A path counts as
 * a file URI. For refusing only: two URIs that are read alike here may still be two.
 */
export function normalUri(uri: string): string {
  const decoded = decode(uri.trim()).replaceAll('\\', '/');
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?(.*)$/is.exec(decoded);
  if (match === null) return `file://${resolveDots(decoded)}`;
  const [, scheme = '', authority = '', rest = ''] = match;
  const host = authority.toLowerCase();
  const named = scheme.toLowerCase() === 'file' && host === 'localhost' ? '' : host;
  return `${scheme.toLowerCase()}://${named}${resolveDots(rest)}`;
}

function decode(uri: string): string {
  let text = uri;
  for (let round = 0; round < MOST_DECODINGS; round++) {
    // Bytes rather than characters: what is compared is ASCII in any case that matters here.
    const next = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (next === text) break;
    text = next;
  }
  return text;
}

function resolveDots(path: string): string {
  const [, before = '', after = ''] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
  const names: string[] = [];
  for (const name of before.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  const end = /\/\.{0,2}$/.test(before) && names.length > 0 ? '/' : '';
  return `${before === '' ? '' : '/'}${names.join('/')}${end}${after}`;
}
