import { isFlaw, scanJson } from '../../core/json/scan.js';
import type { Layer, Policy } from '../../core/policy/compile/policy.js';
import { isHidden } from '../../core/policy/decide/decide.js';
import type { Classification } from '../../core/tools/category.js';
import type { ListedElement } from '../../core/tools/listing/element.js';
import { oddities } from '../../core/tools/listing/oddities.js';
import { readToolList, type ToolListReading } from '../../core/tools/listing/read-list.js';
import { digestOfAll } from '../../platform/digest.js';
import { bufferOf, decoded } from '../streams/bytes.js';
import { answerId, isSameButId } from './answer-id.js';
import { PinnedTools } from './pinned-tools.js';
import { ToolClasses } from './tool-classes.js';

/** How many lists (pages) are remembered. */
const MOST_LISTS = 16;
/** All that is kept of them, so that a server cannot fill the memory. Bytes. */
const MOST_KEPT = 64 * 1024 * 1024;
/** A longer one is not kept: nobody knows then what it has. Bytes. */
const LONGEST_KEPT = 16 * 1024 * 1024;
const TOO_LONG: ToolListReading = {
  elements: [],
  cacheScopes: [],
  flaw: `it has more than ${LONGEST_KEPT / 1024 / 1024} MB`,
  complete: false,
};
/** What makes a tool what it is: the rest may differ from one list to the next without meaning anything. */
const DEFINING = ['name', 'description', 'inputSchema', 'outputSchema', 'annotations'];
/** Longer lists are read when something depends on them; those of nearly all servers take less than a millisecond. Bytes. */
const READ_AT_ONCE = 256 * 1024;
/** Each is told once. */
const MOST_NOTES = 100;

interface List {
  /** The answer to tools/list, as it came. */
  line: Uint8Array;
  /** What it has; read when first asked for. */
  reading: ToolListReading | undefined;
  /** The tools by all names that they may have. */
  tools: ReadonlyMap<string, readonly ListedElement[]> | undefined;
}

function listOf(line: Uint8Array): List {
  if (line.length > LONGEST_KEPT) return { line: new Uint8Array(), reading: TOO_LONG, tools: undefined };
  return { line: new Uint8Array(line), reading: undefined, tools: undefined };
}

/** The tool lists that the client has been told, the latest last. */
export class ToolLists {
  readonly #lists: List[] = [];
  readonly #classes = new ToolClasses();
  readonly #pinned: PinnedTools;
  readonly #told = new Set<string>();
  /** Differs for any two states of what the client was told. */
  version = 0;
  /** How often a lock was asked, which may say something else the next time. */
  lockUses = 0;

  /**
   * @param server its id
   * @param tell says to a person what is odd about a list
   */
  constructor(
    server: string,
    private readonly tell: (note: string) => void,
  ) {
    this.#pinned = new PinnedTools(server, this.#classes);
  }

  /** Returns whether it is the latest one again, but for the id of the answer. */
  add(line: Uint8Array): boolean {
    const last = this.#lists.at(-1);
    if (last && (isSameButId(line, last.line) || bufferOf(line).equals(last.line))) return true;
    const list = listOf(line);
    this.#classes.add(() => this.#readingOf(list));
    // It may have any tool, and define it anew: what was known before no longer holds.
    if (list.reading === TOO_LONG) this.#lists.length = 0;
    this.#lists.push(list);
    this.version++;
    while (this.#lists.length > MOST_LISTS || this.#kept() > MOST_KEPT) this.#lists.shift();
    // After the client has it, so that what is odd does not stay unsaid until a call comes.
    if (line.length <= READ_AT_ONCE) setImmediate(() => this.#readingOf(list));
    return false;
  }

  #kept(): number {
    return this.#lists.reduce((sum, { line }) => sum + line.length, 0);
  }

  /** The id of an answer that is the latest list again, as it is written; undefined for all else. */
  idOfLatest(line: Uint8Array): string | undefined {
    const last = this.#lists.at(-1);
    const id = last && isSameButId(line, last.line) ? answerId(line) : undefined;
    return id && bufferOf(line).toString('latin1', id.start, id.end);
  }

  /** What the list has that was added last. */
  latest(): ToolListReading | undefined {
    const last = this.#lists.at(-1);
    return last && this.#readingOf(last);
  }

  /** Says something about the lists to a person, who need not hear it with each of them. */
  tellOnce(note: string): void {
    if (this.#told.has(note) || this.#told.size >= MOST_NOTES) return;
    this.#told.add(note);
    this.tell(note);
  }

  names(): string[] {
    return this.#lists.flatMap((list) => [...this.#toolsOf(list).keys()]);
  }

  /** What the tool does, by its name and by all that the client was told of it. */
  classify(name: string, trusting: boolean): Classification {
    return this.#classes.of(name, trusting);
  }

  /** Whether the policy cuts the tool out of lists. */
  isHidden(policy: Policy, name: string): boolean {
    return isHidden(
      policy,
      name,
      (trusting) => this.classify(name, trusting),
      (layer) => this.hasWorsened(name, layer),
    );
  }

  /** Whether the tool looks worse than when somebody last looked at what its server lists; see `Call.hasWorsened`. */
  hasWorsened(name: string, layer: Layer): boolean {
    this.lockUses++;
    return this.#pinned.hasWorsened(name, layer);
  }

  /** Says which tools of the latest list look worse than the policy takes them for. */
  tellOfPinned(policy: Policy): void {
    const names = new Set(this.latest()?.elements.flatMap((element) => element.names));
    for (const name of names) for (const note of this.#pinned.notes(name, policy)) this.tellOnce(note);
  }

  /** The tool as the client was last told it, as JSON text. */
  textOf(name: string): string | undefined {
    return this.#latestOf(name)?.at(-1)?.text;
  }

  /** Digest of what makes the tool what it is; undefined when the client was never told of it. */
  definitionOf(name: string): string | undefined {
    const elements = this.#latestOf(name);
    return elements && digestOfAll(elements.flatMap(definingParts));
  }

  /** All that the latest list with the tool has of it. */
  #latestOf(name: string): readonly ListedElement[] | undefined {
    const list = this.#lists.findLast((each) => this.#toolsOf(each).has(name));
    return list && this.#toolsOf(list).get(name);
  }

  #toolsOf(list: List): ReadonlyMap<string, readonly ListedElement[]> {
    list.tools ??= byName(this.#readingOf(list).elements);
    return list.tools;
  }

  #readingOf(list: List): ToolListReading {
    if (list.reading) return list.reading;
    list.reading = readToolList(decoded(list.line).trimEnd());
    for (const note of oddities(list.reading)) this.tellOnce(note);
    return list.reading;
  }
}

/** Whether a policy says of some tool itself what it does. */
export function writesCategories({ layers }: Policy): boolean {
  const entries = layers.flatMap(({ sections }) =>
    sections.flatMap(({ tools: { exact, globs } }) => [...exact.values(), ...globs]),
  );
  return entries.some(({ category }) => category !== undefined);
}

/** One whose name is there twice is here twice. */
function byName(elements: readonly ListedElement[]): Map<string, ListedElement[]> {
  const tools = new Map<string, ListedElement[]>();
  for (const element of elements)
    for (const name of element.names) {
      const same = tools.get(name);
      if (same) same.push(element);
      else tools.set(name, [element]);
    }
  return tools;
}

/** All of a definition that has no single reading: nobody knows which of its parts clients go by. */
function definingParts({ text, flaw }: ListedElement): string[] {
  const tool = scanJson(text, { keep: 1 });
  if (flaw !== undefined || isFlaw(tool)) return [text];
  const parts = DEFINING.map((key) => tool.members?.get(key));
  return parts.map((part) => (part ? text.slice(part.start, part.end) : ''));
}
