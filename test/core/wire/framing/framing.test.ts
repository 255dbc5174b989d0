import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framingOf } from '../../../../src/core/wire/framing/framing.js';
import { skimEnvelope } from '../../../../src/core/wire/server-envelope.js';
import { cpuTime } from '../../../cpu-time.js';
import { runs } from '../../../runs.js';

const ANSWER = '{"jsonrpc":"2.0","id":1,"result":{"a":[{"b":"{}"}]}}';
const CALL = '{"method":"tools/call","params":{"name":"a"},"jsonrpc":"2.0","id":"x"}';
const PRETTY = JSON.stringify(JSON.parse(ANSWER), undefined, 2).split('\n');

const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);
const swapped = (text: string) => bytes(text, 'utf16le').swap16();
const wide = (text: string) =>
  Buffer.concat([...text].map((each) => Buffer.from([each.charCodeAt(0), 0, 0, 0])));

/** Lines without their ends, and how each is called. */
const LINES: readonly (readonly [name: string, line: string | Uint8Array, kind: string])[] = [
  ['a header of language servers', 'Content-Length: 124', 'headers'],
  ['the same in lower case', 'content-length:124', 'headers'],
  ['its other header', 'Content-Type: application/vscode-jsonrpc; charset=utf-8', 'headers'],
  ['a message with the next header', `${ANSWER}Content-Length: 99`, 'headers'],
  ['UTF-16, little endian', bytes(ANSWER, 'utf16le'), 'utf16'],
  ['the same with its mark', bytes(`\ufeff${ANSWER}`, 'utf16le'), 'utf16'],
  [
    'what is left of a line end, then UTF-16',
    Buffer.concat([Buffer.of(0), bytes(ANSWER, 'utf16le')]),
    'utf16',
  ],
  ['UTF-16, big endian', swapped(ANSWER), 'utf16'],
  ['the same with its mark', swapped(`\ufeff${ANSWER}`), 'utf16'],
  ['a banner in UTF-16', bytes('Server is ready', 'utf16le'), 'utf16'],
  ['UTF-32', wide(ANSWER), 'utf16'],
  ['a length in four bytes', Buffer.concat([Buffer.of(52, 0, 0, 0), Buffer.from(ANSWER)]), 'length'],
  ['the same, big endian', Buffer.concat([Buffer.of(0, 0, 0, 52), Buffer.from(ANSWER)]), 'length'],
  ['U+0000 between messages', `${ANSWER}\0${CALL}\0`, 'nul'],
  ['U+0000 after one', `${ANSWER}\0`, 'nul'],
  ['a record separator', `\x1e${ANSWER}`, 'separator'],
  ['a byte order mark', `\ufeff${ANSWER}`, 'mark'],
  ['a byte order mark before a batch', `\ufeff[${ANSWER}]`, 'mark'],
  ['gzip', gzipSync(ANSWER), 'compressed'],
  ['deflate', deflateSync(ANSWER), 'compressed'],
  ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'), 'binary'],
  ['an answer of HTTP', 'HTTP/1.1 200 OK', 'http'],
  ['a request of HTTP', 'POST /mcp HTTP/1.1', 'http'],
  ['HTML', '<!DOCTYPE html><html>', 'html'],
  ['XML', '<?xml version="1.0"?>', 'html'],
  ['an event', `data: ${ANSWER}`, 'events'],
  ['the name of an event', 'event: message', 'events'],
  ['its id', 'id: 17', 'events'],
  ['colours', `\x1b[32m${ANSWER}\x1b[0m`, 'colours'],
  ['a title', `\x1b]0;server\x07${ANSWER}`, 'colours'],
  ['a log line in colour', `\x1b[32mINFO\x1b[0m ${ANSWER}`, 'before'],
  ['carriage returns between messages', `${ANSWER}\r${CALL}`, 'carriageReturn'],
  ['a progress bar and a message', `10 %\r20 %\r${ANSWER}`, 'carriageReturn'],
  ['a message over lines with carriage returns', PRETTY.join('\r'), 'carriageReturnInside'],
  ['two messages', `${ANSWER}${CALL}`, 'several'],
  ['two with a space', `${ANSWER} ${CALL}`, 'several'],
  ['two with a comma', `${ANSWER},${CALL}`, 'several'],
  ['a batch', `[${ANSWER},${CALL}]`, 'list'],
  ['a batch of one', ` [ ${ANSWER} ] `, 'list'],
  ['a comma', `${ANSWER},`, 'comma'],
  ['a semicolon', `${ANSWER};`, 'comma'],
  ['a logger', `INFO:root:${ANSWER}`, 'before'],
  ['a prompt', `> ${ANSWER}`, 'before'],
  ['a netstring', `52:${ANSWER},`, 'before'],
  ['bytes as Python prints them', `b'${ANSWER}\\n'`, 'before'],
  ['half a message after text', 'sending {"jsonrpc":"2.0","id":', 'before'],
  ['words after it', `${ANSWER} took 3 ms`, 'after'],
  ['a comment after it', `${ANSWER} // done`, 'after'],
  ['a message that was serialised twice', JSON.stringify(ANSWER), 'string'],
  ['a dict', `{'jsonrpc': '2.0', 'id': 1, 'result': {'ok': True}}`, 'printed'],
  ['an object of Node', `{ jsonrpc: '2.0', id: 1, result: { ok: true } }`, 'printed'],
  ['a line of an object of Node', "  jsonrpc: '2.0',", 'printed'],
  ['a hash', `{"jsonrpc"=>"2.0", "id"=>1}`, 'printed'],
  ['a map of Go', 'map[id:1 jsonrpc:2.0 result:map[]]', 'printed'],
  ['a struct of Go', '&{jsonrpc:2.0 id:1}', 'printed'],
  ['a map of Java', '{id=1, jsonrpc=2.0, result={}}', 'printed'],
  ['a model of Python', `JSONRPCResponse(jsonrpc='2.0', id=1)`, 'printed'],
  ...PRETTY.map((line) => ['a line of a message over several lines', line, 'part'] as const),
  ['the first half of a message', ANSWER.slice(0, 30), 'part'],
  ['half of a batch', `[${ANSWER.slice(0, 30)}`, 'part'],
  ['a comma too many', '{"jsonrpc":"2.0","id":1,"result":{},}', 'invalid'],
  ['a comment inside', '{"jsonrpc":"2.0",/* ok */"id":1,"result":{}}', 'invalid'],
  ['another version', '{"jsonrpc":"1.0","id":1,"result":{}}', 'envelope'],
  ['no version', '{"id":1,"result":{}}', 'envelope'],
  ['a key twice', '{"jsonrpc":"2.0","id":1,"id":2,"result":{}}', 'envelope'],
  ['a log line of JSON', '{"level":"info","msg":"up"}', 'envelope'],
  ['a list', '[1,2]', 'envelope'],
  ['a word', 'null', 'envelope'],
  ['a banner', 'Server 1.0 is ready on stdio', 'text'],
  ['a log line', '2026-11-24 10:00:00 [INFO] {"jsonrpc":"2.0"} is spoken here', 'text'],
  ['a prompt of a shell', 'user@host:~$ ', 'text'],
  ['Latin-1', Buffer.from('Grüße', 'latin1'), 'text'],
];

const asText = (line: string | Uint8Array) => Buffer.from(line as Uint8Array).toString('utf8');
const asByteString = (line: string | Uint8Array) => Buffer.from(line as Uint8Array).toString('latin1');

describe('how a line is written that is not one message', () => {
  it.each(LINES)('%s: %j', (_name, line, kind) => {
    expect(framingOf(asByteString(line))?.kind).toBe(kind);
    expect(framingOf(asText(line))?.kind).toBe(kind);
  });

  it.each([ANSWER, ` ${CALL}\t`, '', ' \t', '\0', '\r'])('says nothing of %j', (line) => {
    expect(framingOf(line)).toBeUndefined();
  });

  it('says why it is not a message', () => {
    expect(framingOf('{"jsonrpc":"1.0","id":1,"result":{}}')?.what).toBe(
      'JSON that is not a JSON-RPC message (jsonrpc is not "2.0")',
    );
    expect(framingOf('{"jsonrpc":"2.0","id":1,"result":{},}')?.what).toBe(
      'a message that is not valid JSON (unexpected character "}" at character 37)',
    );
  });
});

describe('what has no line end yet', () => {
  it.each([
    ['a message', ANSWER, 'unendedMessage'],
    ['several', `${ANSWER}${CALL}`, 'several'],
    ['one that ends with a carriage return', `${ANSWER}\r`, 'carriageReturn'],
    ['one that ends with U+0000', `${ANSWER}\0`, 'nul'],
    ['words', 'Loading… ', 'unendedText'],
    ['words and half a message', 'Loading… {"jsonrpc":"2.0",', 'before'],
    ['a dict', `{'jsonrpc': '2.0'`, 'printed'],
  ])('%s', (_name, rest, kind) => {
    expect(framingOf(rest, { ended: false })?.kind).toBe(kind);
  });

  it.each(['{', '[', '{"jsonrpc"', ANSWER.slice(0, -1), `[${ANSWER},`, ' '])(
    'may be the beginning of a message: %j',
    (rest) => {
      expect(framingOf(rest, { ended: false })).toBeUndefined();
    },
  );
});

describe('whatever is written', () => {
  const pieces = fc.constantFrom(
    ...[
      ANSWER,
      CALL,
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      '\\',
      '\r',
      '\0',
      '\x1b[',
      '\x1b]',
      ' ',
      'data: ',
      "'",
      ':',
      '=',
      'jsonrpc',
      '\ufeff',
      'é',
    ],
  );
  const line = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );

  it('is named exactly where it is neither a message nor blank', () => {
    fc.assert(
      fc.property(line, (text) => {
        const isMessage = !text.includes('\r') && skimEnvelope(text).kind !== 'noise';
        expect(framingOf(text) === undefined).toBe(isMessage || /^[\s\0]*$/.test(text));
        framingOf(text, { ended: false });
      }),
      runs(2_000),
    );
  });

  it.each([
    '{',
    '[',
    '"',
    '\\',
    '{"id":',
    ' ',
    '\r',
    '\0',
    '\x1b[',
    '\x1b]',
    'a.',
    '[{',
    "{'",
    '{ ',
    `${ANSWER}\0`,
    `${ANSWER}\r`,
    '"a',
    '}',
    '}]',
    '\ufeff',
  ])('takes time in proportion to its length: %j', (piece) => {
    const text = `${piece.repeat(Math.ceil(2_000_000 / piece.length))}x`;
    // Its end is looked at too.
    const shorter = `${piece.repeat(Math.ceil(500_000 / piece.length))}x`;
    const time = cpuTime(() => {
      framingOf(shorter);
      framingOf(shorter, { ended: false });
      framingOf(text);
      framingOf(`x${text}`, { ended: false });
    });
    expect(time).toBeLessThan(10_000);
  });
});
