import { homedir } from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';

/** The folders of the user that policy-wrap reads and writes, by the conventions of the platform. */
export function userFolders(): { config: string; state: string; cache: string } {
  const { config, log, cache } = envPaths('policy-wrap', { suffix: '' });
  return { config, state: log, cache };
}

/** A file as people call it: relative where it lies below the working directory, else with `~` for the home folder. */
export function displayPath(file: string, cwd = process.cwd()): string {
  const below = path.relative(cwd, file);
  if (below !== '' && !below.startsWith('..') && !path.isAbsolute(below)) return below;
  const home = homedir();
  const inHome = path.relative(home, file);
  return inHome !== '' && !inHome.startsWith('..') && !path.isAbsolute(inHome)
    ? path.join('~', inHome)
    : file;
}
