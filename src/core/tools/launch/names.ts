/** From the word that names what is run to the id of the server; undefined where the word says nothing. */
export type NameReader = (word: string) => string | undefined;

/** File names that say nothing; the folder's name does. */
const FOLDERS_OF_BUILDS = new Set(['dist', 'build', 'src', 'lib', 'out', 'bin', '.']);
/** Scripts and files of many servers are called so. */
const ANYBODYS = /^(?:index|__main__|\.+|start|dev|serve|run|test|exec|main\.mcp|~)$/i;
/** A variable that somebody fills in, or what is no name at all. */
const UNNAMED = /[$%`{}()\s]|^-|^$/;

/** Whether an id can be of many servers, or of none. */
export function saysNothing(id: string): boolean {
  return ANYBODYS.test(id) || UNNAMED.test(id);
}

export function isUrl(text: string): boolean {
  return /^[a-z+]+:\/\//i.test(text);
}

/** `@scope/pkg@1.2` is `@scope/pkg`. A path or URL keeps its last part. */
export function npmName(word: string): string {
  if (isUrl(word) || /^[./~]/.test(word)) return fileOrModule(word);
  return word.replace(/(?<=.)@.*$/, '');
}

/** `pkg[extra]==1.0`, `pkg@latest` and `pkg>=2` are `pkg`. */
export function pythonName(word: string): string {
  if (isUrl(word) || /^[./~]/.test(word)) return fileOrModule(word);
  return word.replace(/[[@=<>~!;\s].*$/, '');
}

/**
 * `path/server.js` is `server`, `my-server/dist/index.js` is `my-server`, `npm:pkg@1` is `pkg`. A file of an installed
 * package has the name of the package, as `npx` has: files of many packages are called `cli.js`.
 */
export function fileOrModule(word: string): string {
  const registered = /^(?:npm|jsr):(.+)$/.exec(word)?.[1];
  if (registered) return npmName(registered);
  const installed = /^(?:.*[\\/])?node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/.@][^\\/]*)[\\/]/.exec(word)?.[1];
  if (installed) return installed.replace('\\', '/');
  const parts = word.split(/[\\/]/).filter(Boolean);
  const stem = (parts.pop() ?? word).replace(/\.(?:[cm]?[jt]sx?|py|pyz|jar|rb|dll|git)$/i, '');
  if (stem !== 'index' && stem !== '__main__') return stem;
  return parts.reverse().find((part) => !FOLDERS_OF_BUILDS.has(part)) ?? stem;
}

/** `deploy/acme.sh` is `acme`; `acme/run.sh` is `acme`. */
export function scriptName(word: string): string {
  const parts = word.split(/[\\/]/).filter(Boolean);
  const stem = (parts.pop() ?? word).replace(/(?<=.)\.\w{1,4}$/, '');
  if (!saysNothing(stem) && !/^(?:main|launch|server|mcp|entrypoint)$/i.test(stem)) return stem;
  return parts.reverse().find((part) => !FOLDERS_OF_BUILDS.has(part)) ?? stem;
}

/** `src/Acme`, `src/Acme/Acme.csproj` and `acme/Cargo.toml` are projects. */
export function projectName(word: string): string {
  const stem = scriptName(word.replace(/[\\/](?:Cargo\.toml|package\.json|pyproject\.toml|go\.mod)$/i, ''));
  return stem.replace(/\.(?:cs|fs|vb)proj$/i, '');
}

/** A file of source code; anything else is for the program that is built. */
export function sourceName(word: string): string | undefined {
  return /\.[a-z]{1,3}$/i.test(word) ? scriptName(word) : undefined;
}

/** `ghcr.io/org/image:tag@sha256:…` is `org/image`. */
export function imageName(word: string): string {
  const [first = '', ...rest] = word
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join('/') : [first, ...rest].join('/');
}

/** `example.com/acme/mcp@latest` is `example.com/acme/mcp`, `./cmd/acme` is `acme`. */
export function goName(word: string): string {
  return /^[./]|\.go$/.test(word) ? scriptName(word) : word.replace(/@.*$/, '');
}

/** `nixpkgs#x` is `x`, `github:org/repo` is itself, `.` says nothing. */
export function flakeName(word: string): string {
  const [flake = '', attribute] = word.split('#');
  return attribute || (/^[./]/.test(flake) ? scriptName(flake) : flake);
}

/** The host of a URL, and its port where there is one. */
export function hostName(word: string): string | undefined {
  return /^(?:https?|wss?):\/\/(?:[^/@\s]*@)?([\w.-]+(?::\d+)?|\[[\da-f:.]+\](?::\d+)?)(?:[/?#]|$)/i
    .exec(word)?.[1]
    ?.toLowerCase();
}

/** `hatch run env:acme` and `server.py:app` are told by what is in front of or behind the colon. */
export function targetName(word: string): string {
  return fileOrModule(word.replace(/(\.py):.*$/, '$1'));
}

export function asWritten(word: string): string {
  return word;
}
