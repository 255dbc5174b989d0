/** A credential is never shorter. Characters. */
const SHORTEST = 8;

/** Whether nobody would write it as a word or a path: letters with digits, or much longer than any word. */
export function looksRandom(run: string): boolean {
  if (/^[\d.:,/-]+$/.test(run) || /^(?:\.{0,2}\/|~\/|[a-z]+:\/\/|[A-Za-z]:\\)/.test(run)) return false;
  const hasDigit = /\d/.test(run);
  const mixed = /[A-Z]/.test(run.slice(1)) && /[a-z]/.test(run);
  return (
    run.length >= SHORTEST &&
    ((hasDigit && /[A-Za-z]/.test(run)) || (mixed && run.length >= 16) || run.length >= 32)
  );
}
