import {
  asWritten,
  fileOrModule,
  flakeName,
  goName,
  hostName,
  imageName,
  type NameReader,
  npmName,
  projectName,
  pythonName,
  scriptName,
  sourceName,
  targetName,
} from './names.js';

/** How a word names a server. */
export const NAME_READERS = {
  npm: npmName,
  python: pythonName,
  file: fileOrModule,
  script: scriptName,
  project: projectName,
  source: sourceName,
  target: targetName,
  image: imageName,
  go: goName,
  flake: flakeName,
  url: hostName,
  word: asWritten,
} as const satisfies Record<string, NameReader>;

/** What the words of a program that starts others mean. Options are given as they are written, with spaces between them. */
export interface Launcher {
  /** Options that take the next word as their value, so that it is not mistaken for the name. */
  valued?: string;
  /** Options whose value names the server, which says more than the command that is run from it. */
  naming?: string;
  /** Options whose value is a line for a shell. */
  lines?: string;
  /** Short options may be written together: `-lc` is `-l -c`. */
  clustered?: true;
  /** Options whose value is the program itself, which has no name. */
  inline?: string;
  /** Options that name the folder of the server. It names it where nothing else does. */
  folder?: string;
  /** How many words are between the options and what is run. */
  skips?: number;
  /** The command is what is after `--`, where there is one. */
  dashed?: true;
  /** What its sub-commands mean. */
  steps?: Readonly<Record<string, Launcher>>;
  /**
   * What the first other word is: the name of the server; the first word of the `command` that starts it, or of a `line`
   * for a shell; or a `program`, which is a launcher or a file. Without it no word is a name.
   */
  rest?: keyof typeof NAME_READERS | 'command' | 'line' | 'program';
}
