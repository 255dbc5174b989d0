import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { withShortStrings } from '../../../src/core/audit/condense.js';
import { BytesWithShortStrings, type ByteTools } from '../../../src/core/audit/condense-bytes.js';
import { excerptOf } from '../../../src/core/audit/excerpt.js';
import { endOfPlainValue } from '../../../src/core/json/bytes/plain-value.js';
import { isFlaw, scanJson } from '../../../src/core/json/scan.js';
import { readFastRequest } from '../../../src/core/wire/fast/fast-request.js';
import { wholeLine } from '../../../src/core/wire/line-splitter.js';
import { readMessage } from '../../../src/core/wire/message.js';
import { decodeLine } from '../../../src/proxy/streams/decode.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS, MESSAGE_WORDS } from '../words.js';
import { message } from './message.js';

/** Plain calls, of which a few bytes are changed: those whose fast and slow reading may differ. */
const CALLS = [
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{"path":"/a","n":-1.5e3,"list":[1,"é\\u00e9"]}}}',
  '{"method":"tools/call","params":{"arguments":{},"name":"x","_meta":{"progressToken":7}},"jsonrpc":"2.0","id":"a-1"}',
  ' { "jsonrpc" : "2.0" , "id" : 12 , "method" : "tools/call" , "params" : { "name" : "x" , "arguments" : { "a" : [ true , null , { } ] } } } ',
  `{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"long","arguments":{"text":"${'plain \\"text\\"\\n'.repeat(20)}","b":{"c":0}}}}`,
  '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"keys","arguments":{"a":1,"b":2,"aa":{"a":1},"ab":[{"a":1},{"a":2}]}}}',
];

/** What the fast reader takes, the reference takes, and both say the same of it. Before what it leaves, nothing is said. */
function agrees(bytes: Uint8Array): void {
  const fast = isUtf8(bytes) ? readFastRequest(bytes) : undefined;
  if (fast === undefined) return;
  const { content } = wholeLine(bytes);
  const text = decodeLine(content);
  assert.ok(typeof text === 'string', 'the line has no text');
  const message = readMessage(text);
  assert.ok(message.kind === 'request' && message.method === 'tools/call', `it is ${message.kind}`);
  const slice = (start: number, end: number) => Buffer.from(content.subarray(start, end)).toString('utf8');
  assert.equal(slice(fast.idStart, fast.idEnd), message.idText);
  if (fast.id === undefined) assert.equal(typeof message.id, 'string');
  else assert.equal(fast.id, message.id);
  const params = message.params?.members ?? new Map();
  const known: Record<string, [number, number]> = {
    name: [fast.nameStart - 1, fast.nameEnd + 1],
    arguments: [fast.argumentsStart, fast.argumentsEnd],
    _meta: [fast.metaStart, fast.metaEnd],
  };
  for (const key of params.keys()) assert.ok(Object.hasOwn(known, key), `it has ${key}`);
  for (const [key, [start, end]] of Object.entries(known)) {
    const node = params.get(key);
    assert.equal(slice(start, end), node === undefined ? '' : text.slice(node.start, node.end));
  }
}

/** A value that is plain has one reading for the reference, too, and is condensed to the same. */
function provesNoMore(content: Uint8Array): void {
  if (!isUtf8(content) || endOfPlainValue(content, 0, content.length) !== content.length) return;
  const text = Buffer.from(content).toString('utf8');
  const scanned = scanJson(text);
  assert.ok(!isFlaw(scanned), JSON.stringify(scanned));
  const condensed = withShortStrings(text, LONGEST_STRING, (written) =>
    JSON.stringify(excerptOf(JSON.parse(written) as string, LONGEST_STRING, sha256)),
  );
  assert.equal(new BytesWithShortStrings(content, TOOLS).condensed(LONGEST_STRING), condensed);
}

const LINE_FEED = 0x0a;
const LONGEST_STRING = 8;
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const TOOLS: ByteTools = {
  decode: (bytes) => Buffer.from(bytes).toString('utf8'),
  encode: (text) => Buffer.from(text),
  digest: () => {
    const parts: Uint8Array[] = [];
    return { update: (part) => parts.push(Uint8Array.from(part)), hex: () => sha256(Buffer.concat(parts)) };
  },
};

function withEnd(content: Uint8Array, end: string): Uint8Array {
  return Buffer.concat([Buffer.from('{"'), content, Buffer.from(end), Buffer.from('"}')]).subarray(2, -2);
}

export const fast: Target = {
  run(input) {
    // Within a larger memory, as lines lie in chunks.
    const memory = Buffer.concat([Buffer.from('{"'), input, Buffer.from('"}')]);
    // A line has one line feed, at its end, or none where the input ends.
    if (!input.includes(LINE_FEED)) for (const end of ['', '\n']) agrees(withEnd(input, end));
    provesNoMore(memory.subarray(2, -2));
  },
  seeds: () => [...CALLS.map(bytesOf), ...attackLines()],
  generated: message.generated,
  words: [...JSON_WORDS, ...MESSAGE_WORDS],
  longest: 768,
};
