import { type CelMap, isCelList, isCelMap, isCelType, isCelUint } from '@bufbuild/cel';

/** What a value of an expression is, in words for messages. */
export type Kind =
  | 'null'
  | 'a string'
  | 'a boolean'
  | 'a whole number'
  | 'a decimal number'
  | 'a list'
  | 'a map'
  | 'a type'
  | 'a value of its own kind';

export function kindOfValue(value: unknown): Kind {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return 'a boolean';
  if (typeof value === 'bigint' || isCelUint(value)) return 'a whole number';
  if (typeof value === 'number') return 'a decimal number';
  if (isCelList(value) || Array.isArray(value)) return 'a list';
  if (isCelMap(value) || value instanceof Map) return 'a map';
  return isCelType(value) ? 'a type' : 'a value of its own kind';
}

/** The same where all numbers are of one kind. */
export function looseKindOf(value: unknown): string {
  return looseKind(kindOfValue(value));
}

export function looseKind(kind: Kind): string {
  return kind === 'a whole number' || kind === 'a decimal number' ? 'a number' : kind;
}

/** Whether a map has a member of that name. For the library one that is null is missing, and one that it cannot read a failure. */
export function hasMember(map: CelMap, name: Parameters<CelMap['get']>[0]): boolean {
  try {
    return map.get(name) !== undefined;
  } catch {
    return true;
  }
}
