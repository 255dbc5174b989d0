/** From this many keys on an object gets a set of its own; below it, comparing hashes pair by pair is faster. */
const FEW = 12;

/** Finds keys that an object has twice, without making strings of them where the object is small. */
export class SiblingKeys {
  // One entry for each key of each open object, innermost object last. Entries from #top on are left-overs.
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #hashes: number[] = [];
  #top = 0;
  /** The keys of the open objects that have many. */
  readonly #many = new Map<number, Set<string>>();

  constructor(private readonly text: string) {}

  /** Begins an object; the other methods want the result to name it. */
  open(): number {
    return this.#top;
  }

  /** Ends the object, which is the one opened last. */
  close(object: number): void {
    if (this.#top - object === FEW) this.#many.delete(object);
    this.#top = object;
  }

  /**
   * Adds the key whose quotes are at `start` and before `end`; `escaped` says whether it has escapes.
   * False when the object has it already.
   */
  add(object: number, start: number, end: number, escaped: boolean): boolean {
    if (this.#top - object === FEW) return this.#addToMany(object, start, end);
    const hash = escaped ? this.#hashOfValue(start, end) : hashOf(this.text, start + 1, end - 1);
    for (let index = object; index < this.#top; index++) {
      if (this.#hashes[index] === hash && this.#keyAt(index) === this.key(start, end)) return false;
    }
    this.#starts[this.#top] = start;
    this.#ends[this.#top] = end;
    this.#hashes[this.#top] = hash;
    this.#top++;
    return true;
  }

  /** The value of a key that has been proved well-formed. */
  key(start: number, end: number): string {
    const key = this.text.slice(start + 1, end - 1);
    return key.includes('\\') ? (JSON.parse(`"${key}"`) as string) : key;
  }

  #addToMany(object: number, start: number, end: number): boolean {
    let keys = this.#many.get(object);
    if (keys === undefined) {
      keys = new Set();
      for (let index = object; index < this.#top; index++) keys.add(this.#keyAt(index));
      this.#many.set(object, keys);
    }
    const before = keys.size;
    return keys.add(this.key(start, end)).size > before;
  }

  #hashOfValue(start: number, end: number): number {
    const key = this.key(start, end);
    return hashOf(key, 0, key.length);
  }

  #keyAt(index: number): string {
    return this.key(this.#starts[index] ?? 0, this.#ends[index] ?? 0);
  }
}

/** Cheap rather than good: it tells most siblings apart, and keys with equal hashes are compared. */
function hashOf(text: string, start: number, end: number): number {
  if (start === end) return 0;
  const first = text.charCodeAt(start);
  const middle = text.charCodeAt((start + end) >> 1);
  const last = text.charCodeAt(end - 1);
  return ((end - start) << 24) ^ (first << 16) ^ (middle << 8) ^ last;
}
