import type { Readable } from 'node:stream';

/** How much of what a program says is passed on. Characters. */
const MOST = 64 * 1024;
const LONGEST_LINE = 1_000;

/**
 * Passes on what a program writes for people, line by line and so much of it only. It is read to its end in any case, so
 * that nobody waits for us.
 */
export function relayStderr(stream: Readable, tell: (line: string) => void): void {
  let left = MOST;
  let rest = '';
  const pass = (line: string) => {
    if (left <= 0 || line === '') return;
    left -= line.length;
    tell(left > 0 ? shown(line) : 'the rest of its output is not shown, because it is too long');
  };
  stream.setEncoding('utf8');
  stream.on('error', () => {});
  stream.on('data', (text: string) => {
    if (left <= 0) return;
    const lines = (rest + text).split(/\r\n|[\r\n]/);
    rest = lines.pop() ?? '';
    for (const line of lines) pass(line);
    if (rest.length > LONGEST_LINE) {
      pass(rest);
      rest = '';
    }
  });
  stream.on('close', () => pass(rest));
}

/** Cut to a length, and with nothing that a terminal obeys: a program may say again what an agent has written. */
function shown(line: string): string {
  const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\t' ? ' ' : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
