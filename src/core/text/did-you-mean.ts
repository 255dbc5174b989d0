/** Words longer than this are nobody's typing error, and comparing them takes quadratic time. */
const LONGEST_WORD = 64;

/** The known word that was probably meant, if one is close enough. Of two equally close ones the first. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const wanted = word.toLowerCase();
  let found: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    if (candidate.length > LONGEST_WORD) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance >= least || distance > tolerated(word, candidate)) continue;
    found = candidate;
    least = distance;
  }
  return found;
}

/** One error for each three letters, and never as many as there are letters. */
function tolerated(word: string, candidate: string): number {
  return Math.floor(Math.max(word.length, candidate.length) / 3);
}

/**
 * Optimal string alignment: the least number of insertions, deletions, replacements and swaps of neighbours
 * that turns one word into the other.
 */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped && column > 1 ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

function at(distances: readonly number[], column: number): number {
  return distances[column] ?? Number.POSITIVE_INFINITY;
}
