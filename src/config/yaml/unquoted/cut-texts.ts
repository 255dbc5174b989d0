import { isScalar, type YAMLMap } from 'yaml';
import type { Flaw } from '../../../core/policy/document/diagnostic.js';
import { inSingleQuotes } from './misread-text.js';

const TEXT_KEYS: ReadonlySet<unknown> = new Set(['when', 'key', 'sum', 'reason']);

interface CutText {
  /** The key whose text is cut. */
  name: string;
  /** The keys without values that YAML makes of the rest of it. */
  rests: string[];
  /** All of it, as written. */
  written: string;
}

/** The texts without quotes inside of `{ }` that have a comma in them: YAML reads `{ reason: No, never }` as two keys. */
export function* cutTexts(map: YAMLMap, text: string): Generator<CutText> {
  if (!map.flow) return;
  let current: (CutText & { from: number }) | undefined;
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (current && value === null && isScalar(key) && key.range) {
      current.rests.push(name);
      current.written = text.slice(current.from, key.range[1]);
      continue;
    }
    if (current && current.rests.length > 0) yield current;
    const isText = isScalar(value) && value.type === 'PLAIN' && TEXT_KEYS.has(name);
    current = isText ? { name, rests: [], written: '', from: value.range?.[0] ?? 0 } : undefined;
  }
  if (current && current.rests.length > 0) yield current;
}

export function cutByComma(path: Flaw['path'], written: string): Flaw {
  const name = String(path.at(-1));
  return {
    path,
    part: 'value',
    message: `'${name}' has a comma in it, which ends a text inside of { }`,
    help: written.includes('\n')
      ? 'put the whole text in single quotes'
      : `put it in single quotes: ${inSingleQuotes(name, written)}`,
  };
}
