import assert from 'node:assert/strict';
import { NOISE, peek, type ServerLine } from '../../../src/core/peek.js';
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
  const read = line.includes('\r') ? NOISE : peek(line.toString('latin1'));
  assert.equal(line.includes('\r') ? 'noise' : peek(line.toString('utf8')).kind, read.kind);
  if (read.kind === 'noise') return;
  const client = seenBy(line.toString('utf8'));
  if (client.kind !== 'nothing') assert.deepEqual(seenByUs(read), client);
}

function seenByUs(read: Exclude<ServerLine, { kind: 'noise' }>): Seen {
  if (read.kind === 'notification') return { kind: read.kind };
  const id: unknown = JSON.parse(Buffer.from(read.idText, 'latin1').toString('utf8'));
  return read.kind === 'request' ? { kind: read.kind, id } : { kind: read.kind, id, failed: read.failed };
}

/** As clients tell messages apart: an id and a method, a method, or neither. */
function seenBy(text: string): Seen {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { kind: 'nothing' };
  const has = (key: string) => Object.hasOwn(parsed, key);
  const { id = null } = parsed as { id?: unknown };
  if (has('method')) return has('id') ? { kind: 'request', id } : { kind: 'notification' };
  return { kind: 'response', id, failed: has('error') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
