import type { JsonValue } from '../../../json/value.js';
import { fold } from '../../../text/fold.js';
import { priceOfKey } from './price.js';

const known = new WeakMap<object, FoldedKeys>();

/** The keys of a value, which are the same for all conditions about it. */
export function foldedKeys(value: JsonValue): FoldedKeys {
  if (typeof value !== 'object' || value === null) return new FoldedKeys(value);
  const found = known.get(value) ?? new FoldedKeys(value);
  known.set(value, found);
  return found;
}

/** All keys in a value, each folded once, however many objects have it. */
export class FoldedKeys {
  /** What it costs to fold them, in steps. */
  readonly price: number;
  readonly #folded = new Map<string, string | undefined>();

  constructor(value: JsonValue) {
    this.#collect(value);
    let price = 0;
    for (const key of this.#folded.keys()) price += priceOfKey(key);
    this.price = price;
  }

  fold(key: string): string {
    const folded = this.#folded.get(key) ?? fold(key);
    this.#folded.set(key, folded);
    return folded;
  }

  #collect(value: JsonValue): void {
    if (Array.isArray(value)) for (const each of value) this.#collect(each);
    if (!(value instanceof Map)) return;
    for (const [key, member] of value) {
      this.#folded.set(key, undefined);
      this.#collect(member);
    }
  }
}
