'use strict';
// A stdio MCP server that costs as little as Node allows, so that the wrapper before it dominates: blocking reads and
// writes, no JSON.parse for the requests of this bench (their shape is known). Each answer is written on its own, as real
// servers do it. Usage: node server.cjs [NUMBER OF TOOLS IN tools/list]
const { readSync, writeSync } = require('node:fs');
const { filler } = require('./filler.cjs');

const OPENING = '{"jsonrpc":"2.0","id":';
/** How much of a line is kept for a look at it; what is longer is only counted, except for its line feed. */
const KEPT = 65_536;
const chunk = Buffer.allocUnsafe(1 << 18);
const carried = Buffer.allocUnsafe(KEPT);
let carriedBytes = 0;

const textResult = (text) => `,"result":{"content":[{"type":"text","text":"${text}"}]}}\n`;
const SMALL = textResult(filler(110));
const kept = new Map();

for (;;) {
  const length = readSync(0, chunk, 0, chunk.length, null);
  if (length === 0) break;
  readLines(chunk.subarray(0, length));
}

function readLines(bytes) {
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (carriedBytes === 0) answer(bytes.subarray(start, Math.min(end, start + KEPT)));
    else {
      carry(bytes.subarray(start, end));
      answer(carried.subarray(0, carriedBytes));
      carriedBytes = 0;
    }
    start = end + 1;
  }
  carry(bytes.subarray(start));
}

function carry(bytes) {
  carriedBytes += bytes.copy(carried, carriedBytes);
}

function answer(line) {
  const head = line.latin1Slice(0, Math.min(160, line.length));
  const id = head.startsWith(OPENING) ? head.slice(OPENING.length, head.indexOf(',', OPENING.length)) : '';
  const size = Number(/"name":"read_large","arguments":\{"size":(\d+)/.exec(head)?.[1]);
  if (id !== '' && size > 0) writeKept(id, size, () => largeResult(size, id));
  else if (id !== '' && head.includes('"method":"tools/list"')) writeKept(id, 'tools', toolList);
  else if (id !== '' && /"name":"(?:read_small|deny_tool)"/.test(head)) writeText(OPENING + id + SMALL);
  else answerByMethod(line);
}

/** Everything else, where speed does not matter much: initialize, the echo. */
function answerByMethod(line) {
  const { id, method, params } = JSON.parse(line.toString('utf8'));
  if (id !== undefined) writeText(OPENING + JSON.stringify(id) + tailFor(method, params ?? {}, line));
}

function tailFor(method, params, line) {
  if (method === 'initialize') {
    const result = {
      protocolVersion: params.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'bench', version: '1' },
    };
    return `,"result":${JSON.stringify(result)}}\n`;
  }
  // The whole line as it came, so that the client can tell whether a wrapper changed a byte of it.
  if (params.name === 'read_echo') return textResult(JSON.stringify(line.toString('utf8')).slice(1, -1));
  return `,"error":{"code":-32601,"message":"Not in this bench: ${method}"}}\n`;
}

/** An answer that is made once, by `makeTail`; only its id is written anew. */
function writeKept(id, name, makeTail) {
  const key = `${id.length} ${name}`;
  if (!kept.has(key)) kept.set(key, Buffer.from(OPENING + id + makeTail()));
  const bytes = kept.get(key);
  bytes.latin1Write(id, OPENING.length);
  writeAll(bytes);
}

function largeResult(size, id) {
  return textResult(filler(size - OPENING.length - id.length - textResult('').length));
}

function toolList() {
  const description = filler(180);
  const schema = '{"type":"object","properties":{"n":{"type":"integer"},"text":{"type":"string"}}}';
  const tools = Array.from({ length: Number(process.argv[2] ?? 3) }, (_, index) => {
    const name = `${index % 10 === 9 ? 'hidden' : 'read'}_tool_${index}`;
    return `{"name":"${name}","description":"${description}","inputSchema":${schema}}`;
  });
  return `,"result":{"tools":[${tools.join()}]}}\n`;
}

function writeText(text) {
  writeAll(Buffer.from(text, 'utf8'));
}

function writeAll(bytes) {
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(1, bytes, sent, bytes.length - sent);
}
