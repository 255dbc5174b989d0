import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { visible } from '../../core/text/visible.js';
import { programPlaces } from '../../platform/processes/find-program.js';
import type { CheckResult } from './check-result.js';

/**
 * Where the program is that a command starts, and how it was found.
 * @param folder where it is started
 */
export function commandCheck(command: string, folder: string): CheckResult {
  const file = findCommand(command, folder);
  const name = 'command';
  if (file === undefined)
    return {
      name,
      status: 'broken',
      text: `'${visible(command)}' was not found${hasFolder(command) ? '' : ' on the PATH'}`,
      details: [
        'check its spelling; a client that is started from the desktop may have another PATH than a shell',
      ],
    };
  return {
    name,
    status: 'works',
    text: file === command ? visible(file) : `${visible(command)} is ${visible(file)}`,
  };
}

/** The file that is started for a command, undefined where there is none. */
export function findCommand(command: string, folder = process.cwd()): string | undefined {
  const { PATH = '', PATHEXT = '.COM;.EXE;.BAT;.CMD' } = process.env;
  if (hasFolder(command)) {
    const endings = process.platform === 'win32' ? ['', ...PATHEXT.split(';')] : [''];
    return endings.some((ending) => isProgram(path.resolve(folder, command + ending))) ? command : undefined;
  }
  const places =
    process.platform === 'win32'
      ? programPlaces(command, PATH, PATHEXT)
      : PATH.split(':').map((folder) => path.join(folder || '.', command));
  return places.find(isProgram);
}

function hasFolder(command: string): boolean {
  return process.platform === 'win32' ? /[\\/]/.test(command) : command.includes('/');
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, process.platform === 'win32' ? constants.F_OK : constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
