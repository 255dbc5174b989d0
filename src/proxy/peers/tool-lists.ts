import { isFlaw, scanJson } from '../../core/json/scan.js';
import type { Policy } from '../../core/policy/compile/policy.js';
import { isHidden } from '../../core/policy/decide/decide.js';
import { listedTools, type ToolElement } from '../../core/replies/tool-list.js';
import type { Classification } from '../../core/tools/category.js';
import { digestOf } from '../../platform/digest.js';
import { decoded } from '../streams/bytes.js';
import { ToolClasses } from './tool-classes.js';

/** How many lists (pages) are remembered. */
const MOST_LISTS = 16;
/** What makes a tool what it is: the rest may differ from one list to the next without meaning anything. */
const DEFINING = ['name', 'description', 'inputSchema', 'outputSchema', 'annotations'];

interface List {
  /** The answer to tools/list, as it came: most lists are never looked at again. */
  line: Uint8Array;
  /** The tools as they are written; read when first asked for. */
  listed: readonly ToolElement[] | undefined;
  /** The same by name. */
  tools: ReadonlyMap<string, string> | undefined;
}

/** The tool lists that the client has been told, the latest last. */
export class ToolLists {
  readonly #lists: List[] = [];
  readonly #classes = new ToolClasses();

  add(line: Uint8Array): void {
    const list: List = { line: Uint8Array.from(line), listed: undefined, tools: undefined };
    this.#classes.add(() => listedIn(list));
    this.#lists.push(list);
    if (this.#lists.length > MOST_LISTS) this.#lists.shift();
  }

  names(): string[] {
    return this.#lists.flatMap((list) => [...toolsOf(list).keys()]);
  }

  /** What the tool does, by its name and by all that the client was told of it. */
  classify(name: string, trusting: boolean): Classification {
    return this.#classes.of(name, trusting);
  }

  /** Whether the policy cuts the tool out of lists. */
  isHidden(policy: Policy, name: string): boolean {
    return isHidden(policy, name, (trusting) => this.classify(name, trusting));
  }

  /** The tool as the client was last told it, as JSON text. */
  textOf(name: string): string | undefined {
    return this.#lists.findLast((list) => toolsOf(list).has(name))?.tools?.get(name);
  }

  /** Digest of what makes the tool what it is; undefined when the client was never told of it. */
  definitionOf(name: string): string | undefined {
    const text = this.textOf(name);
    const tool = text === undefined ? undefined : scanJson(text, { keep: 1 });
    if (text === undefined || tool === undefined || isFlaw(tool)) return undefined;
    const parts = DEFINING.map((key) => tool.members?.get(key));
    return digestOf(...parts.map((part) => (part ? text.slice(part.start, part.end) : '')));
  }
}

function toolsOf(list: List): ReadonlyMap<string, string> {
  list.tools ??= new Map(listedIn(list).map(({ name, text }) => [name, text]));
  return list.tools;
}

/** One whose name is there twice is here twice. */
function listedIn(list: List): readonly ToolElement[] {
  list.listed ??= listedTools(decoded(list.line).trimEnd()) ?? [];
  return list.listed;
}
