import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ConfigMachine } from '../../clients/config-places.js';

/** This machine, as the known places of config files depend on it. */
export function configMachine(): ConfigMachine {
  return { platform: process.platform, env: process.env, home: homedir(), folders: projectFolders() };
}

/** From the working directory up to the root of the repository; the working directory alone where there is none. */
function projectFolders(): string[] {
  const folders: string[] = [];
  for (let folder = process.cwd(); folder !== folders.at(-1); folder = path.dirname(folder))
    folders.push(folder);
  const root = folders.findIndex((folder) => existsSync(path.join(folder, '.git')));
  return folders.slice(0, Math.max(root, 0) + 1);
}
