import { suggest } from '../../../text/did-you-mean.js';

/** Words of other languages, and what CEL has in their place. */
type Words = Readonly<Record<string, string>>;

const CASE = 'CEL does not change case; compare without regard to it by `.matches("(?i)^text$")`';
const CONTAINS = 'for a part of a string write x.contains("part"), for an element of a list `"element" in x`';
const MATCHES = 'write x.matches("…")';
const HAS = 'write has(args.x)';
const EMPTY = 'write size(x) == 0';
const ANY = 'write list.exists(x, x == 1)';
const NONE =
  'CEL has none; strings are compared with ==, startsWith(), endsWith(), contains() and matches(), paths with within()';
const KEYS = 'a loop over a map goes over its keys, as in args.exists(key, key == "x")';
const NUMBER = 'write int(x) or double(x)';

const FUNCTIONS: Words = {
  len: 'write size(x)',
  length: 'write size(x)',
  count: 'write size(x)',
  strlen: 'write size(x)',
  tolowercase: CASE,
  tolower: CASE,
  lower: CASE,
  lowerascii: CASE,
  touppercase: CASE,
  toupper: CASE,
  upper: CASE,
  upperascii: CASE,
  includes: CONTAINS,
  indexof: CONTAINS,
  index: CONTAINS,
  find: CONTAINS,
  test: MATCHES,
  match: MATCHES,
  search: MATCHES,
  regex: MATCHES,
  regexp: MATCHES,
  exists: `${HAS} for an argument, and list.exists(x, x == 1) for an element`,
  defined: HAS,
  isset: HAS,
  isdefined: HAS,
  hasownproperty: `${HAS}, or \`"x-y" in args\` for other names`,
  haskey: `${HAS}, or \`"x-y" in args\` for other names`,
  containskey: `${HAS}, or \`"x-y" in args\` for other names`,
  get: 'write args.x, or has(args.x) && … where it may be missing',
  isempty: EMPTY,
  empty: EMPTY,
  some: ANY,
  any: ANY,
  every: 'write list.all(x, x == 1)',
  not: 'write !(…)',
  and: 'join conditions with &&',
  or: 'join conditions with ||',
  oneof: 'write `x in ["one", "other"]`',
  isin: 'write `x in ["one", "other"]`',
  tostring: 'write string(x)',
  str: 'write string(x)',
  number: NUMBER,
  parseint: NUMBER,
  parsefloat: NUMBER,
  tonumber: NUMBER,
  float: NUMBER,
  typeof: 'write type(x) == string',
  keys: KEYS,
  values: KEYS,
  entries: KEYS,
  trim: NONE,
  strip: NONE,
  replace: NONE,
  split: NONE,
  substring: NONE,
  substr: NONE,
  slice: NONE,
  basename: NONE,
  dirname: NONE,
  normalize: NONE,
  realpath: NONE,
};

const MISSING = 'write null, or `!has(args.x)` for an argument that is missing';
const ARGS = 'the arguments are `args`, as in args.x';

const VARIABLES: Words = {
  undefined: MISSING,
  none: MISSING,
  nil: MISSING,
  null: MISSING,
  true: 'write true',
  false: 'write false',
  arguments: ARGS,
  params: ARGS,
  parameters: ARGS,
  input: ARGS,
  toolname: 'write tool.name',
  tool_name: 'write tool.name',
};

/**
 * What to write in place of a function that there is not.
 * @param known names of those that there are, operators among them
 */
export function functionHelp(name: string, known: readonly string[]): string {
  const word = name.toLowerCase().replaceAll('_', '');
  if (Object.hasOwn(FUNCTIONS, word)) return String(FUNCTIONS[word]);
  const names = new Set(known.filter((each) => /^[a-z]/i.test(each)));
  const close = suggest(name, [...names]);
  return close ? `did you mean '${close}'?` : 'available: the CEL functions, within(), host() and glob()';
}

/** What to write in place of a name that is no variable; undefined where that is not known. */
export function foreignVariable(name: string): string | undefined {
  const word = name.toLowerCase();
  return Object.hasOwn(VARIABLES, word) ? VARIABLES[word] : undefined;
}

/** What to write in place of a member of what has none; undefined where that is not known. */
export function foreignMember(name: string): string | undefined {
  return /^(?:length|size|count)$/i.test(name) ? 'write size(x)' : undefined;
}
