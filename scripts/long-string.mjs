// Makes the files *-code.ts in src/core of the WebAssembly texts beside them: node scripts/long-string.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const FOLDER = new URL('../src/core/', import.meta.url);
export const TEXTS = ['json/bytes/long-string', 'json/bytes/string-value', 'wire/fast/skip-object'];
/** Hexadecimal digits in a line of the file. */
const LINE = 100;

/** The file as it should be: a test holds it against the one that is there. */
export async function compiledCode(name) {
  const { parseWat } = await wabt();
  const source = readFileSync(new URL(`${name}.wat`, FOLDER), 'utf8');
  const { buffer } = parseWat(`${name}.wat`, source, { simd: true }).toBinary({});
  const file = name.split('/').at(-1);
  const lines = Buffer.from(buffer)
    .toString('hex')
    .match(new RegExp(`.{1,${LINE}}`, 'g'));
  return `/** ${file}.wat, compiled by scripts/long-string.mjs. Hexadecimal. */
export const ${file.toUpperCase().replace('-', '_')}_CODE =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of TEXTS) writeFileSync(new URL(`${name}-code.ts`, FOLDER), await compiledCode(name));
