import type { Policy } from '../../core/policy/compile/policy.js';
import { cutTools } from '../../core/replies/tool-list.js';
import { counted } from '../../core/text/plural.js';
import type { ToolListReading } from '../../core/tools/listing/read-list.js';
import { answerId } from '../peers/answer-id.js';
import type { ToolLists } from '../peers/tool-lists.js';
import { bufferOf, decoded } from '../streams/bytes.js';

/** A list as the client gets it: the line as it came, another line, or why it has to be kept back. */
export type VisibleList = 'as it came' | Buffer | { flaw: string };

/** Longer answers are made each time. Bytes. */
const LONGEST_KEPT = 8 * 1024 * 1024;

/** What the latest list led to. */
interface Kept {
  policy: Policy;
  /** `ToolLists.version` */
  lists: number;
  /** What is after or before the id in the answer; undefined for a line that passes as it came. */
  rest: Buffer | undefined;
}

/** Lists of tools without those that the policy hides. Clients ask again and again for a list that has not changed. */
export class VisibleLists {
  #kept: Kept | undefined;

  constructor(private readonly toolLists: ToolLists) {}

  /**
   * The list that was added last, as the client gets it.
   * @param line the answer with it
   * @param isKnown whether it is the one before it but for the id
   */
  of(policy: Policy, line: Uint8Array, isKnown: boolean): VisibleList {
    const kept = isKnown ? this.#kept : undefined;
    if (kept?.policy === policy && kept.lists === this.toolLists.version) {
      const again = withIdOf(line, kept.rest);
      if (again) return again;
    }
    // Another id may have moved everything: what was read of the line before says nothing of places in this one.
    return this.#cut(policy, line, isKnown ? undefined : this.toolLists.latest());
  }

  #cut(policy: Policy, line: Uint8Array, reading: ToolListReading | undefined): VisibleList {
    const { toolLists } = this;
    this.#kept = undefined;
    const { lockUses } = toolLists;
    const text = decoded(line).trimEnd();
    const cut = cutTools(text, (name) => toolLists.isHidden(policy, name), reading);
    if ('flaw' in cut) return cut;
    if (cut.unread > 0)
      toolLists.tellOnce(
        `${counted(cut.unread, 'element')} of the server's tool list cannot be read and went out of it, since the policy hides tools`,
      );
    // Bytes that are not UTF-8 may be read as anything, quotes too: what was read of them is passed on.
    const passes = cut.text === text && !text.includes('\ufffd');
    const answer = passes ? undefined : Buffer.from(`${cut.text}\n`);
    // What locks say may change at any time.
    if (lockUses === toolLists.lockUses) this.#keep(policy, line, answer);
    return answer ?? 'as it came';
  }

  #keep(policy: Policy, line: Uint8Array, answer: Buffer | undefined): void {
    const lists = this.toolLists.version;
    if (answer === undefined) this.#kept = { policy, lists, rest: undefined };
    else if (answer.length <= LONGEST_KEPT) {
      const rest = withoutIdOf(line, answer);
      if (rest) this.#kept = { policy, lists, rest };
    }
  }
}

/** What is left of the answer behind the id, or before it; undefined where it does not have the end of the line with it. */
function withoutIdOf(line: Uint8Array, answer: Buffer): Buffer | undefined {
  const id = answerId(line);
  if (id === undefined) return undefined;
  if (id.leads) {
    const head = bufferOf(line.subarray(0, id.end));
    return head.equals(answer.subarray(0, id.end)) ? answer.subarray(id.end) : undefined;
  }
  const tail = bufferOf(line.subarray(id.start));
  const at = answer.length - tail.length;
  return at > 0 && tail.equals(answer.subarray(at)) ? answer.subarray(0, at) : undefined;
}

function withIdOf(line: Uint8Array, rest: Buffer | undefined): VisibleList | undefined {
  if (rest === undefined) return 'as it came';
  const id = answerId(line);
  if (id === undefined) return undefined;
  return id.leads
    ? Buffer.concat([line.subarray(0, id.end), rest])
    : Buffer.concat([rest, line.subarray(id.start)]);
}
