/** What `quote` makes of a text. */
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;
/** Names of methods and members are words of letters. */
const NAME = /^[A-Za-z]{1,24}\d?(?:[/_.:-][A-Za-z]{1,24}\d?){0,4}$/;
/** A secret that is stuck to its name is letters too. */
const STUCK = /pass|pwd|secret|token|credential/i;

/**
 * A sentence of ours about what a peer wrote, without what it quotes of that but names: a peer that has mixed up its keys may
 * have put anything there.
 */
export function redactQuoted(sentence: string): string {
  return sentence.replace(QUOTED, (quoted, text: string) =>
    NAME.test(text) && !STUCK.test(text) ? quoted : '"…"',
  );
}
