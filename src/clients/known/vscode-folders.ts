import { appFolder, type ConfigMachine, type ConfigPlace, MCP_SERVERS, user } from '../config-places.js';

const EDITIONS = ['Code', 'Code - Insiders', 'VSCodium', 'VSCodium - Insiders', 'Code - OSS'];
/** Editors that are made from VS Code and take its extensions. */
const FORKS = ['Cursor', 'Windsurf', 'Windsurf - Next', 'Trae', 'Kiro', 'Positron', 'Antigravity'];
/** What an editor on another machine installs on this one: https://code.visualstudio.com/docs/remote */
const SERVERS = ['.vscode-server', '.vscode-server-insiders', '.vscode-remote', '.vscodium-server'];
const SERVERS_OF_FORKS = [
  '.cursor-server',
  '.windsurf-server',
  '.trae-server',
  '.kiro-server',
  '.antigravity-server',
];

/** The folders that VS Code calls User, of this machine and of servers that run here. */
export function userFoldersOfVscode(machine: ConfigMachine): string[][] {
  const { env, home, platform } = machine;
  return [
    ...EDITIONS.map((edition) => appFolder(machine, edition, 'User')),
    ...(env['VSCODE_APPDATA']
      ? EDITIONS.map((edition) => [env['VSCODE_APPDATA'] ?? '', edition, 'User'])
      : []),
    ...(env['VSCODE_PORTABLE'] ? [[env['VSCODE_PORTABLE'], 'user-data', 'User']] : []),
    ...(platform === 'linux'
      ? [
          [home, '.var', 'app', 'com.visualstudio.code', 'config', 'Code', 'User'],
          [home, '.var', 'app', 'com.vscodium.codium', 'config', 'VSCodium', 'User'],
          [home, '.local', 'share', 'code-server', 'User'],
        ]
      : []),
    ...serverFolders(machine, SERVERS),
  ];
}

/** What an extension keeps for itself, in whichever editor it is. */
export function inExtension(machine: ConfigMachine, extension: string, file: string): ConfigPlace[] {
  const folders = [
    ...userFoldersOfVscode(machine),
    ...FORKS.map((fork) => appFolder(machine, fork, 'User')),
    ...serverFolders(machine, SERVERS_OF_FORKS),
  ];
  return folders.map((folder) =>
    user(machine, [...folder, 'globalStorage', extension, 'settings', file], MCP_SERVERS),
  );
}

function serverFolders({ env, home }: ConfigMachine, names: readonly string[]): string[][] {
  const named = env['VSCODE_AGENT_FOLDER'];
  return [...names.map((name) => [home, name]), ...(named ? [[named]] : [])].flatMap((folder) => [
    [...folder, 'data', 'User'],
    [...folder, 'data', 'Machine'],
  ]);
}
