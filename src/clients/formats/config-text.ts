import { UserError } from '../../platform/user-error.js';

/** A part of a text: from `start` up to `end`, counted in UTF-16 code units. */
export interface Range {
  start: number;
  end: number;
}

/** What is put in the place of a part of a text. */
export interface Splice extends Range {
  text: string;
}

/** A value in a config file and where it is written. */
export type ConfigNode = TextNode | ListNode | MapNode | OtherNode;

export interface TextNode extends Range {
  kind: 'text';
  value: string;
}

export interface ListNode extends Range {
  kind: 'list';
  items: readonly ConfigNode[];
}

export interface MapNode {
  kind: 'map';
  members: readonly Member[];
  /** All parts of the text that belong to it, in order: one in JSON, one for each table in TOML. */
  ranges: readonly Range[];
}

/** A number, a date, true, false or null. */
export interface OtherNode extends Range {
  kind: 'other';
  value: unknown;
}

export interface Member {
  key: string;
  /** Every place where the key is written: TOML repeats it for each table below it. */
  keys: readonly Range[];
  value: ConfigNode;
  /** From the key to the value; undefined for what TOML writes as tables. */
  whole: Range | undefined;
  /** Whether commas part it from its neighbours; otherwise it has a line of its own. */
  commas: boolean;
}

/** How one format is read and written. */
export interface Syntax {
  /** @throws {ConfigError} */
  read(text: string): MapNode;
  /** A text as a value. */
  literal(value: string): string;
  /** A name as a key. */
  key(name: string): string;
  /** What is between key and value when nothing else is known. */
  between: string;
}

/** Why a config file cannot be read: what is wrong with it, and where. Who knows the file names it. */
export class ConfigError extends UserError {
  constructor(
    message: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }

  /** What is wrong, and where. */
  get sentence(): string {
    return this.line === undefined ? this.message : `${this.message} (line ${this.line}:${this.column})`;
  }
}

/** The error at a place of a text. */
export function errorAt(message: string, text: string, offset: number): ConfigError {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return new ConfigError(message, line, offset - before.lastIndexOf('\n'));
}

/** The member of that name. */
export function memberOf(map: MapNode, key: string): Member | undefined {
  return map.members.find((member) => member.key === key);
}

/** The text with all of them done. They must not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, text: put } of byPosition(splices)) {
    if (start < done) throw new Error('two changes of a config file overlap');
    result += text.slice(done, start) + put;
    done = end;
  }
  return result + text.slice(done);
}

/** The changes that undo these, for the text that they lead to. */
export function inverseOf(text: string, splices: readonly Splice[]): Splice[] {
  let shift = 0;
  return byPosition(splices).map(({ start, end, text: put }) => {
    const from = start + shift;
    shift += put.length - (end - start);
    return { start: from, end: from + put.length, text: text.slice(start, end) };
  });
}

export function byPosition<Part extends Range>(parts: readonly Part[]): Part[] {
  return [...parts].sort((one, other) => one.start - other.start || one.end - other.end);
}
