import type { Execution } from './oracle.js';

/** A call that has to arrive: once, and as it is. */
export interface HonestCall {
  id: string;
  /** Bytes, each a character. */
  line: string;
  expected: Execution;
}

/** The revision with batches, the last one with a handshake, and the one without. */
export type Era = '2025-03-26' | '2025-11-25' | '2026-07-28';

/** What each request of 2026-07-28 says of itself. */
export const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** What no hostile line contains. */
export const HONEST = 'an honest call';

/** The honest call with this number. They differ in tool, arguments, and in how the same JSON can be written. */
export function honestCall(number: number, era: Era): HonestCall {
  const id = `honest-${number}`;
  const text = `${HONEST} ${number} ä€😀 "\\ \u0001\u2028</etc>`;
  const [tool, args] = TOOLS[number % TOOLS.length] ?? TOOLS[0];
  const expected = { tool, arguments: { ...args, text } };
  const meta = era === '2026-07-28' ? { _meta: MODERN_META } : {};
  const params = { name: tool, arguments: expected.arguments, ...meta };
  const message = { jsonrpc: '2.0', id, method: 'tools/call', params };
  const spellings = era === '2025-03-26' ? [...SPELLINGS, ...BATCHES] : SPELLINGS;
  const spell = spellings[number % spellings.length] ?? JSON.stringify;
  return {
    id,
    line: Buffer.from(spell(message).replaceAll('\u2028', '\\u2028')).toString('latin1'),
    expected,
  };
}

const TOOLS: readonly [[string, object], ...[string, object][]] = [
  ['list', { path: '/tmp/etc' }],
  ['read_note', { path: '/home/ada/../bob/ä' }],
  ['create_charge', { amount: 99.5 }],
  ['list', {}],
  ['create_charge', { amount: 100, path: '/etcetera' }],
];

const SPELLINGS: readonly ((message: object) => string)[] = [
  (message) => JSON.stringify(message),
  (message) => ` ${JSON.stringify(message).replaceAll('":', '" :\t')} `,
  (message) => JSON.stringify(Object.fromEntries(Object.entries(message).reverse())),
  (message) => `${JSON.stringify(message)}\r`,
  (message) =>
    JSON.stringify(message)
      .replace(/[^ -~]/g, escaped)
      .replaceAll('/', '\\/'),
  (message) => JSON.stringify(message).replace('"tools/call"', '"\\u0074ools\\u002Fcall"'),
  (message) => JSON.stringify(message).replace('"amount":100', '"amount":1.0e2'),
];

const BATCHES: readonly ((message: object) => string)[] = [
  (message) => `[${JSON.stringify(message)}]`,
  (message) => `[{"jsonrpc":"2.0","method":"notifications/x"},\t${JSON.stringify(message)} ]`,
];

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
