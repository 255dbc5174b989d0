import { existsSync, lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** Links count as what they lead to. A folder that does not exist yet leads nowhere else. */
export function staysIn(folder: string, file: string): boolean {
  const isLink = isSymbolicLink(file);
  if (isLink && !existsSync(file)) return false;
  const below = path.relative(realpathSync(folder), realOf(file));
  return below !== '' && !below.startsWith('..') && !path.isAbsolute(below);
}

/** Whether a file is really where its path says, below the folder: no link leads to it. */
export function isInPlace(folder: string, file: string): boolean {
  try {
    return realpathSync(file) === path.join(realpathSync(folder), path.relative(folder, file));
  } catch {
    return false;
  }
}

/** What cannot be looked at (below a file, say) is not a link. Writing there fails, and says so. */
function isSymbolicLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realOf(parent), path.basename(file));
  }
}
