import { readFileSync } from 'node:fs';
import { jsonLines } from './place.mjs';

const FILE = new URL('../../test/fixtures/attacks.jsonl', import.meta.url);
const MODERN =
  '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}';

/** The hostile lines of the tests that need no surroundings of their own: { bytes, expect }. */
export function hostileLines() {
  const rows = jsonLines(readFileSync(FILE, 'utf8'));
  return rows
    .filter(({ before, protocol, policy }) => !before && !protocol && policy !== 'default: deny')
    .filter(({ expect }) => expect.forwarded !== true)
    .flatMap((row) => [row, ...inModernEra(row)])
    .map(({ line, hex, expect }) => ({ bytes: Buffer.from(hex ?? line, hex ? 'hex' : 'utf8'), expect }));
}

function inModernEra(row) {
  const { line } = row;
  if (!line?.includes('"params":{') || line.includes('_meta')) return [];
  const comma = line.includes('"params":{}') ? '' : ',';
  return [{ ...row, line: line.replace('"params":{', `"params":{${MODERN}${comma}`) }];
}

/** Sends one of them. None may reach the server, so none is booked as a line that it may see. */
export function strike({ peer, book }, { bytes, expect: { id, idText, silent } }) {
  book.count('client: hostile lines');
  book.dropped.hostile++;
  if (/^[-\d]/.test(idText)) book.expect(idText);
  else if (id !== undefined) book.expect(JSON.stringify(id));
  else if (!silent) book.anonymous.expected++;
  peer.write(bytes);
}
