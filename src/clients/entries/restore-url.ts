import { memberOf, type Splice } from '../formats/config-text.js';
import type { KnownClient } from '../known-clients.js';
import { innermost, ownOptions } from './command-words.js';
import type { EntryStart, ServerEntry } from './entry.js';
import type { EntryWriter } from './entry-writer.js';
import { variableName } from './remote-server.js';
import type { Change } from './wrap.js';

/** Turns what was made of a URL into the URL again. Undefined where it was not made so, or was changed much since. */
export function restoredUrl(
  entry: ServerEntry,
  start: Extract<EntryStart, { kind: 'command' | 'list' }>,
  client: KnownClient,
  writing: EntryWriter,
): Change | undefined {
  const { words, command } = start;
  const from = innermost(words);
  const [npx, yes, remote, url, ...flags] = words.slice(from);
  const named = ownOptions(words).some((word) => word.startsWith('--server'));
  const made = named && npx === 'npx' && yes === '-y';
  if (
    !made ||
    remote !== 'mcp-remote' ||
    !/^https?:/i.test(url ?? '') ||
    url === undefined ||
    entry.node.kind !== 'map'
  )
    return undefined;
  const headers = headersIn(flags);
  const args = start.kind === 'command' ? start.args : undefined;
  const items = start.kind === 'list' ? start.command.value.items : args?.value.items;
  const item = items?.[from + 3 - (start.kind === 'list' ? 0 : 1)];
  const end = (args ?? command).whole?.end;
  if (headers === undefined || item === undefined || command.whole === undefined || end === undefined)
    return undefined;
  if (args && !/^\s*,?\s*$/.test(writing.at({ start: command.whole.end, end: args.whole?.start ?? 0 })))
    return undefined;
  const environment = renames(entry, headers, client, writing);
  if (environment === undefined) return undefined;
  const key = urlKey(client, flags);
  const type = memberOf(entry.node, 'type')?.value;
  return {
    kind: 'change',
    splices: [
      { start: command.whole.start, end, text: writing.member(command, key, writing.at(item)) },
      ...(type?.kind === 'text'
        ? [{ start: type.start, end: type.end, text: writing.literal(typeOf(entry, flags)) }]
        : []),
      ...environment,
    ],
    words: [url],
    notes: [],
  };
}

/** The variable of each header. Undefined where there is a flag that was not written by us. */
function headersIn(flags: readonly string[]): Map<string, string> | undefined {
  const headers = new Map<string, string>();
  for (let index = 0; index < flags.length; index++) {
    const flag = flags[index];
    if (flag === '--allow-http') continue;
    const value = flags[++index] ?? '';
    if (flag === '--transport' && value === 'sse-only') continue;
    const [, name, variable] = /^([^:]+):\$\{(?:DOLLAR:-\$\}\{)?(\w+)\}$/.exec(value) ?? [];
    if (flag !== '--header' || name === undefined || variable !== variableName(name)) return undefined;
    headers.set(variable, name);
  }
  return headers;
}

function renames(
  { node, list }: ServerEntry,
  headers: Map<string, string>,
  { headersKey = 'headers' }: KnownClient,
  writing: EntryWriter,
): Splice[] | undefined {
  if (node.kind !== 'map' || headers.size === 0) return [];
  const member = memberOf(node, list ? 'environment' : 'env');
  if (member?.value.kind !== 'map' || member.value.members.length !== headers.size) return undefined;
  const splices = member.keys.map((range) => ({ ...range, text: writing.key(headersKey) }));
  for (const { key, keys } of member.value.members) {
    const name = headers.get(key);
    if (name === undefined) return undefined;
    splices.push(...keys.map((range) => ({ ...range, text: writing.key(name) })));
  }
  return splices;
}

function urlKey({ urlKey: key = 'url', urlIsSse }: KnownClient, flags: readonly string[]): string {
  return urlIsSse && !flags.includes('sse-only') ? 'httpUrl' : key;
}

function typeOf({ list }: ServerEntry, flags: readonly string[]): string {
  if (list) return 'remote';
  return flags.includes('sse-only') ? 'sse' : 'http';
}
