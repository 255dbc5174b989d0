import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The program that a name stands for, undefined when there is none. Only Windows has to be searched here: it would look
 * in the working directory first, which may be a repository that was cloned.
 */
export function findProgram(name: string): string | undefined {
  if (process.platform !== 'win32' || /[\\/]/.test(name)) return name;
  const { PATH = '', PATHEXT = '.COM;.EXE;.BAT;.CMD' } = process.env;
  return programPlaces(name, PATH, PATHEXT).find(isFile);
}

/** Whether there is such a program for a process that has the environment of this one. */
export function isProgram(name: string): boolean {
  if (/[\\/]/.test(name)) return isFile(name) || (process.platform === 'win32' && isFile(`${name}.exe`));
  if (process.platform === 'win32') return findProgram(name) !== undefined;
  return (process.env['PATH'] ?? '')
    .split(':')
    .some((folder) => isExecutable(path.join(folder || '.', name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return isFile(file);
  } catch {
    return false;
  }
}

/** Where Windows may have a program, in the order of the PATH and then of the endings. Folders that are not named in full do not count. */
export function programPlaces(name: string, searchPath: string, endings: string): string[] {
  const folders = searchPath
    .split(';')
    .map((folder) => folder.replace(/^"(.*)"$/, '$1'))
    .filter((folder) => /^(?:[a-z]:)?[\\/]/i.test(folder));
  const known = endings.split(';').filter(Boolean);
  const complete = known.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));
  const names = complete ? [name] : known.map((ending) => `${name}${ending.toLowerCase()}`);
  return folders.flatMap((folder) => names.map((each) => path.win32.join(folder, each)));
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
