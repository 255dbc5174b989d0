// Makes src/core/json/bytes/long-string-code.ts of the WebAssembly text beside it: node scripts/long-string.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const SOURCE = new URL('../src/core/json/bytes/long-string.wat', import.meta.url);
const TARGET = new URL('../src/core/json/bytes/long-string-code.ts', import.meta.url);
/** Hexadecimal digits in a line of the file. */
const LINE = 100;

/** The file as it should be: a test holds it against the one that is there. */
export async function longStringCode() {
  const { parseWat } = await wabt();
  const { buffer } = parseWat('long-string.wat', readFileSync(SOURCE, 'utf8'), { simd: true }).toBinary({});
  const lines = Buffer.from(buffer)
    .toString('hex')
    .match(new RegExp(`.{1,${LINE}}`, 'g'));
  return `/** long-string.wat, compiled by scripts/long-string.mjs. Hexadecimal. */
export const LONG_STRING_CODE =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, await longStringCode());
