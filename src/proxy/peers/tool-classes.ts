import { classifyName } from '../../core/policy/decide/resolve.js';
import type { ToolElement } from '../../core/replies/tool-list.js';
import { fold } from '../../core/text/fold.js';
import type { Classification } from '../../core/tools/category.js';
import { worseOf } from '../../core/tools/category.js';
import { classify, trustingClass } from '../../core/tools/classify/classify.js';
import { type ToolDefinition, toolDefinition } from '../../core/tools/definition.js';

/** Lists that nobody has asked about yet. */
const MOST_UNREAD = 16;
/** Names come from the server, so what is remembered of them is bounded; what is over is judged by its name. */
const MOST_KNOWN = 100_000;

interface Known {
  /** Definitions, as they were written, that have not been looked at. */
  unread: string[];
  /** By whether hints of the server are trusted. */
  worst: Map<boolean, Classification>;
}

/**
 * What tools do by the definitions that the client was told: the worst of all that was said of a name, so that a server gains
 * nothing by telling a milder one later. Lists are read when a call or a rule asks for what is in them.
 */
export class ToolClasses {
  #lists: (() => readonly ToolElement[])[] = [];
  readonly #known = new Map<string, Known>();
  /** Names by what a careless reader takes them for. */
  readonly #lookalikes = new Map<string, string[]>();

  /** @param list reads the tools that an answer to tools/list has */
  add(list: () => readonly ToolElement[]): void {
    this.#lists.push(list);
    if (this.#lists.length > MOST_UNREAD) this.#read();
  }

  of(name: string, trusting: boolean): Classification {
    if (this.#lists.length > 0) this.#read();
    const known = this.#known.get(name);
    return known ? this.#worstOf(name, known, trusting) : this.#ofLookalikes(name, trusting);
  }

  /** Some server takes `Manage_Things` for the tool `manage_things`, so what is not listed is as bad as what it resembles. */
  #ofLookalikes(name: string, trusting: boolean): Classification {
    let found = classifyName(name);
    if (this.#lookalikes.size === 0) return found;
    for (const lookalike of this.#lookalikes.get(fold(name)) ?? []) {
      const known = this.#known.get(lookalike);
      const other = known && this.#worstOf(lookalike, known, trusting);
      if (other) found = worseOf(found, other);
    }
    return found;
  }

  #worstOf(name: string, known: Known, trusting: boolean): Classification {
    for (const text of known.unread) this.#look(known, text);
    known.unread = [];
    return known.worst.get(trusting) ?? classifyName(name);
  }

  #read(): void {
    for (const list of this.#lists) for (const { name, text } of list()) this.#note(name, text);
    this.#lists = [];
  }

  #note(name: string, text: string): void {
    const known: Known = this.#known.get(name) ?? { unread: [], worst: new Map() };
    if (!this.#known.has(name) && this.#known.size >= MOST_KNOWN) return;
    if (!this.#known.has(name)) this.#noteLookalike(name, fold(name));
    this.#known.set(name, known);
    if (known.unread.at(-1) !== text) known.unread.push(text);
    // Otherwise lists without end would pile up.
    if (known.unread.length <= MOST_UNREAD) return;
    this.#look(known, known.unread.shift() ?? '');
  }

  #noteLookalike(name: string, folded: string): void {
    const lookalikes = this.#lookalikes.get(folded);
    if (lookalikes) lookalikes.push(name);
    else this.#lookalikes.set(folded, [name]);
  }

  #look(known: Known, text: string): void {
    const definition = definitionIn(text);
    if (definition === undefined) return;
    const wary = classify(definition);
    for (const [trusting, found] of [
      [false, wary],
      [true, trustingClass(definition, wary)],
    ] as const) {
      const before = known.worst.get(trusting);
      known.worst.set(trusting, before === undefined ? found : worseOf(before, found));
    }
  }
}

function definitionIn(text: string): ToolDefinition | undefined {
  return toolDefinition(JSON.parse(text));
}
