/** Random numbers that a seed repeats (xorshift, 32 bits): what a soak does is told by its seed, when it happens is not. */
export class Random {
  #state;

  constructor(seed) {
    // Neighbouring seeds must not begin alike, and zero would stay zero.
    this.#state = Math.imul(seed ^ 0x5bf03635, 0x9e3779b1) || 1;
    for (let round = 0; round < 8; round++) this.next();
  }

  /** From 0 up to 1. */
  next() {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from `least` up to and including `most`. */
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share) {
    return this.next() < share;
  }

  pick(list) {
    return list[this.between(0, list.length - 1)];
  }

  /** One value of `[weight, value]` pairs. */
  weighted(pairs) {
    let left = this.next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of pairs) {
      left -= weight;
      if (left < 0) return value;
    }
    return pairs.at(-1)[1];
  }

  /** A generator of its own, so that what one part of the soak draws does not move another part's. */
  fork() {
    return new Random(this.between(1, 2 ** 31));
  }
}
