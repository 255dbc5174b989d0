import type { CelFunc } from '@bufbuild/cel';

/** The type of a part of an expression as far as it is known before any call: `dyn` when it is not, `number` for int or double. */
export type KnownType = string;

/** The variables of an expression. */
export const VARIABLE_TYPES: Readonly<Record<string, KnownType>> = {
  args: 'map',
  tool: 'record',
  server: 'string',
  client: 'record',
  session: 'record',
  now: 'timestamp',
};
/** What is known of the variables that have fixed fields. */
export const FIELD_TYPES: Readonly<Record<string, Readonly<Record<string, KnownType>>>> = {
  tool: { name: 'string', category: 'string', risk: 'string', marks: 'list' },
  client: { name: 'string', version: 'string' },
  session: { calls: 'int' },
};

/** Identifiers that CEL itself gives a meaning: the names of its types. */
export const TYPE_NAMES = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);
/** Operators that the planner knows and the table of functions does not. */
export const BUILT_IN: Readonly<Record<string, KnownType>> = {
  '_&&_': 'bool',
  '_||_': 'bool',
  '_?_:_': 'dyn',
  '_[_]': 'dyn',
  '@not_strictly_false': 'bool',
};

/** Whether a value of the given type may be used where the wanted one is needed, as far as that is known. */
export function fits(given: KnownType | undefined, wanted: string | undefined): boolean {
  if (given === undefined || wanted === undefined) return given === wanted;
  const base = baseName(wanted);
  if (given === 'number') return base === 'dyn' || base === 'int' || base === 'double';
  return given === 'dyn' || base === 'dyn' || base === given || (base === 'map' && given === 'record');
}

/** `list(dyn)` is a list, `google.protobuf.Timestamp` a timestamp. */
export function baseName(name: string): KnownType {
  return name
    .replace(/\(.*$/, '')
    .replace('google.protobuf.Timestamp', 'timestamp')
    .replace('google.protobuf.Duration', 'duration');
}

/** The type in words: `an integer`. */
export function article(known: KnownType): string {
  const words: Record<string, string> = {
    null_type: 'null',
    int: 'an integer',
    bool: 'a boolean',
    double: 'a decimal number',
    dyn: 'any value',
    record: 'a map',
  };
  return words[known] ?? `a ${known}`;
}

/** How a function is called, by its name. Operators can only be given other types. */
export function usage(name: string, [first]: readonly CelFunc[]): string {
  if (name === '@in') return 'write `x in ["one", "other"]`; for a part of a string write x.contains("part")';
  if (!/^[a-z]/i.test(name)) return 'convert one of them, such as with int(…), double(…) or string(…)';
  const args = first?.arguments.map((wanted) => baseName(wanted.name)).join(', ') ?? '';
  return `it is written ${first?.target ? `a_${baseName(first.target.name)}.` : ''}${name}(${args})`;
}
