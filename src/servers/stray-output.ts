import { lineExcerpt } from '../core/shown/line-excerpt.js';
import { type Framing, framingOf } from '../core/wire/framing/framing.js';

/** More of a line is not shown. Characters. */
const LONGEST_READ = 16 * 1024;
/** After so many, and so much of them, lines are not looked at. Characters. */
const MOST_LOOKED_AT = 1_000;
const MOST_TEXT = 4 * 1024 * 1024;

/** Text of a server in place of an answer, and what is wrong with it. */
export interface Stray {
  /** Follows "it wrote". Safe to print. */
  said: string;
  help: string;
}

/** What a server writes on stdout that is not messages: why it was not understood, should an answer be missing. */
export class StrayOutput {
  #found: { framing: Framing; line: string } | undefined;
  #lookedAt = 0;
  #read = 0;

  /** A line that was passed over. */
  add(line: string): void {
    if (++this.#lookedAt > MOST_LOOKED_AT || this.#read > MOST_TEXT) return;
    this.#read += line.length;
    const framing = framingOf(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (framing && rankOf(framing) > rankOf(this.#found?.framing))
      this.#found = { framing, line: line.slice(0, LONGEST_READ) };
  }

  /** @param rest what has come of a line that has not ended */
  explain(rest: string): Stray | undefined {
    const unended = framingOf(rest, { ended: false });
    const found = this.#found;
    if (unended && rankOf(unended) > rankOf(found?.framing)) return strayOf(unended, rest);
    return found && strayOf(found.framing, found.line);
  }
}

/** What holds a whole message tells more than what holds a part of one, and that more than a banner. */
function rankOf(framing: Framing | undefined): number {
  if (framing === undefined) return 0;
  if (framing.kind === 'text' || framing.kind === 'envelope') return 1;
  return framing.kind === 'part' ? 2 : 3;
}

function strayOf({ what, help }: Framing, line: string): Stray {
  return { said: `${what}: ${lineExcerpt(line)}`, help };
}
