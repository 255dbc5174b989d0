import type { Member, Range, Splice, Syntax } from '../formats/config-text.js';
import type { TextList } from './entry.js';

/** Writes members and items as their neighbours are written. */
export class EntryWriter {
  constructor(
    private readonly text: string,
    private readonly syntax: Syntax,
  ) {}

  /** What is there. */
  at({ start, end }: Range): string {
    return this.text.slice(start, end);
  }

  literal(value: string): string {
    return this.syntax.literal(value);
  }

  key(name: string): string {
    return this.syntax.key(name);
  }

  /** A list on one line. `raw` are values as they are written. */
  list(raw: readonly string[]): string {
    return `[${raw.join(', ')}]`;
  }

  /** A member with a value as it is written, spaced as its neighbour. */
  member(neighbour: Member, name: string, raw: string): string {
    const { whole = { start: 0, end: 0 }, keys, value } = neighbour;
    const key = keys[0] ?? whole;
    const between = value.kind === 'map' ? '' : this.text.slice(key.end, value.start);
    const prefix = this.text.slice(whole.start, key.start);
    return `${prefix}${this.key(name)}${/^[ \t]*[:=][ \t]*$/.test(between) ? between : this.syntax.between}${raw}`;
  }

  /** What parts two members that are laid out as this one is. */
  glue({ whole = { start: 0, end: 0 }, commas }: Member): string {
    const lineStart = this.text.lastIndexOf('\n', whole.start - 1) + 1;
    const indent = this.text.slice(lineStart, whole.start);
    if (/\S/.test(indent)) return commas ? ', ' : this.eol;
    return `${commas ? ',' : ''}${lineStart === 0 && commas ? ' ' : `${this.eol}${indent}`}`;
  }

  /** Puts a written member after another. A comment on its line stays with it. */
  after(member: Member, written: string): Splice {
    const { end } = member.whole ?? { end: 0 };
    const lineEnd = /\r?\n|$/g;
    lineEnd.lastIndex = end;
    const at = member.commas ? end : (lineEnd.exec(this.text)?.index ?? end);
    return { start: at, end: at, text: this.glue(member) + written };
  }

  /** Puts items, as they are written, in front of all others of a list. */
  prepend({ start, items }: TextList, raw: readonly string[]): Splice {
    const [first] = items;
    if (first === undefined) return { start: start + 1, end: start + 1, text: raw.join(', ') };
    const glue = this.#glueOf(start, first);
    return { start: first.start, end: first.start, text: raw.map((item) => item + glue).join('') };
  }

  /** Puts other items, as they are written, in the place of the first ones of a list. */
  replaceFirst({ start, items }: TextList, count: number, raw: readonly string[]): Splice {
    const [first] = items;
    const last = items[count - 1];
    if (first === undefined || last === undefined) throw new Error('there are no such items');
    return { start: first.start, end: last.end, text: raw.join(this.#glueOf(start, first)) };
  }

  /** Puts one item, as it is written, in front of another of a list. */
  insertBefore({ start, items }: TextList, item: Range, raw: string): Splice {
    return { start: item.start, end: item.start, text: raw + this.#glueOf(start, items[0] ?? item) };
  }

  /** What parts the items of a list that begins so. */
  #glueOf(start: number, first: Range): string {
    const lead = this.text.slice(start + 1, first.start);
    return /^\s*$/.test(lead) && lead.includes('\n') ? `,${lead}` : ', ';
  }

  /** Takes the first items out of a list. */
  behead({ start, end, items }: TextList, count: number): Splice {
    const next = items[count];
    const first = items[0]?.start ?? start + 1;
    if (next) return { start: first, end: next.start, text: '' };
    const last = items[count - 1]?.end ?? first;
    const comma = /^\s*,/.exec(this.text.slice(last, end - 1))?.[0].length ?? 0;
    return { start: first, end: last + comma, text: '' };
  }

  private get eol(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }
}
