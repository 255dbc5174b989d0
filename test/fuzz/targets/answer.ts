import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AnswerScan, OTHER } from '../../../src/core/wire/fast/answer-scan.js';
import { readFastAnswer } from '../../../src/core/wire/fast/fast-answer.js';
import { ObjectSkipper } from '../../../src/core/wire/fast/skip-object.js';
import { skimEnvelope } from '../../../src/core/wire/server-envelope.js';
import { idOf } from '../../../src/proxy/streams/bytes.js';
import { serverLines } from '../../texts/server-lines.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS, MESSAGE_WORDS } from '../words.js';

const LINE_FEED = 0x0a;
const scan = new AnswerScan(ObjectSkipper.create() as ObjectSkipper);

/** Whatever the fast readers say of an answer of the server, the reference says too, and in chunks what is said of the whole. */
function run(input: Uint8Array): void {
  const content = Buffer.from(input.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)));
  // Within a larger memory, as lines lie in chunks.
  const line = Buffer.concat([Buffer.from('{"'), content, Buffer.from('"}')]).subarray(2, -2);
  const fast = readFastAnswer(line);
  const whole = Buffer.concat([content, Uint8Array.of(LINE_FEED)]);
  assert.equal(scan.read(whole, 0), fast ? whole.length : OTHER);
  if (fast) {
    assert.equal(scan.id, fast.id);
    inChunks(whole);
  }
  if (fast === undefined) return;
  const { id, idText } = fast;
  assert.deepEqual(skimEnvelope(line.toString('latin1')), { kind: 'response', idText, failed: false });
  assert.equal(idOf(idText), id);
}

/** Cuts a plain answer at every tenth place of its result: what is read of it is the same. */
function inChunks(whole: Buffer): void {
  const { id, isError, mayBeTask } = scan;
  // Where quotes are not those of strings, a word across two chunks may be taken for one.
  const isValid = isJson(whole);
  for (let cut = 1; cut < whole.length; cut += 10) {
    scan.read(whole.subarray(0, cut), 0);
    if (!scan.isOpen) continue;
    const rest = whole.subarray(cut);
    const end = scan.goOn(rest);
    assert.equal(scan.readTail(rest, end), rest.length);
    assert.equal(scan.id, id);
    if (isValid) assert.deepEqual([scan.isError, scan.mayBeTask], [isError, mayBeTask]);
  }
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

const ANSWERS = [
  '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a \\"b\\" \\\\"}],"isError":true}}',
  '{"result":{"tools":[]},"jsonrpc":"2.0","id":"a-1"}',
  '{"jsonrpc":"2.0","id":3,"result":{"task":{"taskId":"t"},"a":"\\"task","b":{"isError"\t:  true}}}',
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
