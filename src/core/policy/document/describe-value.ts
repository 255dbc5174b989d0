/** The way to a value of a document: keys, and numbers of list elements. */
export type Path = readonly (string | number)[];

/** The last key of a path, without the numbers of list elements. */
export function nameOf(path: Path): string {
  const last = path.findLast((part) => typeof part === 'string');
  return last === undefined ? 'the policy' : String(last);
}

/** The value at a path; undefined where there is none. */
export function valueAtPath(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    document,
  );
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? `the string '${value}'` : String(value);
}

/** A value within a sentence. What has parts is only named: its own `toString` may be anything. */
export function describeValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? kindOf(value) : String(value);
}

/** What the schema expects, in words. */
export function kindName(expected: string): string {
  const names: Record<string, string> = {
    object: 'a map',
    array: 'a list',
    string: 'a string',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    record: 'a map',
  };
  return names[expected] ?? `a ${expected}`;
}
