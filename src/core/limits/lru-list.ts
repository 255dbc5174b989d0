/** Something that stands in an order of use, next to its neighbours. */
export interface LruNode<T> {
  earlier: T | undefined;
  later: T | undefined;
}

/**
 * Things in the order of their last use. A linked list: taking the first of a Set again and again costs more and
 * more, since the places of those removed stay until the Set is next rebuilt.
 */
export class LruList<T extends LruNode<T>> {
  #first: T | undefined;
  #last: T | undefined;

  /** The one that was not used for longest. */
  get first(): T | undefined {
    return this.#first;
  }

  append(used: T): void {
    used.earlier = this.#last;
    used.later = undefined;
    if (this.#last) this.#last.later = used;
    else this.#first = used;
    this.#last = used;
  }

  remove({ earlier, later }: T): void {
    if (earlier) earlier.later = later;
    else this.#first = later;
    if (later) later.earlier = earlier;
    else this.#last = earlier;
  }
}
