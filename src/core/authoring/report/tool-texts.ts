import { isRecord } from '../../json/is-record.js';

/** A text that a model reads when it is told of a tool. */
export interface ToolText {
  /** Where it is: `description`, `inputSchema/properties/path/description`. */
  where: string;
  text: string;
}

const DEEPEST = 24;
/** Values that are looked at, and characters of one text. */
const MOST_VALUES = 20_000;
const LONGEST = 200_000;

/** All texts of an element of `tools/list`, keys of maps among them: models are given all of it. */
export function textsOf(raw: unknown): ToolText[] {
  const texts: ToolText[] = [];
  let left = MOST_VALUES;
  const add = (value: unknown, where: readonly string[], depth: number): void => {
    if (left-- <= 0 || depth > DEEPEST) return;
    if (typeof value === 'string') texts.push({ where: where.join('/'), text: value.slice(0, LONGEST) });
    else if (Array.isArray(value)) for (const each of value) add(each, where, depth + 1);
    else if (isRecord(value))
      for (const [key, each] of Object.entries(value)) {
        if (left <= 0) return;
        if (!/^[\w$.-]*$/.test(key)) texts.push({ where: [...where, 'a key'].join('/'), text: key });
        add(each, [...where, key], depth + 1);
      }
  };
  add(raw, [], 0);
  return texts;
}
