/** What `within` must know of the machine; passed in, since core reads no environment. */
export interface Machine {
  /** The user's home folder, absolute. */
  home: string;
  windows: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const ODD_TEXT = /[\u0000-\u001f\u007f]|%[0-9a-f]{2}|^\s|\s$/i;
const WINDOWS_ODD = /[<>"|?*]|~\d|[. ](?:\/|$)/;

/**
 * Whether `path` lies in `folder` (or is it), judged by the text alone: `.` and `..`, doubled slashes and a
 * leading `~` are resolved, links are not. Whatever has more than one reading is not within anything.
 */
export function within(path: string, folder: string, machine: Machine): boolean {
  const inner = segments(path, machine);
  const outer = segments(folder, machine);
  if (inner === undefined || outer === undefined || inner.root !== outer.root) return false;
  return outer.names.every((name, index) => inner.names[index] === name);
}

interface Segments {
  /** `/`, `c:` or, for a relative path, the empty text. */
  root: string;
  names: string[];
}

function segments(path: string, { home, windows }: Machine): Segments | undefined {
  if (path === '' || ODD_TEXT.test(path)) return undefined;
  let text = windows ? path.replaceAll('\\', '/').toLowerCase() : path;
  if (!windows && text.includes('\\')) return undefined;
  if (text === '~' || text.startsWith('~/')) {
    text = (windows ? home.replaceAll('\\', '/').toLowerCase() : home) + text.slice(1);
  } else if (text.startsWith('~')) return undefined;
  return windows ? windowsSegments(text) : resolve(text.startsWith('/') ? '/' : '', text);
}

/** Drive-letter paths only: shares, devices, streams, short names and `\rooted` paths depend on more than the text. */
function windowsSegments(text: string): Segments | undefined {
  const drive = /^([a-z]:)\//.exec(text)?.[1] ?? '';
  const rest = text.slice(drive.length);
  const plain = rest.split('/').every((name) => name === '.' || name === '..' || !WINDOWS_ODD.test(name));
  if (!plain || rest.includes(':') || (drive === '' && text.startsWith('/'))) return undefined;
  return resolve(drive, rest);
}

function resolve(root: string, text: string): Segments | undefined {
  const names: string[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return { root, names };
}

const PLAIN_URL =
  /^[a-z][a-z0-9+.-]*:\/\/([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNPLAIN_URL = /[\u0000-\u0020\u007f\\]/;
const DOTTED_QUAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/**
 * The host of a URL in lower case, without the port; undefined for whatever two URL parsers might read
 * differently: user names, backslashes, white space, other scripts, numbers that are no dotted quad.
 */
export function host(url: string): string | undefined {
  if (UNPLAIN_URL.test(url)) return undefined;
  const name = PLAIN_URL.exec(url)?.[1]?.toLowerCase();
  if (name === undefined || name.includes('..')) return undefined;
  const lastLabel = name.slice(name.lastIndexOf('.') + 1);
  const numeric = /^(?:0x[0-9a-f]*|\d+)$/.test(lastLabel);
  return numeric && !name.startsWith('[') && !DOTTED_QUAD.test(name) ? undefined : name;
}
