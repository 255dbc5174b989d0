import type { ServersAt } from '../config-places.js';
import {
  type ConfigNode,
  type ListNode,
  type MapNode,
  type Member,
  memberOf,
  type TextNode,
} from '../formats/config-text.js';

/** One server in a config file. */
export interface ServerEntry {
  name: string;
  /** The keys that lead to it. */
  keys: readonly string[];
  /** The project that the file names for it. */
  within: string | undefined;
  node: ConfigNode;
  /** Command and arguments are one list. */
  list: boolean;
}

/** How a server is started, as its entry says. */
export type EntryStart =
  | { kind: 'command'; map: MapNode; command: TextMember; args: ListMember | undefined; words: string[] }
  | { kind: 'list'; command: ListMember; words: string[] }
  | { kind: 'url'; map: MapNode; url: TextMember; type: TextMember | undefined }
  /** It cannot be told, or not changed, and why. */
  | { kind: 'odd'; reason: string };

export interface TextMember extends Member {
  value: TextNode;
}

export interface ListMember extends Member {
  value: TextList;
}

export interface TextList extends ListNode {
  items: readonly TextNode[];
}

/** Something that is where servers should be, and is none; or a name that is there twice. */
export class NoServers extends Error {
  constructor(
    message: string,
    /** Where in the text, as far as that is known. */
    readonly offset: number | undefined,
  ) {
    super(message);
  }
}

/**
 * The servers of a config, in the order of the file.
 * @throws {NoServers} where something else is in their place
 */
export function entriesIn(root: MapNode, places: readonly ServersAt[]): ServerEntry[] {
  return places.flatMap(({ keys, list = false }) =>
    mapsAt(root, keys, []).flatMap(({ map, path, within }) =>
      map.members
        .filter(({ key, value }) => !(list && isSetting(key, value)))
        .map(({ key, value }) => ({ name: key, keys: [...path, key], within, node: value, list })),
    ),
  );
}

interface Found {
  map: MapNode;
  path: string[];
  within: string | undefined;
}

function mapsAt(node: MapNode, [key, ...rest]: readonly string[], path: string[], within?: string): Found[] {
  if (key === undefined || key === '*') checkNames(node);
  if (key === undefined) return [{ map: node, path, within }];
  if (key === '*')
    return node.members.flatMap((member) =>
      member.value.kind === 'map' ? mapsAt(member.value, rest, [...path, member.key], member.key) : [],
    );
  const same = node.members.filter((member) => member.key === key);
  const value = same[0]?.value;
  if (same[1]) throw twice(same[1]);
  if (value === undefined || (value.kind === 'other' && value.value === null)) return [];
  if (value.kind !== 'map')
    throw new NoServers(`'${[...path, key].join('.')}' is not an object`, value.start);
  return mapsAt(value, rest, [...path, key], within);
}

/** Which of two counts is for each client to say. */
function checkNames({ members }: MapNode): void {
  const names = new Set<string>();
  for (const member of members) {
    if (names.has(member.key)) throw twice(member);
    names.add(member.key);
  }
}

function twice({ key, keys }: Member): NoServers {
  return new NoServers(`'${key}' is there twice`, keys[0]?.start);
}

/** opencode 2 has its servers below `mcp.servers`, beside settings of all of them; opencode 1 below `mcp`. */
function isSetting(key: string, value: ConfigNode): boolean {
  if (value.kind !== 'map') return true;
  return key === 'servers' && memberOf(value, 'type')?.value.kind !== 'text' && !memberOf(value, 'command');
}

const URL_KEYS = ['url', 'serverUrl', 'httpUrl'];

/** Reads how an entry starts its server. */
export function entryStart({ node, list }: ServerEntry): EntryStart {
  if (node.kind !== 'map') return odd('it is not an object');
  const second = node.members.find((member) => memberOf(node, member.key) !== member);
  if (second) return odd(`'${second.key}' appears in it twice`);
  const urls = URL_KEYS.map((key) => memberOf(node, key)).filter((member) => member !== undefined);
  const command = memberOf(node, 'command');
  if (command !== undefined && urls.length > 0) return odd('it has a command and a URL');
  if (urls.length > 1) return odd('it has more than one URL');
  if (command !== undefined) return list ? fromList(command) : fromCommand(node, command);
  const [url] = urls;
  if (url === undefined) return odd(withoutStart(node));
  const type = memberOf(node, 'type');
  if (!isText(url)) return odd(`'${url.key}' is not a string`);
  if (type !== undefined && !isText(type)) return odd("'type' is not a string");
  return { kind: 'url', map: node, url, type };
}

/** Other words for what starts a server, as other clients and older versions have them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  cmd: 'command',
  program: 'command',
  executable: 'command',
  exec: 'command',
  run: 'command',
  binary: 'command',
  path: 'command',
  script: 'command',
  uri: 'url',
  endpoint: 'url',
  address: 'url',
  href: 'url',
  baseurl: 'url',
  server_url: 'url',
  transport: 'url',
};

/** Why nothing starts an entry: which of its keys may be meant for that. */
function withoutStart({ members }: MapNode): string {
  const keys = members.map(({ key }) => key);
  const meant = members.flatMap(({ key, value }) => {
    const name = key.toLowerCase();
    const word = ['command', 'url', 'args'].includes(name) && name !== key ? name : LOOKALIKES[name];
    if (word === undefined) return [];
    const inner = value.kind === 'map' && ['command', ...URL_KEYS].find((each) => memberOf(value, each));
    return [
      inner
        ? `'${inner}' is inside of '${key}', where it is not read`
        : `'${key}' is not read; write '${word}'`,
    ];
  });
  if (meant.length > 0) return `it has neither 'command' nor 'url': ${meant.join('; ')}`;
  if (keys.length === 0) return 'it is empty: it has neither a command nor a URL';
  if (keys.every((key) => FROM_EXTENSION.includes(key)))
    return 'it has neither a command nor a URL: it comes from an extension';
  return `it has neither 'command' nor 'url', only ${keys.map((key) => `'${key}'`).join(', ')}`;
}

/** What Zed keeps of a server that an extension starts. */
const FROM_EXTENSION: readonly string[] = ['source', 'settings', 'enabled', 'remote'];

function fromList(command: Member): EntryStart {
  if (!isTextList(command) || command.value.items.length === 0)
    return odd("'command' is not a list of strings");
  return { kind: 'list', command, words: textsOf(command) };
}

/** Some clients have a shell read the command, so that arguments may be in it. In a path there may be spaces. */
const SHELL_LINE = /^[^\s\\/]+\s+\S/;

/** Zed once had the command and its arguments in an object. */
function fromCommand(node: MapNode, command: Member): EntryStart {
  const map = command.value.kind === 'map' ? command.value : node;
  const program = map === node ? command : memberOf(map, 'path');
  const args = memberOf(map, 'args');
  if (program === undefined || !isText(program) || program.value.value === '')
    return odd("'command' is not a string");
  if (SHELL_LINE.test(program.value.value)) return odd("'command' has arguments in it; move them to 'args'");
  if (program.whole === undefined) return odd("'command' is written in an unusual way");
  if (args === undefined)
    return { kind: 'command', map, command: program, args, words: [program.value.value] };
  if (!isTextList(args)) return odd("'args' is not a list of strings");
  return { kind: 'command', map, command: program, args, words: [program.value.value, ...textsOf(args)] };
}

function odd(reason: string): EntryStart {
  return { kind: 'odd', reason };
}

function isText(member: Member): member is TextMember {
  return member.value.kind === 'text';
}

function isTextList(member: Member): member is ListMember {
  return member.value.kind === 'list' && member.value.items.every(({ kind }) => kind === 'text');
}

function textsOf({ value }: ListMember): string[] {
  return value.items.map((item) => item.value);
}

/** Whether the client is told not to start it. */
export function isDisabled({ node }: ServerEntry): boolean {
  if (node.kind !== 'map') return false;
  const says = (key: string, wanted: boolean) => {
    const value = memberOf(node, key)?.value;
    return value?.kind === 'other' && value.value === wanted;
  };
  return says('disabled', true) || says('enabled', false);
}
