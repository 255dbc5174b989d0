import type { Readable } from 'node:stream';
import { TextLines } from '../../platform/text-lines.js';

/** How much of what a program says is passed on. Characters. */
const MOST = 64 * 1024;
const LONGEST_LINE = 1_000;

/**
 * Passes on what a program writes for people, line by line and so much of it only. It is read to its end in any case, so
 * that nobody waits for us.
 */
export function relayStderr(stream: Readable, tell: (line: string) => void): void {
  let left = MOST;
  const pass = (line: string) => {
    if (left <= 0 || line === '') return;
    left -= line.length;
    tell(left > 0 ? shown(line) : 'the rest of its output is not shown, because it is too long');
  };
  const lines = new TextLines({
    longest: LONGEST_LINE,
    ends: /\r\n|[\r\n]/,
    onLine: pass,
    onTooLong: pass,
  });
  stream.on('error', () => {});
  stream.on('data', (chunk: Buffer) => {
    if (left > 0) lines.add(chunk);
  });
  stream.on('close', () => lines.end());
}

/** Cut to a length, and with nothing that a terminal obeys: a program may say again what an agent has written. */
function shown(line: string): string {
  const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\t' ? ' ' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
