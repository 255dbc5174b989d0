import assert from 'node:assert/strict';
import { askerOf } from '../../../src/core/wire/asker.js';
import { batchOf, looksLikeBatch } from '../../../src/core/wire/batch.js';
import { LineSplitter } from '../../../src/core/wire/line-splitter.js';
import { type Message, readMessage } from '../../../src/core/wire/message.js';
import { isJudged } from '../../../src/core/wire/methods.js';
import { decodeLine } from '../../../src/proxy/streams/decode.js';
import { callsSeen } from '../../reference/lenient.js';
import { type PlainMessage, readPlainly } from '../../reference/message.js';
import { messageLines } from '../../texts/messages.js';
import { attackLines } from '../attacks.js';
import { bytesOf, type Target } from '../target.js';
import { JSON_WORDS, MESSAGE_WORDS } from '../words.js';

/** A name that is longer as it is written is refused, and how it is written the reference does not know. */
const SURELY_SHORT = 150;

/** What passes is what the rules let pass, says the same to everybody, and hides no call from us. */
export function judgesWell(line: Uint8Array, text: string): void {
  const message = readMessage(text);
  agreesWithRules(text, message);
  if (message.kind === 'blank' || message.kind === 'unreadable') return;
  assert.ok(!/[\r\n]/.test(text));
  agreesWithParser(text, message);
  const own = plain(message, text);
  for (const { reader, method, name } of callsSeen(line)) {
    const isOurs = own.kind === 'request' && own.method === method && isSame(own.name, name, reader);
    assert.ok(isOurs, `${reader}: ${method} of ${String(name)}`);
  }
}

/** To a server that takes UTF-8 for Latin-1, a name with other letters is another name, and another one to us. */
function isSame(name: string | undefined, seen: unknown, reader: string): boolean {
  return (
    name === seen || (reader.startsWith('Latin-1') && /[^ -~]/.test(name ?? '') && typeof seen === 'string')
  );
}

function agreesWithRules(text: string, message: Message): void {
  const expected = readPlainly(text);
  if ('name' in expected && (expected.name?.length ?? 0) > SURELY_SHORT) return;
  const read = plain(message, text);
  // Scanning ends at the first line end or bracket too many; what it would say of the rest is not said.
  const isCutShort = /[\r\n]/.test(text) || text.split(/[[{]/).length > 256 || /^[ \t]*\[/.test(text);
  if (isCutShort) assert.equal(read.kind, expected.kind);
  else assert.deepEqual(read, expected);
}

/** What any server does that knows nothing of us. */
function agreesWithParser(text: string, message: Exclude<Message, { kind: 'blank' | 'unreadable' }>): void {
  const parsed = JSON.parse(text) as Record<string, unknown>;
  if (message.kind !== 'response') assert.equal(parsed['method'], message.method);
  if (message.kind === 'notification') assert.equal(parsed['id'] ?? undefined, undefined);
  else {
    assert.equal(parsed['id'], message.id);
    assert.equal(JSON.parse(message.idText), message.id);
  }
}

function plain(message: Message, text: string): PlainMessage {
  switch (message.kind) {
    case 'request': {
      const { kind, id, method } = message;
      if (!isJudged(method)) return { kind, id, method };
      const { params } = JSON.parse(text) as { params?: { name?: string; uri?: string } };
      return { kind, id, method, name: method.startsWith('resources/') ? (params?.uri ?? '') : params?.name };
    }
    case 'notification':
      return { kind: message.kind, method: message.method };
    case 'response':
      return { kind: message.kind, id: message.id, ok: message.ok };
    case 'blank':
      return { kind: message.kind };
    case 'unreadable': {
      const { kind, code, id, idText = '0', silent } = message;
      if (id !== undefined) assert.equal(JSON.parse(idText), id);
      // Of a line that no parser takes the rules say no more.
      if (code === -32700) return { kind, code };
      if (silent) return { kind, code, silent };
      return id === undefined ? { kind, code } : { kind, code, id };
    }
  }
}

/** Each message of a batch goes to the server as a line of its own. */
function judgesBatch(text: string): void {
  const elements = looksLikeBatch(text) ? batchOf(text) : [];
  if ('flaw' in elements) return;
  if (elements.length > 0) assert.deepEqual(elements.map(parsed), JSON.parse(text));
  for (const element of elements) judgesWell(bytesOf(`${element}\n`), element);
}

/** A line that cannot be kept is answered by the id that its sender waits for, or by none. */
function skimsWell(line: Uint8Array): void {
  const splitter = new LineSplitter(0, { outlines: true });
  const [dropped = splitter.end()] = splitter.push(line);
  const { id, idText = '0' } = askerOf(dropped?.abridged ?? '');
  if (id !== undefined) assert.equal(JSON.parse(idText), id);
  const message = parsed(Buffer.from(line).toString('latin1'));
  if (id === undefined || typeof message !== 'object' || message === null) return;
  assert.equal((message as { id?: unknown }).id, id);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bytes as they come from the client, of one line or several. */
function run(input: Uint8Array): void {
  const splitter = new LineSplitter(4_096);
  const lines = splitter.push(input);
  for (const { bytes, content } of [...lines, ...[splitter.end() ?? []].flat()]) {
    skimsWell(bytes);
    const text = decodeLine(content);
    if (typeof text !== 'string') continue;
    judgesWell(bytes, text);
    judgesBatch(text);
  }
}

export const message: Target = {
  run,
  seeds: attackLines,
  generated: messageLines().map(bytesOf),
  words: [...JSON_WORDS, ...MESSAGE_WORDS],
  longest: 768,
};
