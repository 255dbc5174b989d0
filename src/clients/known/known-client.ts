import { type ConfigMachine, type ConfigPlace, inProject, type UnreadPlace, user } from '../config-places.js';
import type { JsonReader } from '../formats/reader-flaws.js';

/** An MCP client whose config is known. */
export interface KnownClient {
  /** As it is named on the command line. */
  name: string;
  title: string;
  /** It starts servers in the folder in which people work, not in one of its own. */
  startsHere: boolean;
  /** `url` means a server that speaks SSE, as with the clients that have `httpUrl` beside it. */
  urlIsSse?: boolean;
  /** What it calls the URL of a server, where that is not `url`. */
  urlKey?: string;
  /** What it calls the headers, where that is not `headers`. */
  headersKey?: string;
  /** It puts environment variables into arguments by itself, and drops servers whose variables are missing. */
  expandsArguments?: boolean;
  /** What it reads beside plain JSON, where that is known. What its reader refuses means that it has no servers at all. */
  reads?: JsonReader;
  places(machine: ConfigMachine): ConfigPlace[];
  /** Where else it has servers. */
  unread?(machine: ConfigMachine): UnreadPlace[];
}

/** JSON to the letter. */
export const STRICT: JsonReader = {};
/** JSON from which comments were taken out before it is parsed. */
export const COMMENTS_ONLY: JsonReader = { comments: true };

/** A client whose own file is at the same place below the home folder everywhere. */
export function inHome(
  name: string,
  title: string,
  file: readonly string[],
  inFolder?: readonly string[],
): KnownClient {
  return {
    name,
    title,
    startsHere: true,
    places: (machine) => [
      user(machine, [machine.home, ...file]),
      ...(inFolder ? inProject(machine, inFolder) : []),
    ],
  };
}

/** Something unread, at these parts of a path. */
export function unread(
  machine: ConfigMachine,
  parts: readonly string[],
  rest: Omit<UnreadPlace, 'file'>,
): UnreadPlace {
  return { file: user(machine, parts).file, ...rest };
}

/** The same in the home folder and in each folder of the project. */
export function unreadEverywhere(
  machine: ConfigMachine,
  parts: readonly string[],
  rest: Omit<UnreadPlace, 'file'>,
): UnreadPlace[] {
  return [machine.home, ...machine.folders].map((folder) => unread(machine, [folder, ...parts], rest));
}

/** Custom agents of GitHub, which VS Code and Copilot CLI read: they may have servers of their own. */
export function githubAgents(machine: ConfigMachine): UnreadPlace[] {
  return machine.folders.map((folder) =>
    unread(machine, [folder, '.github', 'agents', '*.md'], {
      mentions: 'mcp-servers',
      what: 'a custom agent',
      way: 'write npx as the `command` there, and put -y, policy-wrap, -- and the old command in front of `args`',
    }),
  );
}

/** What to do about a file that only an administrator may change. */
export const ASK_THE_ADMINISTRATOR =
  'ask who manages this machine to put policy-wrap in front of its commands';
