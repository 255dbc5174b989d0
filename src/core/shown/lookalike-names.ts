import { fold } from '../text/fold.js';
import { quote } from '../text/quote.js';
import { visible } from '../text/visible.js';
import { asDrawn } from './lookalike-letters.js';
import { unmistakable } from './unmistakable.js';

/**
 * Tools whose names some reader takes for each other, or that have letters which pass for others: by name, what is odd
 * about each.
 */
export function lookalikesAmong(names: readonly string[]): Map<string, string> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const drawn = fold(asDrawn(name));
    const group = groups.get(drawn);
    if (group) group.push(name);
    else groups.set(drawn, [name]);
  }
  return new Map(
    [...groups.values()].flatMap((group) =>
      group.flatMap((name, index) => {
        const odd = oddityOf(name, group[index === 0 ? 1 : 0]);
        return odd === undefined ? [] : [[name, odd]];
      }),
    ),
  );
}

/** @param other that is taken for it */
function oddityOf(name: string, other: string | undefined): string | undefined {
  if (other !== undefined && fold(name) === fold(other))
    return `The name differs from ${quote(other)} only by case, width, spaces or invisible characters.`;
  const [own, like] = [name, other].map((each) => each && unmistakable(each));
  if (other !== undefined)
    return `The name "${own}" looks like "${like}", which differs only by letters of another alphabet.`;
  return own === visible(name) ? undefined : `The name has letters that pass for others: "${own}".`;
}
