/** A map of somebody else's policy, of which nothing is known. */
export type Foreign = Readonly<Record<string, unknown>>;

export function isForeign(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function foreignList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

export function foreignText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The keys that are written and not among those that are understood. */
export function unknownKeys(value: Foreign, known: readonly string[]): string[] {
  return Object.keys(value).filter(
    (key) => !known.includes(key) && value[key] !== undefined && value[key] !== null,
  );
}

/** What cannot be said in our words: the part stays strict, and a person is told why. */
export class NotConvertible extends Error {}
