import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../platform/user-error.js';
import { userPath } from '../platform/user-path.js';
import { staysIn } from './inside.js';

/**
 * Where a policy may be in a folder of the project; the first that exists applies. Data formats only: a repository
 * that was cloned must not be able to run code by being searched. `.policy-wraprc` is YAML or JSON.
 */
const PROJECT_PLACES = [
  'policy-wrap.yaml',
  'policy-wrap.yml',
  'policy-wrap.json',
  '.policy-wraprc',
  '.policy-wraprc.yaml',
  '.policy-wraprc.yml',
  '.policy-wraprc.json',
  '.config/policy-wrap.yaml',
  '.config/policy-wrap.yml',
  '.config/policy-wrap.json',
] as const;

const USER_PLACES = ['policy-wrap.yaml', 'policy-wrap.yml', 'policy-wrap.json'] as const;

/** The key of package.json that may hold the policy. */
const PACKAGE_KEY = 'policy-wrap';
const PACKAGE_FILE = 'package.json';

/** What is larger is refused when it is read, so the search need not read it. Bytes. */
const LARGEST = 1024 * 1024;

/** A file that holds a policy: the whole of it, or the value under some keys. */
export interface FoundFile {
  file: string;
  within: readonly string[];
  /** Nobody named it: it was found in the project with this root, which may be a cloned repository. */
  discovered?: string | undefined;
  /** It is the user's own file, also where it is named. */
  own?: boolean | undefined;
}

/** The project's policy file: from the working directory upwards to the root of the repository, or there only where there is none. */
export async function findProjectFile(
  cwd: string,
  windows = process.platform === 'win32',
): Promise<FoundFile | undefined> {
  const folders = upwards(cwd);
  const root = folders.findIndex((folder) => existsSync(path.join(folder, '.git')));
  const discovered = folders[Math.max(root, 0)] ?? '';
  for (const folder of folders.slice(0, Math.max(root, 0) + 1)) {
    const found = await findIn(folder, { root: discovered, windows });
    if (found) return { ...found, discovered };
  }
  return undefined;
}

/** The user's own policy file in the platform's config folder. */
export function findUserFile(folder: string): FoundFile | undefined {
  return firstFile(folder, USER_PLACES);
}

/** A file that is named: of a package.json, only the part that is the policy. */
export function namedFile(file: string): FoundFile {
  return { file, within: path.basename(file) === PACKAGE_FILE ? [PACKAGE_KEY] : [] };
}

/**
 * The policy file that `POLICY_WRAP_CONFIG` names, as a path from the root; undefined where it is not set. A file that is
 * named may choose programs to run. The variable holds in all folders, so by a relative path any folder could bring that file.
 * @throws {UserError}
 */
export function configOfEnvironment(
  written = process.env['POLICY_WRAP_CONFIG'],
  windows = process.platform === 'win32',
): string | undefined {
  if (!written) return undefined;
  const file = userPath(written);
  // On Windows `\name` is on whichever drive the working directory is on.
  if (windows ? /^(?:[a-z]:[\\/]|[\\/]{2})/i.test(file) : path.posix.isAbsolute(file)) return file;
  throw new UserError(
    `POLICY_WRAP_CONFIG is '${written}', which is another file in each folder`,
    'write the whole path, or one that begins with ~/',
  );
}

function upwards(from: string): string[] {
  const folders: string[] = [];
  for (let folder = path.resolve(from); folder !== folders.at(-1); folder = path.dirname(folder))
    folders.push(folder);
  return folders;
}

/**
 * cosmiconfig says which file of a folder it is. It is loaded only where there is one, since that takes longer than to
 * look, and asked only for what it can read to the end: it passes over a link that leads nowhere, and waits for ever at
 * a pipe. Of a file that it cannot read, reading it for its policy will say why. On Windows no link is followed that leads
 * out of the root: a look at `\\host\share` logs in there.
 */
async function findIn(folder: string, { root, windows }: Search): Promise<FoundFile | undefined> {
  const isSafe = (name: string) => !windows || staysIn(root, path.join(folder, name));
  const places = PROJECT_PLACES.filter((name) => !name.includes('/') || isSafe(path.dirname(name)));
  const manifest = namedFile(path.join(folder, PACKAGE_FILE));
  const there =
    firstFile(folder, places) ?? (isSafe(PACKAGE_FILE) && holdsPolicy(manifest.file) ? manifest : undefined);
  const isReadable = there && isSafe(path.relative(folder, there.file)) && isFile(there.file, LARGEST);
  if (!isReadable) return there;
  const { searchFolder } = await import('./search-folder.js');
  const file = searchFolder(folder, [...places, PACKAGE_FILE].filter(isSafe));
  return file === undefined ? there : namedFile(file);
}

interface Search {
  root: string;
  windows: boolean;
}

function firstFile(folder: string, places: readonly string[]): FoundFile | undefined {
  const file = places.map((place) => path.join(folder, place)).find(isMeant);
  return file === undefined ? undefined : { file, within: [] };
}

/**
 * A link that leads nowhere and a file that may not be seen apply too: somebody meant there to be a policy, so reading it
 * will say why not. Below a file there can be none: kernels and the like keep their settings in a file called `.config`.
 */
function isMeant(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

function isFile(file: string, largest = Number.POSITIVE_INFINITY): boolean {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size <= largest;
  } catch {
    return false;
  }
}

/** A package.json that cannot be read does not matter here, unless it may hold the policy: then reading it will say why. */
function holdsPolicy(file: string): boolean {
  if (!isFile(file)) return false;
  try {
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    if (!text.includes(`"${PACKAGE_KEY}"`)) return false;
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, PACKAGE_KEY);
  } catch {
    return true;
  }
}
