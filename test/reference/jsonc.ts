import type { ConfigNode, MapNode, Member } from '../../src/clients/formats/config-text.js';

/** What the reference makes of a text: its nodes and where they are, or nothing if it is not JSON with comments. */
export function readJsoncReference(text: string): MapNode | undefined {
  try {
    const node = new JsoncReference(text).root();
    return node.kind === 'map' ? node : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

class Malformed extends Error {}

const TRIVIA = /(?:[ \t\r\n]|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Written for being obviously right, with one regular expression for each token and one method for each rule. */
class JsoncReference {
  private at = 0;

  constructor(private readonly text: string) {}

  root(): ConfigNode {
    this.take(TRIVIA);
    if (this.at === this.text.length) return { kind: 'map', members: [], ranges: [] };
    const node = this.value();
    this.take(TRIVIA);
    if (this.at < this.text.length) throw new Malformed();
    return node;
  }

  private value(): ConfigNode {
    const start = this.at;
    if (this.take(/\{/y) !== undefined) return this.object(start);
    if (this.take(/\[/y) !== undefined) return this.list(start);
    const string = this.take(STRING);
    if (string !== undefined) return { kind: 'text', value: JSON.parse(string), start, end: this.at };
    return { kind: 'other', value: JSON.parse(this.must(WORD)), start, end: this.at };
  }

  private list(start: number): ConfigNode {
    const items: ConfigNode[] = [];
    this.separated(/\]/y, () => items.push(this.value()));
    return { kind: 'list', items, start, end: this.at };
  }

  private object(start: number): MapNode {
    const members: Member[] = [];
    this.separated(/\}/y, () => members.push(this.member()));
    return { kind: 'map', members, ranges: [{ start, end: this.at }] };
  }

  private member(): Member {
    const start = this.at;
    const key = JSON.parse(this.must(STRING));
    const keys = [{ start, end: this.at }];
    this.take(TRIVIA);
    this.must(/:/y);
    this.take(TRIVIA);
    const value = this.value();
    return { key, keys, value, whole: { start, end: this.at }, commas: true };
  }

  /** Parts with commas between them; one more comma may follow the last. */
  private separated(end: RegExp, part: () => void): void {
    this.take(TRIVIA);
    while (this.take(end) === undefined) {
      part();
      this.take(TRIVIA);
      if (this.take(/,/y) === undefined) {
        this.must(end);
        return;
      }
      this.take(TRIVIA);
    }
  }

  private must(token: RegExp): string {
    const found = this.take(token);
    if (found === undefined) throw new Malformed();
    return found;
  }

  private take(token: RegExp): string | undefined {
    token.lastIndex = this.at;
    const found = token.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
