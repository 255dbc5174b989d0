import { visible } from './visible.js';

const MOST_NAMES = 8;

const LONGEST_NAME = 80;

/** A name of a server or of a policy, in quotes. It may have been written to change what a terminal shows. */
export function quotedName(name: string): string {
  return `'${shown(name)}'`;
}

/** Names in words: `a, b and 3 more`. */
export function nameList(names: readonly string[]): string {
  const some = names.slice(0, names.length === MOST_NAMES + 1 ? MOST_NAMES + 1 : MOST_NAMES).map(shown);
  const more = names.length - some.length;
  if (more > 0) return `${some.join(', ')} and ${more} more`;
  return some.length < 2 ? some.join('') : `${some.slice(0, -1).join(', ')} and ${some.at(-1)}`;
}

function shown(name: string): string {
  return visible(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
}
