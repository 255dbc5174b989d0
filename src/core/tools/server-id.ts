import { COMMAND_LAUNCHERS } from './launch/command-launchers.js';
import { LANGUAGE_LAUNCHERS } from './launch/language-launchers.js';
import { type Launcher, NAME_READERS } from './launch/launcher.js';
import { fileOrModule, isUrl, projectName, saysNothing, scriptName } from './launch/names.js';
import { PACKAGE_LAUNCHERS, PACKAGES_THAT_START, RUNTIME_IMAGES } from './launch/package-launchers.js';
import { cmdCommand, posixCommand, powershellCommand } from './launch/shells.js';

/** The name of a server, and how sure it is. */
export interface ServerIdentity {
  /** The name under which policies and logs know the server. */
  id: string;
  /** False: it is the name of what starts the server, or one that many servers have. */
  certain: boolean;
  /** Another program is between the command and the server, which starts it as its child. */
  behind: boolean;
}

/** Tables of all programs, those that most commands begin with first: the build has each made when it is first looked into. */
const TABLES: readonly (() => Readonly<Record<string, Launcher>>)[] = [
  () => LANGUAGE_LAUNCHERS,
  () => PACKAGE_LAUNCHERS,
  () => COMMAND_LAUNCHERS,
  () => PACKAGES_THAT_START,
];
/** Launchers that are in each other. No honest command has nearly so many. */
const DEEPEST = 12;

/** The name under which policies and logs know a server, derived from the command that starts it. Never empty. */
export function serverId(command: string, args: readonly string[]): string {
  return serverIdentity(command, args).id;
}

/** The same, and whether it is the server's own: behind each launcher stands a server, which not every command names. */
export function serverIdentity(command: string, args: readonly string[]): ServerIdentity {
  return ofCommand([command, ...args], 0);
}

function ofCommand([command = '', ...args]: readonly string[], depth: number): ServerIdentity {
  const name = programName(command);
  const launcher = programOf(name);
  const unknown = { id: name, certain: false, behind: false };
  if (depth > DEEPEST) return unknown;
  if (name === 'cmd') return ofCmd(args, depth) ?? unknown;
  if (/^(?:powershell|pwsh)$/i.test(name)) return ofPowershell(args, depth) ?? unknown;
  if (launcher === undefined) return { ...unknown, certain: !/[$%`{}]/.test(name) };
  const found = walk(launcher, args, depth);
  return found && name !== 'env' ? found : found ? { ...found, behind: false } : unknown;
}

function programOf(name: string): Launcher | undefined {
  for (const table of TABLES) {
    const found = launcherOf(table(), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function launcherOf(table: Readonly<Record<string, Launcher>>, name: string): Launcher | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `/usr/bin/python3.12` and `C:\Python\python.exe` are both `python`. */
function programName(command: string): string {
  const name = command.split(/[\\/]/).at(-1) ?? command;
  const plain = name
    .replace(/\.(?:exe|cmd|bat|ps1)$/i, '')
    .replace(/^(python|pypy|php|ruby|perl|lua)[\d.]+$/, '$1');
  return plain || command || '?';
}

/** Follows the words of a launcher to what it starts. Undefined where they do not say. */
function walk(launcher: Launcher, words: readonly string[], depth: number): ServerIdentity | undefined {
  const scan = scanOptions(launcher, words);
  const found = scan.inline ? undefined : ofScan(launcher, scan, depth);
  if (found?.certain || scan.folder === undefined) return found;
  const id = projectName(scan.folder);
  return saysNothing(id) ? found : { id, certain: true, behind: found?.behind ?? false };
}

interface Scan {
  /** The words after the options. */
  rest: readonly string[];
  named?: { value: string; after: readonly string[] };
  line?: string;
  folder?: string;
  inline?: true;
}

/** Reads the options of a launcher, up to the first word that is none. */
function scanOptions(launcher: Launcher, words: readonly string[]): Scan {
  const scan: Scan = { rest: [] };
  const has = (list: string | undefined, option: string) => list?.split(' ').includes(option) === true;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--' || !/^[-+]./.test(word)) break;
    const [long = '', attached] = word.startsWith('--') ? splitOnce(word, '=') : [word];
    const option = launcher.clustered && /^-[a-z]*c$/i.test(word) ? '-c' : long;
    const value = attached ?? words[at + 1];
    if (has(launcher.inline, option)) return { ...scan, inline: true };
    if (has(launcher.lines, option) && value !== undefined) scan.line ??= value;
    else if (has(launcher.folder, option) && value !== undefined) scan.folder = value;
    else if (has(launcher.naming, option) && value) {
      const takesUrls = launcher.rest === 'url';
      if (isUrl(value) === takesUrls)
        scan.named ??= { value, after: words.slice(at + (attached === undefined ? 2 : 1)) };
    } else if (!has(launcher.valued, option)) continue;
    if (attached === undefined) at++;
  }
  const dashes = launcher.dashed ? words.indexOf('--') : -1;
  return { ...scan, rest: words.slice(dashes >= 0 ? dashes : at) };
}

function ofScan(launcher: Launcher, { rest, named, line }: Scan, depth: number): ServerIdentity | undefined {
  if (line !== undefined) {
    const command = posixCommand(line);
    return command && behind(ofCommand(command, depth + 1));
  }
  if (named) return ofName(named.value, named.after, launcher, depth);
  const dashed = rest[0] === '--';
  const words = dashed ? rest.slice(1) : rest;
  const [first = ''] = words;
  const step = dashed ? undefined : launcherOf(launcher.steps ?? {}, first);
  if (step) return walk(step, words.slice(1), depth);
  const after = dashed && launcher.dashed ? words : words.slice(launcher.skips ?? 0);
  if (launcher.rest === 'command' || launcher.rest === 'line' || launcher.rest === 'program')
    return ofRest(launcher.rest, after, first, depth);
  if (launcher.rest === 'url') return ofUrl(words);
  // Behind `--` are words for the program that is built.
  if (launcher.rest === undefined || first === '' || (dashed && launcher.rest === 'source')) return undefined;
  return ofName(first, words.slice(1), launcher, depth);
}

function ofRest(
  kind: 'command' | 'line' | 'program',
  words: readonly string[],
  skipped: string,
  depth: number,
): ServerIdentity | undefined {
  const start = words.findIndex((word) => word !== '--' && !/^\w+=/.test(word));
  if (start < 0) {
    // A machine that is spoken to without a command has one server for whoever comes.
    const host = kind === 'line' ? skipped.replace(/^.*@/, '') : '';
    return host === '' ? undefined : { id: host, certain: true, behind: true };
  }
  const command = words.slice(start);
  if (kind === 'line') {
    const read = posixCommand(command.join(' '));
    return read && behind(ofCommand(read, depth + 1));
  }
  const [program = ''] = command;
  if (kind === 'command' || isLauncher(program)) return behind(ofCommand(command, depth + 1));
  const id = fileOrModule(program);
  return { id, certain: !saysNothing(id), behind: false };
}

function isLauncher(program: string): boolean {
  const name = programName(program);
  return programOf(name) !== undefined || /^(?:cmd|powershell|pwsh)$/i.test(name);
}

function ofUrl(words: readonly string[]): ServerIdentity | undefined {
  const id = words.map(NAME_READERS.url).find((host) => host !== undefined);
  return id === undefined ? undefined : { id, certain: true, behind: true };
}

/** What a word names; behind a package that starts others, that other. */
function ofName(
  word: string,
  after: readonly string[],
  { rest }: Launcher,
  depth: number,
): ServerIdentity | undefined {
  const reads = rest === 'command' || rest === 'program' ? 'file' : (rest ?? 'word');
  const id = reads === 'line' ? undefined : NAME_READERS[reads](word);
  if (!id) return undefined;
  if (reads === 'image' && RUNTIME_IMAGES.test(id) && after.length > 0)
    return behind(ofCommand(after, depth + 1));
  const starter = reads === 'word' || reads === 'url' ? undefined : launcherOf(PACKAGES_THAT_START, id);
  if (starter === undefined || depth > DEEPEST) return { id, certain: !saysNothing(id), behind: false };
  return behind(walk(starter, after, depth + 1) ?? { id, certain: false, behind: true });
}

function ofCmd(args: readonly string[], depth: number): ServerIdentity | undefined {
  const command = cmdCommand(args);
  const found = command && ofCommand(command.words, depth + 1);
  return found && { ...found, behind: found.behind || !command.plain };
}

function ofPowershell(args: readonly string[], depth: number): ServerIdentity | undefined {
  const command = powershellCommand(args);
  if (command === undefined) return undefined;
  if ('words' in command) return behind(ofCommand(command.words, depth + 1));
  const id = scriptName(command.file);
  return { id, certain: !saysNothing(id), behind: false };
}

function behind(found: ServerIdentity): ServerIdentity {
  return { ...found, behind: true };
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
