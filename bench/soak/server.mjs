// The server of the soak. argv: the file of its record, then flags: `stubborn` (neither a signal nor the end of its stdin
// ends it), `parent` (starts a process that nothing ends). What a call does to it stands in its arguments (behaviour.mjs).
// The record has a line of JSON for each line that it is sent (["<", digest, method, name, n]), each that it writes
// ([">", digest, n]), and each that is no answer or not the one that is expected (["!", kind]).
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { behave } from './behaviour.mjs';
import { digestOf, LineReader } from './lines.mjs';
import { TOOLS } from './policies.mjs';

const [, , file, ...flags] = process.argv;
/** Records are written together, every so many milliseconds. */
const GATHERING = 100;
let records = [];

function flush() {
  if (records.length > 0) appendFileSync(file, records.join(''));
  records = [];
}

const server = {
  /** Requests to the client that have no answer yet, by id. */
  asked: new Map(),
  asks: 0,
  record: (...values) => void records.push(`${JSON.stringify(values)}\n`),
  write: (line, n) => server.writePieces(line, [`${line}\n`], n),
  writePieces(line, pieces, n) {
    server.record('>', digestOf(line), n);
    for (const piece of pieces) process.stdout.write(piece);
  },
  send: (message, n) => server.write(JSON.stringify({ jsonrpc: '2.0', ...message }), n),
  /** Something on stdout that must never reach the client. */
  noise(kind, text) {
    server.record('!', kind);
    process.stdout.write(`${text}\n`);
  },
};

const RESULTS = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: { listChanged: true }, prompts: {}, resources: {} },
    serverInfo: { name: 'soak', version: '1' },
  }),
  'tools/list': () => ({
    tools: Object.keys(TOOLS).map((name) => ({ name, inputSchema: { type: 'object' } })),
  }),
};

function receive(line) {
  const { id, method, params = {}, result, error } = JSON.parse(line.toString('utf8'));
  const n = params.arguments?.n ?? params._meta?.['soak/n'];
  server.record('<', digestOf(line), method ?? 'response', params.name ?? null, n ?? null);
  if (method === undefined) return server.asked.get(id)?.(result ?? error);
  if (id === undefined) return;
  if (method === 'tools/call') return behave(server, id, params);
  server.send({ id, result: { ...RESULTS[method]?.(params), resultType: 'complete' } }, n);
}

if (flags.includes('parent')) {
  const survivor = `for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {}); setInterval(() => {}, 1e3);`;
  spawn(process.execPath, ['-e', survivor, file], { stdio: 'ignore' });
}
if (flags.includes('stubborn')) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
} else {
  process.stdin.on('end', () => process.exit());
}
setInterval(flush, GATHERING);
process.on('exit', flush);
process.stdout.on('error', () => {});
const reader = new LineReader();
process.stdin.on('data', (chunk) => reader.push(chunk).forEach(receive));
