import { fold } from '../text/fold.js';

const TRUE = new Set(['true', 't', 'yes', 'y', 'on']);
const FALSE = new Set(['false', 'f', 'no', 'n', 'off']);

/**
 * Which calls are counted together by the value of a key; undefined for what is not a single value. Servers take many
 * spellings for one value (`1`, `"1"`, `"01"`, `" 1"`, `true`; `team` and `Team`), and an agent must not have a counter of its own
 * for each, so all of them share one. Fractions are cut off, as servers do that need a whole number.
 */
export function counterKey(value: unknown): string | undefined {
  switch (typeof value) {
    case 'bigint':
      return numberKey(value);
    case 'number':
      return Number.isFinite(value) ? numberKey(BigInt(Math.trunc(value))) : undefined;
    case 'boolean':
      return numberKey(value ? 1n : 0n);
    case 'string':
      return textKey(value);
    default:
      return undefined;
  }
}

function numberKey(value: bigint): string {
  return `number ${value}`;
}

/** A text that can be read as a number or a truth value is that; of others only case, width, blanks and what cannot be seen are left out. */
function textKey(text: string): string | undefined {
  const folded = fold(text);
  if (TRUE.has(folded)) return counterKey(true);
  if (FALSE.has(folded)) return counterKey(false);
  const plain = folded.replace(/(?<=\d)[_,'](?=\d)/g, '').replace(/^\+/, '');
  if (/^-?\d+$/.test(plain)) return numberKey(BigInt(plain));
  const isNumber = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^0[xob][\da-f]+$/.test(plain);
  return (isNumber ? counterKey(Number(plain)) : undefined) ?? `string ${folded}`;
}
