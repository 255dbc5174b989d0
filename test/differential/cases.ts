import { readFileSync } from 'node:fs';
import { MODERN_META } from './honest.js';

/** Hostile lines that belong together. */
export interface Case {
  name: string;
  /** Bytes, each a character, without the line end. */
  lines: readonly string[];
}

interface Row {
  name: string;
  group: string;
  line?: string;
  hex?: string;
  before?: string[];
}

/** The hostile lines of the fixture. */
export function rowsOfFixture(): Case[] {
  const file = new URL('../fixtures/attacks.jsonl', import.meta.url);
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  return rows.map((text) => {
    const { name, group, line = '', hex, before = [] } = JSON.parse(text) as Row;
    const last = hex === undefined ? Buffer.from(line) : Buffer.from(hex, 'hex');
    return {
      name: `${group}: ${name}`,
      lines: [...before.map(bytesOf), last.toString('latin1')],
    };
  });
}

/** The same, as requests of 2026-07-28 where that can be written into them. */
export function inModernEra({ name, lines }: Case): Case {
  return { name: `${name} (2026-07-28)`, lines: lines.map(withMeta) };
}

/** The same in batches of 2025-03-26. */
export function inBatch({ name, lines }: Case): Case {
  return {
    name: `${name} (in a batch)`,
    lines: lines.map((line) => `[{"jsonrpc":"2.0","id":7,"method":"ping"},${line}]`),
  };
}

/** Adds `_meta` to the first params, whatever else is wrong with the line. */
export function withMeta(line: string): string {
  const meta = `"_meta":${JSON.stringify(MODERN_META)}`;
  return line
    .replace(
      /("params"\s*:\s*\{)(\s*")?/,
      (_, open: string, more = '') => `${open}${meta}${more && `,${more}`}`,
    )
    .replace(/("method":"[^"]*")\}$/, `$1,"params":{${meta}}}`);
}

const ID = /("id"\s*:\s*)7\b(?![.eE])/g;

/**
 * Gives each request an id of its own in place of 7, as far as the line has one: otherwise most lines would be
 * refused because the one before is still being answered.
 */
export function withOwnIds(cases: readonly Case[]): Case[] {
  let last = 1_000;
  return cases.map(({ name, lines }) => {
    // Lines that belong together may be about the same id.
    const shared = lines.length > 1 ? ++last : undefined;
    const own = lines.map((line) => line.replace(ID, (_, key: string) => `${key}${shared ?? ++last}`));
    return { name, lines: own };
  });
}

/** The bytes of a text in UTF-8, each a character. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
