import { classifyName } from '../../core/policy/decide/resolve.js';
import { fold } from '../../core/text/fold.js';
import type { Classification } from '../../core/tools/category.js';
import { isWorse, worseOf } from '../../core/tools/category.js';
import { listedClasses, unreadable } from '../../core/tools/listing/classify-listed.js';
import type { ListedElement } from '../../core/tools/listing/element.js';
import type { ToolListReading } from '../../core/tools/listing/read-list.js';

/** Lists that nobody has asked about yet. */
const MOST_UNREAD = 16;
/** Names come from the server, so what is remembered of them is bounded. */
const MOST_KNOWN = 100_000;

interface Known {
  /** Definitions, as they were written, that have not been looked at. */
  unread: ListedElement[];
  /** By whether hints of the server are trusted. */
  worst: Map<boolean, Worst>;
}

/** The class of a tool, and the definition that makes it so bad. */
export interface Worst {
  found: Classification;
  /** The name that it is listed under. */
  name: string;
  /** Undefined where its definition may be one that could not be read. */
  element: ListedElement | undefined;
}

/**
 * What tools do by the definitions that the client was told: the worst of all that was said of a name, so that a server gains
 * nothing by telling a milder one later. Lists are read when a call or a rule asks for what is in them.
 */
export class ToolClasses {
  #lists: (() => ToolListReading)[] = [];
  readonly #known = new Map<string, Known>();
  /** Names by what a careless reader takes them for. */
  readonly #lookalikes = new Map<string, string[]>();
  /** Why the client may know tools that are not known here. */
  #incomplete: string | undefined;

  /** @param list reads the tools that an answer to tools/list has */
  add(list: () => ToolListReading): void {
    this.#lists.push(list);
    if (this.#lists.length > MOST_UNREAD) this.#read();
  }

  of(name: string, trusting: boolean): Classification {
    return this.worst(name, trusting)?.found ?? classifyName(name);
  }

  /** The same with where it comes from; undefined where the name is all that is known. */
  worst(name: string, trusting: boolean): Worst | undefined {
    if (this.#lists.length > 0) this.#read();
    const known = this.#known.get(name);
    if (known) return worstOf(name, known, trusting);
    const worst = this.#ofLookalikes(name, trusting);
    if (this.#incomplete === undefined) return worst;
    const found = unreadable(worst?.found ?? classifyName(name), this.#incomplete);
    return worst?.found === found ? worst : { found, name, element: undefined };
  }

  /** Some server takes `Manage_Things` for the tool `manage_things`, so what is not listed is as bad as what it resembles. */
  #ofLookalikes(name: string, trusting: boolean): Worst | undefined {
    if (this.#lookalikes.size === 0) return undefined;
    let worst: Worst | undefined;
    for (const lookalike of this.#lookalikes.get(fold(name)) ?? []) {
      const known = this.#known.get(lookalike);
      const other = known && worstOf(lookalike, known, trusting);
      if (other) worst = worseOfTwo(worst ?? { ...other, found: classifyName(name) }, other);
    }
    return worst;
  }

  #read(): void {
    for (const list of this.#lists) {
      const { elements, flaw, complete } = list();
      if (!complete) this.#incomplete ??= flaw ?? 'its list has no end';
      for (const element of elements) for (const name of element.names) this.#note(name, element);
    }
    this.#lists = [];
  }

  #note(name: string, element: ListedElement): void {
    const known: Known = this.#known.get(name) ?? { unread: [], worst: new Map() };
    if (!this.#known.has(name)) {
      if (this.#known.size >= MOST_KNOWN) {
        this.#incomplete ??= `more than ${MOST_KNOWN} tools are listed`;
        return;
      }
      this.#noteLookalike(name, fold(name));
      this.#known.set(name, known);
    }
    if (known.unread.at(-1)?.text !== element.text) known.unread.push(element);
    // Otherwise lists without end would pile up.
    if (known.unread.length <= MOST_UNREAD) return;
    const [first] = known.unread.splice(0, 1);
    if (first) look(name, known, first);
  }

  #noteLookalike(name: string, folded: string): void {
    const lookalikes = this.#lookalikes.get(folded);
    if (lookalikes) lookalikes.push(name);
    else this.#lookalikes.set(folded, [name]);
  }
}

function look(name: string, known: Known, element: ListedElement): void {
  for (const [trusting, found] of listedClasses(name, element)) {
    const before = known.worst.get(trusting);
    const now = { found, name, element };
    known.worst.set(trusting, before === undefined ? now : worseOfTwo(before, now));
  }
}

function worstOf(name: string, known: Known, trusting: boolean): Worst | undefined {
  for (const element of known.unread) look(name, known, element);
  known.unread = [];
  return known.worst.get(trusting);
}

/** What was there first stays where both are equally bad. */
function worseOfTwo(one: Worst, other: Worst): Worst {
  const worse = isWorse(other.found.category, one.found.category) ? other : one;
  return { ...worse, found: worseOf(one.found, other.found) };
}
