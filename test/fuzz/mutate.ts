import type { Random } from './random.js';

/** Bytes where texts of all our kinds have joints. */
const JOINTS = new Set([...'{}[]",:\\\n\r \t/*-'].map((character) => character.charCodeAt(0)));
const ODD_BYTES = [0, 0x0a, 0x0d, 0x20, 0x22, 0x5c, 0x7b, 0x7d, 0x7f, 0x80, 0xc0, 0xed, 0xff];

export interface Material {
  /** Texts that mean something to what is tested. */
  words: readonly Uint8Array[];
  /** Inputs to take parts from. */
  others: readonly Uint8Array[];
  longest: number;
}

/** Another input, made of this one by a few changes. */
export function mutate(input: Uint8Array, material: Material, random: Random): Uint8Array {
  let result = input;
  for (let left = 1 + random.below(4); left > 0; left--) result = changed(result, material, random);
  return result.subarray(0, material.longest);
}

function changed(input: Uint8Array, { words, others }: Material, random: Random): Uint8Array {
  const at = place(input, random);
  const end = Math.min(input.length, random.below(3) === 0 ? place(input, random) : at + random.below(6));
  const [from, to] = at < end ? [at, end] : [end, at];
  switch (random.below(9)) {
    case 0:
      return replaced(input, from, to, NOTHING);
    case 1:
      return replaced(input, at, at + 1, Uint8Array.of(random.of(ODD_BYTES)));
    case 2:
      return replaced(input, at, at + 1, Uint8Array.of((input[at] ?? 0) ^ (1 << random.below(8))));
    case 3:
      return replaced(input, at, at, input.subarray(from, to));
    case 4:
      return replaced(input, from, to, part(random.of(others), random));
    case 5:
      return replaced(input, at, at, part(random.of(others), random));
    case 6:
      return replaced(input, from, to, random.of(words));
    default:
      return replaced(input, at, at, random.of(words));
  }
}

const NOTHING = new Uint8Array(0);

function replaced(input: Uint8Array, from: number, to: number, put: Uint8Array): Uint8Array {
  const rest = input.subarray(to);
  const result = new Uint8Array(from + put.length + rest.length);
  result.set(input.subarray(0, from));
  result.set(put, from);
  result.set(rest, from + put.length);
  return result;
}

/** An offset, mostly just before or after a joint. */
function place(input: Uint8Array, random: Random): number {
  const anywhere = random.below(input.length + 1);
  if (random.below(4) === 0) return anywhere;
  for (let at = anywhere; at < input.length; at++)
    if (JOINTS.has(input[at] as number)) return at + random.below(2);
  return anywhere;
}

function part(input: Uint8Array, random: Random): Uint8Array {
  const from = place(input, random);
  const to = place(input, random);
  return from < to ? input.subarray(from, to) : input.subarray(to, from);
}
