import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFastAnswer } from '../../../src/core/wire/fast/fast-answer.js';
import { skimEnvelope } from '../../../src/core/wire/server-envelope.js';
import { idOf } from '../../../src/proxy/streams/bytes.js';
import { serverLines } from '../../texts/server-lines.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS, MESSAGE_WORDS } from '../words.js';

/** Whatever the fast reader says of an answer of the server, the reference says too. */
function run(input: Uint8Array): void {
  const content = Buffer.from(input.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)));
  // Within a larger memory, as lines lie in chunks.
  const line = Buffer.concat([Buffer.from('{"'), content, Buffer.from('"}')]).subarray(2, -2);
  const fast = readFastAnswer(line);
  if (fast === undefined) return;
  const { id, idText } = fast;
  assert.deepEqual(skimEnvelope(line.toString('latin1')), { kind: 'response', idText, failed: false });
  assert.equal(idOf(idText), id);
}

const ANSWERS = [
  '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a \\"b\\" \\\\"}],"isError":true}}',
  '{"result":{"tools":[]},"jsonrpc":"2.0","id":"a-1"}',
  ' { "id" : 0 , "jsonrpc" : "2.0" , "result" : { "a" : [ 1 , { } ] } } ',
  `{"jsonrpc":"2.0","id":7,"result":{"text":"${'long \\"text\\" of code\\n'.repeat(12)}","b":"\\\\"}}`,
];

export const answer: Target = {
  run,
  seeds: () => [...ANSWERS.map(bytesOf), ...attackLines()],
  generated: fc.oneof(serverLines().map(bytesOf), fc.constantFrom(...ANSWERS.map(bytesOf))),
  words: [...JSON_WORDS, ...MESSAGE_WORDS, '\\\\"', '\\"\\"', '"result":{"'],
  longest: 768,
};
