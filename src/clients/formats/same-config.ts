import type { ConfigNode } from './config-text.js';

/** Whether two configs say the same, apart from what is at these places. */
export function otherwiseSame(
  one: ConfigNode,
  other: ConfigNode,
  apart: readonly (readonly string[])[],
): boolean {
  if (apart.some((keys) => keys.length === 0)) return true;
  if (one.kind === 'map' && other.kind === 'map')
    return (
      one.members.length === other.members.length &&
      one.members.every(({ key, value }, index) => {
        const lookalike = other.members[index];
        const below = apart.filter(([first]) => first === key).map((keys) => keys.slice(1));
        return lookalike?.key === key && otherwiseSame(value, lookalike.value, below);
      })
    );
  if (one.kind === 'list' && other.kind === 'list')
    return (
      one.items.length === other.items.length &&
      one.items.every((item, index) => {
        const lookalike = other.items[index];
        return lookalike !== undefined && otherwiseSame(item, lookalike, []);
      })
    );
  if (one.kind === 'text' && other.kind === 'text') return one.value === other.value;
  return one.kind === 'other' && other.kind === 'other' && Object.is(one.value, other.value);
}
