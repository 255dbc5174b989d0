import assert from 'node:assert/strict';
import { NOISE, type ServerLine, skimEnvelope } from '../../../src/core/wire/server-envelope.js';
import { type ReferenceValue, readTree } from '../../reference/json.js';
import { serverLines } from '../../texts/server-lines.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS, MESSAGE_WORDS } from '../words.js';

/** What a line is to the client: which request it answers, or what it asks or tells. */
interface Seen {
  kind: 'request' | 'notification' | 'response' | 'nothing';
  id?: unknown;
  failed?: boolean;
}

/**
 * A line is to the client what it is to us, or it is noise to us and never reaches the client. What is no JSON is
 * nothing to the client.
 */
function run(input: Uint8Array): void {
  const line = Buffer.from(input.map((byte) => (byte === 0x0a ? 0x20 : byte)));
  const read = line.includes('\r') ? NOISE : skimEnvelope(line.toString('latin1'));
  assert.equal(line.includes('\r') ? 'noise' : skimEnvelope(line.toString('utf8')).kind, read.kind);
  if (read.kind === 'noise') return;
  for (const client of clientsOf(line.toString('utf8')))
    if (client.kind !== 'nothing') assert.deepEqual(seenByUs(read), client);
}

function seenByUs(read: Exclude<ServerLine, { kind: 'noise' }>): Seen {
  if (read.kind === 'notification') return { kind: read.kind };
  const id: unknown = JSON.parse(Buffer.from(read.idText, 'latin1').toString('utf8'));
  return read.kind === 'request' ? { kind: read.kind, id } : { kind: read.kind, id, failed: read.failed };
}

/** What JSON.parse takes is the last of two keys. Other readers take the first. */
function clientsOf(text: string): Seen[] {
  const tree = readTree(text);
  if (tree?.kind !== 'object') return [{ kind: 'nothing' }];
  const orders = [tree.members, [...tree.members].reverse()];
  return orders.map((members) => seenBy(new Map(members)));
}

/** As clients tell messages apart: an id and a method, a method, or neither. An answer with a result is not looked at further. */
function seenBy(members: ReadonlyMap<string, ReferenceValue>): Seen {
  const id = members.get('id');
  const value = id === undefined ? null : plain(id);
  const method = members.get('method');
  // A null id of what calls itself a notification says that there is none.
  const wantsNothing = method?.kind === 'string' && method.value.startsWith('notifications/');
  if (method)
    return id && !(wantsNothing && value === null)
      ? { kind: 'request', id: value }
      : { kind: 'notification' };
  const hasResult = (members.get('result')?.kind ?? 'null') !== 'null';
  return { kind: 'response', id: value, failed: members.has('error') && !hasResult };
}

function plain(value: ReferenceValue): unknown {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      return Number(value.text);
    case 'object':
      return Object.fromEntries(value.members.map(([key, member]) => [key, plain(member)]));
    case 'array':
      return value.elements.map(plain);
    default:
      return JSON.parse(value.kind);
  }
}

export const peeked: Target = {
  run,
  seeds: () => [...attackLines(), ...SEEDS.map(bytesOf)],
  generated: serverLines().map(bytesOf),
  words: [...JSON_WORDS, ...MESSAGE_WORDS],
  longest: 512,
};

const SEEDS = [
  '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a \\"b\\" \\\\"}],"isError":true}}',
  '{"result":{"id":9},"id":"é","jsonrpc":"2.0"}',
  '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":""}}',
  '{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{}}',
  '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"}{"}}',
  'Server started on port 3000',
];
