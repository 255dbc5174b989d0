import { isInexact, type JsonValue } from '../../../json/value.js';
import { type ArgumentPath, ELEMENT, pathText } from '../argument-path.js';
import { type Kind, kindOfValue, looseKind } from './kinds.js';
import type { Wanted } from './wanted.js';

type MaybePath = ArgumentPath | undefined;

/**
 * What is wrong with the argument at a path: it is missing, it is inside of something that has no members, or none of the
 * kinds that are wanted. Undefined where nothing is, and where there is no path.
 */
export function problemAt(path: MaybePath, args: JsonValue, wanted: Wanted): string | undefined {
  return path && walk(path, 0, args, wanted);
}

function walk(path: ArgumentPath, at: number, value: JsonValue, wanted: Wanted): string | undefined {
  const step = path[at];
  if (step === undefined)
    return wanted && !wanted.includes(kindOfValue(value)) ? mismatch(path, value, wanted) : undefined;
  const here = path.slice(0, at);
  if (step === ELEMENT) {
    if (!Array.isArray(value)) return value instanceof Map ? undefined : mismatch(here, value, ['a list']);
    for (const element of value) {
      const problem = walk(path, at + 1, element, wanted);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  if (!(value instanceof Map)) return mismatch(here, value, ['a map']);
  const member = value.get(step);
  return member === undefined
    ? `${nameOfPath(path.slice(0, at + 1))} is missing`
    : walk(path, at + 1, member, wanted);
}

/** Whether what is at a path has a value that not all readers agree about. */
export function uncertainAt(path: MaybePath, args: JsonValue): string | undefined {
  if (path === undefined) return undefined;
  const value = valueAt(path, args);
  if (typeof value === 'string' && value.includes('\0'))
    return `${nameOfPath(path)} has a U+0000 in it, where some servers end a string`;
  return value !== undefined && isInexact(value)
    ? `${nameOfPath(path)} is a number that not every reader can hold`
    : undefined;
}

/** The type of what is at a path; undefined where there is nothing. */
export function kindAtPath(path: MaybePath, args: JsonValue): Kind | undefined {
  const value = path && valueAt(path, args);
  return value === undefined ? undefined : kindOfValue(value);
}

function valueAt(path: ArgumentPath, args: JsonValue): JsonValue | undefined {
  let value: JsonValue | undefined = args;
  for (const step of path) value = step !== ELEMENT && value instanceof Map ? value.get(step) : undefined;
  return value;
}

function mismatch(path: ArgumentPath, value: JsonValue, wanted: readonly Kind[]): string {
  const kind = kindOfValue(value);
  const loose = [...new Set(wanted.map(looseKind))].filter((each) => each !== 'null');
  const isClear = !loose.includes(looseKind(kind));
  const needed = isClear ? loose : wanted;
  return `${nameOfPath(path)} is ${isClear ? looseKind(kind) : kind}, and the condition needs ${needed.join(' or ')}`;
}

/** As the agent knows it: `amount`, `items[].price`. */
function nameOfPath(path: ArgumentPath): string {
  const text = pathText(path);
  return path.length === 0
    ? 'what is given as arguments'
    : `'${text.startsWith('args.') ? text.slice(5) : text}'`;
}
