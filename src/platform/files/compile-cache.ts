import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isPrivate, makePrivateFolder } from './private-folder.js';

/** Not the folder itself: what earlier versions kept there may have been written by others. */
const NAME = 'code';

/**
 * The folder for compiled code, made where it is missing; undefined where others could have put something into it. What is
 * kept there is run, and nobody looks whether it was compiled from what it says.
 * @param cache the folder of the user for what can be made again
 */
export function compileCacheFolder(cache: string): string | undefined {
  return privateCacheFolder(cache, NAME);
}

/** The same for what else only this user may have written there; `name` is that of the folder in the cache. */
export function privateCacheFolder(cache: string, name: string): string | undefined {
  const folder = path.join(cache, name);
  try {
    // Whoever may write above it may put another in its place.
    makePrivateFolder(cache);
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) makeFirst(folder);
    // One that was open is not closed and used: what others have put there would stay.
    return isPrivate(lstatSync(folder)) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function makeFirst(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster, and it is looked at like any that was there.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
