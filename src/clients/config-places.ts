import path from 'node:path';

/** What the places of config files depend on. */
export interface ConfigMachine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** The folders of the project, the closest first: from the working directory up to the root of the repository. */
  folders: readonly string[];
}

/** Where in a file servers are: the keys to the map of them; `*` is every key. */
export interface ServersAt {
  keys: readonly string[];
  /** Command and arguments are one list, as opencode has it. */
  list?: boolean;
}

/** A config file that there may be. */
export interface ConfigPlace {
  /** A name in it may be `*`, or have one: all that fit are meant. */
  file: string;
  /** The folder of the project that it belongs to; undefined for the user's own. */
  project: string | undefined;
  format: 'json' | 'toml';
  servers: readonly ServersAt[];
  /** Other clients read it too, and they do not all fill in variables alike. */
  shared?: true;
  /** The client writes what it has in memory over it while it runs. */
  rewritten?: true;
  /** What is to be known before servers there are wrapped. */
  note?: string;
}

/** Something that holds servers and is not changed by us. */
export interface UnreadPlace {
  /** A name in it may be `*`, or have one. */
  file: string;
  /** It holds servers where this text is in it; without it, because it is there. */
  mentions?: string;
  /** Where the names of its servers are, where that can be read. */
  servers?: readonly ServersAt[];
  /** What it is. */
  what: string;
  /** What to do instead. */
  way: string;
}

/** The shape that most clients share. */
export const MCP_SERVERS: readonly ServersAt[] = [{ keys: ['mcpServers'] }];

/** A file of the user's own. */
export function user(
  machine: ConfigMachine,
  parts: readonly string[],
  servers: readonly ServersAt[] = MCP_SERVERS,
): ConfigPlace {
  return { file: at(machine).join(...parts), project: undefined, format: 'json', servers };
}

/** The file of that name in the folders of the project. */
export function inProject(
  machine: ConfigMachine,
  parts: readonly string[],
  servers: readonly ServersAt[] = MCP_SERVERS,
  format: ConfigPlace['format'] = 'json',
): ConfigPlace[] {
  return machine.folders.map((folder) => ({
    file: at(machine).join(folder, ...parts),
    project: folder,
    format,
    servers,
  }));
}

/** How paths are put together there. */
export function at({ platform }: ConfigMachine): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

/** Where applications keep their data, as the platform has it. */
export function appFolder(machine: ConfigMachine, ...parts: string[]): string[] {
  const { platform, env, home } = machine;
  if (platform === 'darwin') return [home, 'Library', 'Application Support', ...parts];
  if (platform === 'win32') return [env['APPDATA'] || path.win32.join(home, 'AppData', 'Roaming'), ...parts];
  return [configHome(machine), ...parts];
}

/** Where Windows keeps what does not roam. */
export function localFolder({ env, home }: ConfigMachine, ...parts: string[]): string[] {
  return [env['LOCALAPPDATA'] || path.win32.join(home, 'AppData', 'Local'), ...parts];
}

/** `~/.config`, or where the user has it: https://specifications.freedesktop.org/basedir-spec */
export function configHome(machine: ConfigMachine): string {
  const { env, home } = machine;
  return env['XDG_CONFIG_HOME'] || at(machine).join(home, '.config');
}

/** Where settings lie that hold for all users of a machine: below `/etc`, or as the platform has it. */
export function systemFolder(machine: ConfigMachine, name: string, mac = name, windows = name): string[] {
  const { platform, env } = machine;
  if (platform === 'darwin') return ['/Library/Application Support', mac];
  if (platform === 'win32') return [env['PROGRAMDATA'] || 'C:\\ProgramData', windows];
  return ['/etc', name];
}
