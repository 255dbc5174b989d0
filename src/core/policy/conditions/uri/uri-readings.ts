import { percentDecoded } from './percent-decoded.js';
import { normalForms, resolvedByParsers, splitUri, type UriParts } from './uri-forms.js';

/** Encoded once more than this is nothing that a server would undo. */
const MOST_DECODINGS = 3;

/**
 * The URI in every way in which some server may read it, each in its normal form: with white space and controls dropped as URL parsers do
 * (WHATWG URL, section 4.4), with or without fragment, and query where it is a file; percent-encodings undone never, once or several
 * times, in the whole or only in the path after that has been found; backslashes as slashes or not, the host of a file looked at or not.
 * For refusing only: two URIs that are read alike here may still be two.
 */
export function uriReadings(uri: string): string[] {
  const readings = new Set<string>();
  const note = (parts: UriParts) => {
    for (const form of normalForms(parts)) readings.add(form);
  };
  for (const text of starts(uri)) {
    for (const slashed of slashings(text)) {
      const parts = splitUri(slashed);
      for (const path of pathReadings(parts)) note({ ...parts, path });
    }
    for (const decoded of decodings(text, decodedByParsers))
      for (const whole of withoutTails(decoded))
        for (const slashed of slashings(whole)) note(splitUri(slashed));
  }
  return [...readings];
}

/** The texts that begin to be read: servers differ in what they drop at the ends. */
function starts(uri: string): Set<string> {
  const written = uri.replace(/[\t\n\r]/g, '');
  const trimmed = [withoutEnds(written, CONTROL), withoutEnds(written, UNSEEN)];
  return new Set(trimmed.flatMap((text) => [...withoutTails(text)]));
}

/** A path by itself, so that no slash that it hides is taken for one before a host. URL parsers resolve dots before anybody decodes. */
function pathReadings(parts: UriParts): Set<string> {
  const paths = new Set([parts.path, resolvedByParsers(parts)]);
  const found = new Set([...paths].flatMap((path) => decodings(path, (text) => percentDecoded(text))));
  return new Set([...found].flatMap((each) => [...slashings(each)]));
}

/** A pattern for URIs in the normal forms of URIs, as it is written and decoded. One that names no scheme stays as it is. */
export function normalPatterns(pattern: string): string[] {
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(pattern)) return [pattern];
  const written = [pattern, percentDecoded(pattern, '*?')];
  return [...new Set(written.flatMap((text) => normalForms(splitUri(text))))];
}

/** What is unseen at both ends, dropped. Not by `\s+$`, which looks at each blank again for every blank before it. */
function withoutEnds(uri: string, unseen: RegExp): string {
  let start = 0;
  let end = uri.length;
  while (start < end && unseen.test(uri.charAt(start))) start++;
  while (end > start && unseen.test(uri.charAt(end - 1))) end--;
  return uri.slice(start, end);
}

const CONTROL = /[\0-\x20]/;
const UNSEEN = /[\0-\x20\s\x85]/;

/** A fragment is never sent, and a file has no query. */
function withoutTails(uri: string): Set<string> {
  const [bare = ''] = uri.split('#', 1);
  const isFile = /^(?:file:|\/|\\|[a-z]:[\\/])/i.test(uri);
  return new Set([uri, bare, ...(isFile ? [bare.split('?', 1)[0] ?? ''] : [])]);
}

function decodings(text: string, decode: (text: string) => string): string[] {
  const texts = [text];
  for (let round = 0; round < MOST_DECODINGS; round++) {
    const last = texts.at(-1) ?? '';
    const next = decode(last);
    if (next === last) break;
    texts.push(next);
  }
  return texts;
}

function decodedByParsers(text: string): string {
  return percentDecoded(text).replace(/[\t\n\r]/g, '');
}

function slashings(text: string): Set<string> {
  return new Set([text, text.replaceAll('\\', '/')]);
}
