type Id = string | number;

/** A power of two. */
const FEWEST = 16;
/** Spreads numbers that follow each other (Knuth, "Multiplicative hashing"). */
const SPREAD = 0x9e37_79b1;

/**
 * A map from ids to what goes on under them. Small whole numbers, which most ids are, have a table of their own: that of the
 * language makes a new one with every few requests, and each old one keeps the next from the quick collector of V8, with all
 * that it holds. 80 bytes a call went to the old space that way (Node 20).
 */
export class IdTable<T> {
  /** Open addressing with linear probing: half of the places are free. */
  #numbers = new Int32Array(0);
  #values: (T | undefined)[] = [];
  /** When each came, compared with others. */
  #turns = new Float64Array(0);
  #count = 0;
  readonly #others = new Map<Id, { value: T; turn: number }>();
  #turn = 0;
  /** Nobody outside knows which numbers fall into one place. */
  readonly #seed = Math.trunc(Math.random() * 2 ** 32);

  constructor() {
    this.#resize(FEWEST);
  }

  get size(): number {
    return this.#count + this.#others.size;
  }

  has(id: Id): boolean {
    return isSmall(id) ? this.#values[this.#placeOf(id)] !== undefined : this.#others.has(id);
  }

  get(id: Id): T | undefined {
    return isSmall(id) ? this.#values[this.#placeOf(id)] : this.#others.get(id)?.value;
  }

  set(id: Id, value: T): void {
    if (isSmall(id)) this.#put(id, value, this.#turn++);
    else this.#others.set(id, { value, turn: this.#turn++ });
  }

  delete(id: Id): void {
    if (isSmall(id)) this.#remove(this.#placeOf(id));
    else this.#others.delete(id);
  }

  clear(): void {
    this.#others.clear();
    this.#count = 0;
    this.#values = [];
    this.#resize(FEWEST);
  }

  /** What is there now, the oldest first. */
  entries(): [Id, T][] {
    const others = [...this.#others].map(([id, { value, turn }]) => ({ id, value, turn }));
    return [...this.#small(), ...others]
      .sort((one, other) => one.turn - other.turn)
      .map(({ id, value }) => [id, value]);
  }

  #small(): { id: Id; value: T; turn: number }[] {
    return this.#values.flatMap((value, place) =>
      value === undefined
        ? []
        : [{ id: this.#numbers[place] as number, value, turn: this.#turns[place] as number }],
    );
  }

  /** Where the number is, or where it would be put. */
  #placeOf(id: number): number {
    const last = this.#values.length - 1;
    let place = this.#homeOf(id);
    while (this.#values[place] !== undefined && this.#numbers[place] !== id) place = (place + 1) & last;
    return place;
  }

  #homeOf(id: number): number {
    const spread = Math.imul(id ^ this.#seed, SPREAD);
    return (spread ^ (spread >>> 15)) & (this.#values.length - 1);
  }

  #put(id: number, value: T, turn: number): void {
    const place = this.#placeOf(id);
    if (this.#values[place] === undefined) this.#count++;
    this.#numbers[place] = id;
    this.#values[place] = value;
    this.#turns[place] = turn;
    if (this.#count * 2 > this.#values.length) this.#resize(this.#values.length * 2);
  }

  /** Those behind it that could not be where they belong move up (Knuth, "Algorithm R"). */
  #remove(place: number): void {
    if (this.#values[place] === undefined) return;
    this.#count--;
    const last = this.#values.length - 1;
    let gap = place;
    for (let next = (gap + 1) & last; this.#values[next] !== undefined; next = (next + 1) & last) {
      const home = this.#homeOf(this.#numbers[next] as number);
      if (((next - home) & last) < ((next - gap) & last)) continue;
      this.#numbers[gap] = this.#numbers[next] as number;
      this.#values[gap] = this.#values[next];
      this.#turns[gap] = this.#turns[next] as number;
      gap = next;
    }
    this.#values[gap] = undefined;
  }

  #resize(places: number): void {
    const before = this.#small();
    this.#numbers = new Int32Array(places);
    this.#turns = new Float64Array(places);
    this.#values = new Array<T | undefined>(places).fill(undefined);
    this.#count = 0;
    for (const { id, value, turn } of before) this.#put(id as number, value, turn);
  }
}

function isSmall(id: Id): id is number {
  return typeof id === 'number' && (id | 0) === id;
}
