import { type CelValue, isCelList, isCelMap } from '@bufbuild/cel';

/** Steps for one character of a text, by what a function does with it: measured, and rounded up. */
const BY_CHARACTER: Readonly<Record<string, number>> = { size: 1 / 16, within: 1 / 16, host: 1 / 16 };
const OTHER_FUNCTIONS = 1 / 64;
/** Steps for one character of the text and one instruction of the regular expression. */
const BY_INSTRUCTION = 1 / 25;
/** What a clock in a named zone shows takes a tenth of a millisecond to find out. */
const ZONE = 200;
/** Steps for making a regular expression, by what is in it. A Unicode class is a table of hundreds of ranges. */
const MAKING = { least: 20, character: 10, unicodeClass: 250, instruction: 1 };
/** Steps for a key that is folded: at least, for one of its characters, and for one of those that are compared and not ASCII. */
const KEY = { least: 1, character: 1 / 16, compared: 1 };
/** Characters of a key that are counted as compared. */
const COMPARED = 1_024;
/** An element that a list is searched for, or that a list is compared with. */
const BY_ELEMENT = 1 / 4;

/** What the call of a function costs before it is carried out, in steps, but for what is inside of lists and maps. */
export function priceOf(name: string, target: CelValue | undefined, args: readonly CelValue[]): number {
  if (name === 'matches') return 1 + matching(target, args[0]);
  if (name === 'glob') return 1 + globbing(args[0], args[1]);
  let price = isInZone(name, args) ? ZONE : 1;
  const rate = BY_CHARACTER[name] ?? OTHER_FUNCTIONS;
  if (target !== undefined) price += sizeOf(target) * rate;
  for (const argument of args) price += sizeOf(argument) * rate;
  return price;
}

/** What a loop over a list or map costs before its first element, where `weight` is what it does with each. */
export function priceOfLoop(range: CelValue, weight: CelValue | undefined): number {
  return (isCelList(range) || isCelMap(range) ? range.size : 0) * Number(weight);
}

/** What it costs to fold a key of the arguments. */
export function priceOfKey(key: string): number {
  const compared = key.slice(0, COMPARED).match(/[^\0-\x7f]/g)?.length ?? 0;
  return KEY.least + key.length * KEY.character + compared * KEY.compared;
}

/** What it costs to look at so many elements. */
export function priceOfElements(elements: number): number {
  return elements * BY_ELEMENT;
}

function isInZone(name: string, args: readonly CelValue[]): boolean {
  return args.length === 1 && /^get[A-Z]/.test(name);
}

/** What it costs to make a regular expression, before it is tried on any text. */
export function priceOfPattern(pattern: string): number {
  const { least, character, unicodeClass, instruction } = MAKING;
  const classes = pattern.match(/\\p/gi)?.length ?? 0;
  return least + pattern.length * character + classes * unicodeClass + instructionsOf(pattern) * instruction;
}

function sizeOf(value: CelValue): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
}

function matching(text: CelValue | undefined, pattern: CelValue | undefined): number {
  if (typeof text !== 'string' || typeof pattern !== 'string') return 0;
  return (text.length + 1) * instructionsOf(pattern) * BY_INSTRUCTION;
}

/** About as many instructions as the expression has characters, where what is repeated a number of times is written out. */
function instructionsOf(pattern: string): number {
  let instructions = pattern.length;
  for (const [, group, least, most] of pattern.matchAll(/(\))?\{(\d{1,4})(?:,(\d{0,4}))?\}/g))
    instructions += Number(most || least) * (group ? pattern.length : 1);
  return instructions;
}

/** Each star can make the rest of the text be looked at from one more place on. */
function globbing(text: CelValue | undefined, glob: CelValue | undefined): number {
  if (typeof text !== 'string' || typeof glob !== 'string') return 0;
  const places = glob.includes('*') ? glob.length : 1;
  return (text.length + glob.length) * places * OTHER_FUNCTIONS;
}
