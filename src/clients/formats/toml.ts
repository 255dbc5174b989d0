import type { MapNode, Member, Range, Syntax } from './config-text.js';
import { type KeyPart, place, TomlScan } from './toml-scan.js';

/** TOML 1.1, as far as it must be known to change texts and lists where they are. */
export const toml: Syntax = {
  read: (text) => new TomlReader(text).read(),
  literal: (value) => JSON.stringify(value).replaceAll('\u007f', '\\u007f'),
  key: (name) => (/^[\w-]+$/.test(name) ? name : toml.literal(name)),
  between: ' = ',
};

/** A table and the header that began it. */
interface Section {
  /** All maps that the header is in, the table itself last. */
  maps: readonly MapNode[];
  start: number;
}

class TomlReader {
  private readonly scan: TomlScan;
  private readonly root: MapNode = { kind: 'map', members: [], ranges: [] };
  /** Tables that had a header of their own. */
  private readonly headed = new Set<MapNode>();
  private section: Section = { maps: [this.root], start: 0 };
  private end = 0;

  constructor(text: string) {
    this.scan = new TomlScan(text);
  }

  read(): MapNode {
    this.scan.deep(() => this.lines());
    this.close();
    return this.root;
  }

  private lines(): void {
    const { scan } = this;
    for (scan.skip(); scan.at < scan.text.length; scan.skip()) {
      const start = scan.at;
      if (scan.take(/\[/y)) this.header(start);
      else this.pair(start);
      this.end = scan.at;
      scan.take(/[ \t]*(?:#[^\n]*)?/y);
      if (scan.at < scan.text.length && !scan.take(/\r?\n/y)) scan.fail('the line does not end here');
    }
  }

  private pair(start: number): void {
    const { scan } = this;
    const parts = scan.keyPath();
    if (!scan.take(/=[ \t]*/y)) scan.fail("'=' is missing");
    const value = scan.value();
    const members = this.section.maps.at(-1)?.members as Member[];
    place({ members, parts, value, whole: { start, end: scan.at }, commas: false }, scan);
  }

  private header(start: number): void {
    const { scan } = this;
    this.close();
    const several = scan.take(/\[/y) !== undefined;
    const parts = scan.keyPath();
    if (!scan.take(several ? /\]\]/y : /\]/y)) scan.fail("']' is missing");
    this.section = { maps: this.mapsTo(parts, several), start };
  }

  /** The part of the text that ends here belongs to the table, and to all that it is in. */
  private close(): void {
    const { maps, start } = this.section;
    if (maps.length > 1) for (const map of maps) (map.ranges as Range[]).push({ start, end: this.end });
  }

  private mapsTo(parts: readonly KeyPart[], several: boolean): MapNode[] {
    const maps = [this.root];
    for (const [index, part] of parts.entries())
      maps.push(this.step(maps.at(-1) ?? this.root, part, index === parts.length - 1, several));
    return maps;
  }

  private step(map: MapNode, { name, ...range }: KeyPart, last: boolean, several: boolean): MapNode {
    const members = map.members as Member[];
    const known = members.find((member) => member.key === name);
    const table: MapNode = { kind: 'map', members: [], ranges: [] };
    if (known === undefined) {
      const value = last && several ? { kind: 'list' as const, items: [table], ...range } : table;
      members.push({ key: name, keys: [range], value, whole: undefined, commas: false });
      if (last) this.headed.add(table);
      return table;
    }
    (known.keys as Range[]).push(range);
    const { value, whole } = known;
    if (whole) return this.scan.fail(`'${name}' is there twice`, range.start);
    if (value.kind === 'list') {
      if (last && several) (value.items as MapNode[]).push(table);
      const latest = value.items.at(-1);
      if (latest?.kind === 'map' && (!last || several)) return latest;
    }
    const isDefined = this.headed.has(value as MapNode) || this.scan.dotted.has(value);
    if (value.kind !== 'map' || (last && (several || isDefined)))
      return this.scan.fail(`'${name}' is there twice`, range.start);
    if (last) this.headed.add(value);
    return value;
  }
}
