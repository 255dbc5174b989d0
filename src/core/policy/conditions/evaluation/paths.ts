import { normalForm } from '../../../text/fold.js';

/** What `within` must know of the machine; passed in, since core reads no environment. */
export interface PathRules {
  /** The user's home folder, absolute. */
  home: string;
  windows: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const ODD_TEXT = /[\u0000-\u001f\u007f]|%[0-9a-f]{2}|^\s|\s$/i;
const WINDOWS_ODD = /[<>"|?*]|~\d|[. ](?:\/|$)/;
/** Names that are devices in every folder, with any extension. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/;

/**
 * Whether `path` is in `folder` (or is it), judged by the text alone: `.` and `..`, doubled slashes and a
 * leading `~` are resolved, links are not. Undefined for whatever has more than one reading: then nobody can say.
 */
export function within(path: string, folder: string, machine: PathRules): boolean | undefined {
  const inner = segments(path, machine);
  const outer = segments(folder, machine);
  if (inner === undefined || outer === undefined) return undefined;
  // What a relative path is relative to, only the server knows.
  if (inner.root !== outer.root) return inner.root === '' || outer.root === '' ? undefined : false;
  if (outer.names.every((name, index) => inner.names[index] === name)) return true;
  // Whether a folder is the same in other letters, only the drive knows: on macOS it mostly is, on Linux mostly not.
  // Some drives of macOS (HFS+) also pass over what cannot be seen.
  return outer.names.every((name, index) => caseless(inner.names[index] ?? '') === caseless(name))
    ? undefined
    : false;
}

function caseless(name: string): string {
  return normalForm(name.replace(IGNORED, ''), 'NFKC').replace(IGNORED, '').toUpperCase().toLowerCase();
}

const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;

interface Segments {
  /** `/`, `c:` or, for a relative path, the empty text. */
  root: string;
  names: string[];
}

function segments(path: string, { home, windows }: PathRules): Segments | undefined {
  if (path === '' || ODD_TEXT.test(path)) return undefined;
  let text = windows ? windowsText(path) : path;
  if (!windows && text.includes('\\')) return undefined;
  if (text === '~' || text.startsWith('~/')) {
    text = (windows ? windowsText(home) : home) + text.slice(1);
  } else if (text.startsWith('~')) return undefined;
  return windows ? windowsSegments(text) : resolve(text.startsWith('/') ? '/' : '', text);
}

/** Only ASCII letters are folded: which others are alike is written on the drive itself. */
function windowsText(path: string): string {
  return path.replaceAll('\\', '/').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether a path has more than one reading on every machine, so that `within` fails with it. */
export function isOddPath(path: string): boolean {
  return path === '' || ODD_TEXT.test(path) || /^~[^\\/]/.test(path);
}

/** Drive-letter paths only: shares, devices, streams, short names and `\rooted` paths depend on more than the text. */
function windowsSegments(text: string): Segments | undefined {
  const drive = /^([a-z]:)\//.exec(text)?.[1] ?? '';
  const rest = text.slice(drive.length);
  const plain = rest.split('/').every((name) => name === '.' || name === '..' || isPlainName(name));
  if (!plain || rest.includes(':') || (drive === '' && text.startsWith('/'))) return undefined;
  return resolve(drive, rest);
}

function isPlainName(name: string): boolean {
  return !WINDOWS_ODD.test(name) && !WINDOWS_DEVICE.test(name);
}

function resolve(root: string, text: string): Segments | undefined {
  const names: string[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined && root === '') return undefined;
  }
  return { root, names };
}

const PLAIN_URL = /^[a-z][a-z0-9+.-]*:\/\/([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::\d{1,5})?(?:[/?#]|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNPLAIN_URL = /[\u0000-\u0020\u007f\\]/;
const DOTTED_QUAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/**
 * The host of a URL in lower case, without the port; undefined for whatever two URL parsers might read
 * differently: user names, backslashes, white space, other scripts, numbers that are no dotted quad, IPv6.
 */
export function host(url: string): string | undefined {
  if (UNPLAIN_URL.test(url)) return undefined;
  const name = PLAIN_URL.exec(url)?.[1]?.toLowerCase();
  if (name === undefined || name.includes('..')) return undefined;
  const lastLabel = name.slice(name.lastIndexOf('.') + 1);
  const numeric = /^(?:0x[0-9a-f]*|\d+)$/.test(lastLabel);
  return numeric && !DOTTED_QUAD.test(name) ? undefined : name;
}
