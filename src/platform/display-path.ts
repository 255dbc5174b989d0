import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A file as it is called everywhere: with `~` for the home folder, else from the root. */
export function placePath(file: string): string {
  return displayPath(file, path.parse(process.cwd()).root);
}

/** A file as people call it: relative where it is below the working directory, else with `~` for the home folder. */
export function displayPath(file: string, cwd = process.cwd()): string {
  // Everything is below the root, where some clients start servers, so there a path without its start would say nothing.
  const below = cwd === path.parse(cwd).root ? '' : path.relative(cwd, file);
  if (below !== '' && !below.startsWith('..') && !path.isAbsolute(below)) return below;
  for (const home of homes()) {
    const inHome = path.relative(home, file);
    if (inHome !== '' && !inHome.startsWith('..') && !path.isAbsolute(inHome)) return path.join('~', inHome);
  }
  return file;
}

/** The working directory is called by its real path, also where the home folder is reached through a link. */
function homes(): string[] {
  const home = homedir();
  try {
    return [home, realpathSync(home)];
  } catch {
    return [home];
  }
}
