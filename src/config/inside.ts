import { readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** Whether a file is below the folder, links followed. A folder that does not exist yet leads nowhere else. */
export function staysIn(folder: string, file: string): boolean {
  return resolvedBelow(folder, file) !== undefined;
}

/**
 * Where a file below a folder really is, as a path from the folder; undefined where that is not below it. Nothing outside is
 * looked at: what is written, also in a link, is judged before it is followed, since on Windows a look at `\\host\share`
 * logs in there.
 */
export function resolvedBelow(folder: string, file: string): string | undefined {
  const real = realpathSync(folder);
  const start = below([folder, real], file);
  if (start === undefined) return undefined;
  let done: string[] = [];
  const left = start.split(path.sep);
  for (let links = 0; left.length > 0; ) {
    const name = left.shift() ?? '';
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (done.pop() === undefined) return undefined;
      continue;
    }
    const target = linkTarget(path.join(real, ...done, name));
    if (target === undefined) {
      done.push(name);
      continue;
    }
    if (++links > MOST_LINKS || isOdd(target)) return undefined;
    if (path.isAbsolute(target)) {
      const again = below([folder, real], target);
      if (again === undefined) return undefined;
      done = [];
      left.unshift(...again.split(path.sep));
    } else left.unshift(...target.split(SEPARATORS));
  }
  return done.length === 0 ? undefined : path.join(...done);
}

const SEPARATORS = path.sep === '\\' ? /[\\/]/ : /\//;

/** Whether a file is really where its path says, below the folder: no link leads to it. */
export function isInPlace(folder: string, file: string): boolean {
  try {
    return realpathSync(file) === path.join(realpathSync(folder), path.relative(folder, file));
  } catch {
    return false;
  }
}

/** The path of a file from one of the folders, by its text. */
function below(folders: readonly string[], file: string): string | undefined {
  return folders
    .map((folder) => path.relative(folder, file))
    .find((way) => !/^\.\.(?:[\\/]|$)/.test(way) && !path.isAbsolute(way));
}

/** `C:name` begins in a folder that only Windows knows, and `..` behind a link is elsewhere than its text says. */
function isOdd(target: string): boolean {
  const parts = target.split(SEPARATORS);
  return path.isAbsolute(target)
    ? parts.includes('..')
    : path.sep === '\\' && parts.some((part) => part.includes(':'));
}

/** What cannot be looked at (below a file, say) is not a link. Reading or writing there fails, and says so. */
function linkTarget(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}
