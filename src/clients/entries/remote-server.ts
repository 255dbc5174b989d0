import { type MapNode, type Member, memberOf, type Splice } from '../formats/config-text.js';
import type { KnownClient } from '../known-clients.js';
import type { ServerEntry, TextMember } from './entry.js';
import type { EntryWriter } from './entry-writer.js';

/** How a server behind a URL is started as a process. */
export interface RemoteServer {
  words: string[];
  /** The same as they are written in the config. */
  raw: string[];
  /** The rest of the entry: headers become environment variables where they are, so that their values stay. */
  splices: Splice[];
  notes: string[];
}

/** What only the client itself can do for a server behind a URL. */
const OF_THE_CLIENT = [
  'oauth',
  'auth',
  'authProviderType',
  'scopes',
  'oauth_resource',
  'env_http_headers',
  'headersHelper',
  'socketPath',
  'env_vars',
];
/** Hosts that register no clients they do not know, so that mcp-remote cannot sign in there; what an entry has to say instead. */
const KNOWN_CLIENTS_ONLY =
  /^(?:api\.githubcopilot\.com|copilot-api\.[\w-]+\.ghe\.com|mcp\.dev\.azure\.com)$/i;
const SSE = /^sse$/i;
const HTTP = /^(?:streamable-?)?http$|^remote$/i;

/** Puts mcp-remote in the place of a URL. A text says why that cannot be. */
export function remoteServer(
  { node, list }: ServerEntry,
  { url, type }: { url: TextMember; type: TextMember | undefined },
  { client, shared }: { client: KnownClient; shared?: boolean },
  writing: EntryWriter,
): RemoteServer | string {
  if (node.kind !== 'map') return 'it is not an object';
  const own = OF_THE_CLIENT.find((key) => memberOf(node, key));
  if (own) return `the client itself reads its '${own}', which mcp-remote cannot`;
  const kind = type?.value.value;
  if (kind !== undefined && !SSE.test(kind) && !HTTP.test(kind)) return `its type '${kind}' is not known`;
  const address = addressFlaw(url.value.value);
  if (address) return address;
  const variables = list ? 'environment' : 'env';
  const headers = headersOf(node, variables, client, writing);
  if (typeof headers === 'string') return headers;
  const host = hostname(url.value.value);
  if (headers.flags.length === 0 && host !== undefined && KNOWN_CLIENTS_ONLY.test(host))
    return `${host} lets the client itself sign in, and not mcp-remote; with a token in its headers it can be wrapped`;
  if (shared && headers.flags.length > 0)
    return 'it has headers, and the clients that read this file do not write a variable in one way; add it to your own config instead';
  const sse = SSE.test(kind ?? '') || (kind === undefined && client.urlIsSse && url.key === 'url');
  const flags = [
    ...(sse ? ['--transport', 'sse-only'] : []),
    ...(isPlainRemote(url.value.value) ? ['--allow-http'] : []),
    ...headers.flags,
  ];
  const literal = (word: string) => writing.literal(word);
  return {
    words: ['npx', '-y', 'mcp-remote', url.value.value, ...flags],
    raw: [...['npx', '-y', 'mcp-remote'].map(literal), writing.at(url.value), ...flags.map(literal)],
    splices: [
      ...headers.splices,
      ...(type
        ? [{ start: type.value.start, end: type.value.end, text: literal(list ? 'local' : 'stdio') }]
        : []),
    ],
    notes: [
      'it is given by URL, so it is started through mcp-remote, which npx fetches from npm',
      headers.flags.length > 0
        ? 'its headers become environment variables of the same values, which mcp-remote reads'
        : 'if it asks you to sign in, mcp-remote opens the browser again',
    ],
  };
}

interface Headers {
  flags: string[];
  splices: Splice[];
}

function headersOf(
  node: MapNode,
  variables: string,
  client: KnownClient,
  writing: EntryWriter,
): Headers | string {
  const bearer = memberOf(node, 'bearer_token_env_var');
  const member = memberOf(node, 'headers') ?? memberOf(node, 'http_headers');
  const result: Headers = { flags: [], splices: [] };
  if (bearer?.whole && bearer.value.kind === 'text') {
    const raw = writing.list([writing.at(bearer.value)]);
    result.flags.push('--header', `Authorization:Bearer ${variable(client, bearer.value.value)}`);
    result.splices.push({ ...bearer.whole, text: writing.member(bearer, 'env_vars', raw) });
  }
  if (member === undefined) return result;
  if (member.value.kind !== 'map') return `'${member.key}' is not an object`;
  if (memberOf(node, variables)) return `it has both '${member.key}' and '${variables}'`;
  const names = new Map<string, string>();
  for (const { key, value } of member.value.members) {
    if (value.kind !== 'text' || !/^[\w!#$%&'*+.^`|~-]+$/.test(key))
      return `its header '${key}' is not a string`;
    if (names.has(variableName(key))) return `its headers '${key}' and another differ too little`;
    names.set(variableName(key), key);
  }
  for (const [name, key] of names) result.flags.push('--header', `${key}:${variable(client, name)}`);
  result.splices.push(...renamed(member, variables, writing));
  for (const header of member.value.members)
    result.splices.push(...renamed(header, variableName(header.key), writing));
  return result;
}

/** `X-Api-Key` is kept in `HEADER_X_API_KEY`. */
export function variableName(header: string): string {
  return `HEADER_${header.replace(/\W/g, '_').toUpperCase()}`;
}

/**
 * mcp-remote reads the variable. A client that would read it before that is given a dollar sign that is none yet: it has
 * no such variable, since it starts the server with it.
 */
function variable({ expandsArguments }: KnownClient, name: string): string {
  return expandsArguments ? `\${DOLLAR:-$}{${name}}` : `\${${name}}`;
}

function renamed({ keys }: Member, name: string, writing: EntryWriter): Splice[] {
  return keys.map(({ start, end }) => ({ start, end, text: writing.key(name) }));
}

/** What mcp-remote does not speak. What begins with a variable is filled in by the client, here and in arguments. */
function addressFlaw(url: string): string | undefined {
  if (/^\s*\$\{/.test(url) || /^\s*https?:\/\/[^\s/?#]/i.test(url)) return undefined;
  const scheme = /^\s*([a-z][a-z+.-]*):/i.exec(url)?.[1];
  if (url.trim() === '') return 'its URL is empty';
  return scheme === undefined || /^https?$/i.test(scheme)
    ? 'its URL does not say http:// or https:// and a host'
    : `its URL is of '${scheme.toLowerCase()}', and mcp-remote speaks http and https alone`;
}

function hostname(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** mcp-remote speaks plain HTTP with this machine only, unless told. */
function isPlainRemote(url: string): boolean {
  return /^http:\/\/(?!(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?#]|$))/i.test(url);
}
