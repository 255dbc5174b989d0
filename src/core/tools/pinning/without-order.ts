/** Deeper values are nobody's; what is there stays as it is. */
const DEEPEST = 100;
/** Longer texts stay as they are: an expression for all of their items has no room for millions. Characters. */
const LONGEST_TEXT = 65_536;

/**
 * A definition in which all that may be a set has one order: lists (JSON Schema 2020-12, validation, 6.1.1 `type`, 6.1.2 `enum`, 6.5.3
 * `required` say nothing by their order, and a default may be a set's), and items in a text that commas, `|`, `and` and `or` separate.
 * Python, Go and Rust write sets in another order each time they start.
 */
export function withoutOrder(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.length > LONGEST_TEXT ? value : value.replace(ITEMS, sortedItems);
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) {
    const items = value.map((each) => withoutOrder(each, depth + 1));
    return items
      .map((item) => ({ item, text: JSON.stringify(item) ?? '' }))
      .sort((one, other) => (one.text < other.text ? -1 : Number(one.text > other.text)))
      .map(({ item }) => item);
  }
  // Keys have an order already: whoever compares writes them sorted.
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([key, each]) => [key, withoutOrder(each, depth + 1)]));
}

const ITEM = String.raw`(?:'[^'\n]{0,80}'|"[^"\n]{0,80}"|\x60[^\x60\n]{0,80}\x60|[\w/:-]{1,80}(?:\.[\w/:-]{1,80}){0,8})`;
const BETWEEN = `(?: ?[,|] ?(?:and |or )?| and | or )`;
const ITEMS = new RegExp(`${ITEM}(?:${BETWEEN}${ITEM})+`, 'g');
const EACH = new RegExp(ITEM, 'g');
const SEPARATORS = /^(?:and|or)$/;

function sortedItems(items: string): string {
  const found = (items.match(EACH) ?? []).filter((item) => !SEPARATORS.test(item));
  return found.sort().join(', ');
}
