import { canonical, type JsonValue, readValue } from '../json/value.js';
import { redact } from '../secrets/redact.js';
import { excerptOf } from './excerpt.js';

/** More changes are counted only. */
const MOST_CHANGES = 100;
/** Of a path. Characters. */
const LONGEST_PATH = 1_000;

/** A value, and the same as it may be written down. */
interface Seen {
  value: JsonValue;
  shown: JsonValue;
}

/** A value within another one. */
interface Part extends Seen {
  /** Its key or index as it may be written down. */
  name: string;
}

interface Change {
  /** JSON Pointer (RFC 6901). */
  path: string;
  /** Undefined: it was not there. */
  from: JsonValue | undefined;
  /** Undefined: it is no longer there. */
  to: JsonValue | undefined;
}

/**
 * What a person has changed in arguments, for the audit log: a list of `{path, from, to}`, each as detailed as the
 * policy wants arguments, and at the end `{more}` where there are more changes than are written down.
 * Both texts have been proved by `scanJson`.
 */
export function argumentDiff(before: string, after: string, detail: 'redacted' | 'full'): JsonValue[] {
  const changes: Change[] = [];
  compare('', seen(before, detail), seen(after, detail), changes);
  const more = changes.length - MOST_CHANGES;
  const listed: JsonValue[] = changes.slice(0, MOST_CHANGES).map(written);
  return more > 0 ? [...listed, new Map([['more', BigInt(more)]])] : listed;
}

function seen(text: string, detail: 'redacted' | 'full'): Seen {
  const value = readValue(text);
  return { value, shown: detail === 'full' ? value : redact(value) };
}

/** Values are compared as they are and written as they are shown: a secret that has changed is a change. */
function compare(path: string, from: Seen | undefined, to: Seen | undefined, changes: Change[]): void {
  const before = from && partsOf(from);
  const after = to && partsOf(to);
  if (!from || !to || !before || !after || Array.isArray(from.value) !== Array.isArray(to.value)) {
    const same = from && to && canonical(from.value) === canonical(to.value);
    if (!same) changes.push({ path, from: from?.shown, to: to?.shown });
    return;
  }
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(key), after.get(key)];
    compare(`${path}/${pointerPart(one?.name ?? other?.name ?? '')}`, one, other, changes);
  }
}

/** What is directly in a value; undefined where there is nothing, or where what is shown does not show it. */
function partsOf({ value, shown }: Seen): Map<string, Part> | undefined {
  if (Array.isArray(value)) {
    if (!Array.isArray(shown)) return undefined;
    return new Map(
      value.map((each, index) => [
        String(index),
        { name: String(index), value: each, shown: shown[index] ?? null },
      ]),
    );
  }
  if (!(value instanceof Map && shown instanceof Map)) return undefined;
  const names = [...shown];
  return new Map(
    [...value].map(([key, each], index) => {
      const [name, shownEach] = names[index] ?? ['', null];
      return [key, { name, value: each, shown: shownEach }];
    }),
  );
}

/** RFC 6901, section 3. */
function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function written({ path, from, to }: Change): JsonValue {
  const members = new Map<string, JsonValue>([['path', excerptOf(path, LONGEST_PATH)]]);
  if (from !== undefined) members.set('from', from);
  if (to !== undefined) members.set('to', to);
  return members;
}
