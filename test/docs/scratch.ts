import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, openSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Place, PROGRAM } from '../e2e/place.js';
import { type Page, ROOT } from './page.js';

/** The set-up that has the examples of this repository. */
const EXAMPLES = 'examples';

/**
 * The scratch folder of an example: the files of `test/docs/places/<name>`, the blocks that a page marks with
 * `<!-- saved as: <name>/<file> -->`, and the packages of this repository, so that npx has nothing to fetch.
 */
export function scratch(name: string, pages: readonly Page[]): Place {
  const place = new Place();
  const files = path.join(import.meta.dirname, 'places', name);
  const saved = pages
    .flatMap(({ blocks }) => blocks)
    .filter(({ marker }) => marker?.startsWith(`saved as: ${name}/`));
  if (name === EXAMPLES) symlinkSync(path.join(ROOT, name), path.join(place.work, name), 'junction');
  else if (existsSync(files)) cpSync(files, place.work, { recursive: true });
  else if (saved.length === 0) throw new Error(`there is no set-up '${name}'`);
  for (const { marker = '', text } of saved)
    place.write(marker.slice(`saved as: ${name}/`.length), `${text}\n`);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(place.work, 'node_modules'), 'junction');
  return place;
}

export interface Ran {
  /** Both streams, in the order in which they were written. */
  printed: string;
  exitCode: number | null;
}

const NPM = { npm_config_offline: 'true', npm_config_update_notifier: 'false', npm_config_fund: 'false' };

/** Runs the built program in a scratch folder, as somebody types it there. Nobody answers at its stdin. */
export function run(place: Place, command: string): Ran {
  const file = path.join(place.folder, 'printed');
  const output = openSync(file, 'w');
  const args = [PROGRAM, ...wordsOf(command.replace(/^(?:npx )?policy-wrap/, ''))];
  const { status } = spawnSync(process.execPath, args, {
    cwd: place.work,
    env: { ...place.env, ...NPM },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return { printed: elsewhere(place, readFileSync(file, 'utf8')), exitCode: status };
}

/** Paths of the scratch folder as those of a reader's home. */
function elsewhere({ folder }: Place, text: string): string {
  return [realpathSync(folder), folder].reduce((all, name) => all.replaceAll(name, '/home/ada'), text);
}

/** The words of a command line, with quotes as shells read them. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, one?: string, two?: string) => one ?? two ?? ''),
  );
}
