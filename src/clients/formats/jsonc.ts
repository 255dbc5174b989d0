import { type ConfigNode, errorAt, type MapNode, type Member, type Syntax } from './config-text.js';
import { TextScan } from './text-scan.js';

/** JSON as the clients read it: with comments and trailing commas. */
export const jsonc: Syntax = {
  read: (text) => new JsoncScan(text).root(),
  literal: (value) => JSON.stringify(value),
  key: (name) => JSON.stringify(name),
  between: ': ',
};

/** Written here since what is needed of it is small: where the values stand. */
class JsoncScan extends TextScan {
  protected readonly language = 'JSON';

  /** An empty text says nothing. */
  root(): MapNode {
    this.skip();
    if (this.at === this.text.length) return { kind: 'map', members: [], ranges: [] };
    const node = this.deep(() => this.value());
    this.skip();
    if (this.at < this.text.length) this.fail('there is something behind its end');
    if (node.kind !== 'map') throw errorAt('it holds no object', this.text, 0);
    return node;
  }

  private skip(): void {
    this.take(/(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y);
  }

  private value(): ConfigNode {
    const start = this.at;
    const text = this.string();
    if (text !== undefined) return { kind: 'text', value: text, start, end: this.at };
    if (this.take(/\{/y)) return this.object(start);
    if (this.take(/\[/y)) {
      const items: ConfigNode[] = [];
      this.each(/\]/y, () => items.push(this.value()));
      return { kind: 'list', items, start, end: this.at };
    }
    const word = this.take(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (word === undefined) this.fail('a value is missing');
    return { kind: 'other', value: JSON.parse(word), start, end: this.at };
  }

  private object(start: number): MapNode {
    const members: Member[] = [];
    this.each(/\}/y, () => {
      const from = this.at;
      const key = this.string() ?? this.fail('a name is missing');
      const keys = [{ start: from, end: this.at }];
      this.skip();
      if (!this.take(/:/y)) this.fail('a colon is missing');
      this.skip();
      const value = this.value();
      members.push({ key, keys, value, whole: { start: from, end: this.at }, commas: true });
    });
    return { kind: 'map', members, ranges: [{ start, end: this.at }] };
  }

  private each(end: RegExp, next: () => void): void {
    for (this.skip(); !this.take(end); this.skip()) {
      next();
      this.skip();
      if (!this.take(/,/y) && !this.sees(end)) this.fail('a comma is missing');
    }
  }

  private string(): string | undefined {
    const start = this.at;
    const raw = this.take(/"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y);
    try {
      return raw === undefined ? undefined : JSON.parse(raw);
    } catch {
      return this.fail('a text is not written as it must be', start);
    }
  }
}
