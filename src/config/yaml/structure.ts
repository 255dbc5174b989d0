import {
  type Alias,
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Flaw } from '../../core/policy/document/diagnostic.js';
import { excess } from './expansion.js';
import { cutByComma, cutTexts } from './unquoted/cut-texts.js';
import { inSingleQuotes } from './unquoted/misread-text.js';

/** More are not looked for: each has to be located. */
const MOST_FLAWS = 200;
/** What YAML allows for names in front of a colon; with a `?` before it any length is allowed. Every rule knows its name. */
const LONGEST_NAME = 1024;

export interface Structure {
  /** What can be read as YAML and is not a tree of named values. */
  flaws: Flaw[];
  /** Why the values cannot be read at all. */
  unreadable: Omit<Flaw, 'path'> | undefined;
  /** The value that each `*` alias refers to. */
  targets: ReadonlyMap<Alias, Node>;
  /** The texts that a comma has cut, and the keys that the rest of them became: what is wrong with them is known. */
  cut: readonly Flaw['path'][];
}

/**
 * Looks for what would be lost or endless when the document becomes values: a key that is written twice, `__proto__`, aliases to nothing or to themselves.
 * @param text what was read, where it is a policy: its conditions and reasons are looked at too
 */
export function structureOf(parsed: Document.Parsed, text?: string): Structure {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const flaws: Flaw[] = [];
  const cut: Flaw['path'][] = [];
  const add = (flaw: () => Flaw) => void (flaws.length < MOST_FLAWS && flaws.push(flaw()));
  let unreadable: Structure['unreadable'];
  visit(parsed, {
    Value(key, node, ancestors) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (key === 'value' && isScalar(node) && node.tag === '!')
        add(() => turnedRound(pathOf(key, node, ancestors), node, text));
      for (const name of isMap(node) ? repeated(node) : [])
        add(() => twice([...pathOf(key, node, ancestors), name]));
      for (const { name, rests, written } of isMap(node) && text !== undefined ? cutTexts(node, text) : []) {
        if (flaws.length >= MOST_FLAWS) break;
        const path = pathOf(key, node, ancestors);
        cut.push(...[name, ...rests].map((part) => [...path, part]));
        add(() => cutByComma([...path, name], written));
      }
    },
    Alias(key, alias, ancestors) {
      const target = anchors.get(alias.source);
      if (target !== undefined && !ancestors.includes(target)) targets.set(alias, target);
      else {
        const flaw = () => (target ? endless : nothingAt)(pathOf(key, alias, ancestors), alias.source);
        unreadable ??= flaw();
        add(flaw);
      }
    },
    Pair(key, pair, ancestors) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      // JavaScript gives this key a meaning of its own, so a rule written under it could be lost unseen.
      if (name === '__proto__') add(() => unsafeKey(pathOf(key, pair, ancestors)));
      if (name.length > LONGEST_NAME) {
        unreadable ??= tooLong(pathOf(key, pair, ancestors));
        add(() => tooLong(pathOf(key, pair, ancestors)));
      }
    },
  });
  return { flaws, unreadable: unreadable ?? excess(parsed, targets), targets, cut };
}

/** Not left to the YAML reader, which compares each key with every other. */
function repeated(map: YAMLMap): Set<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { key } of map.items) {
    const name = String(isScalar(key) ? key.value : key);
    if (seen.has(name)) again.add(name);
    seen.add(name);
  }
  return again;
}

/** The keys and list positions that lead to a node. */
function pathOf(key: unknown, node: unknown, ancestors: readonly unknown[]): (string | number)[] {
  const chain = [...ancestors, node];
  const path = chain.flatMap((part, index): (string | number)[] => {
    if (isPair(part)) return [String(isScalar(part.key) ? part.key.value : part.key)];
    return isSeq(chain[index - 1]) ? [(chain[index - 1] as { items: unknown[] }).items.indexOf(part)] : [];
  });
  return key === 'key' ? path.slice(0, -1) : path;
}

/** `! args.x`: YAML takes the `!` away, and the condition says the opposite. */
function turnedRound(path: Flaw['path'], { range }: Scalar, text: string | undefined): Flaw {
  const name = String(path.at(-1));
  const [start = 0, end = 0] = range ?? [];
  const written = text?.slice(Math.max(text.lastIndexOf('!', start), 0), end) ?? '';
  const message = `'${name}' begins with !, which YAML reads as a tag`;
  if (written === '' || written.includes('\n'))
    return { path, part: 'value', message, help: 'put the whole text in single quotes' };
  return { path, part: 'value', message, help: `put it in single quotes: ${inSingleQuotes(name, written)}` };
}

function nothingAt(path: Flaw['path'], anchor: string): Flaw {
  return {
    path,
    part: 'value',
    message: `*${anchor} refers to nothing, since there is no &${anchor} before it`,
    help: `for a name or string that begins with a star, write "*${anchor}" in quotes`,
  };
}

function twice(path: Flaw['path']): Flaw {
  return {
    path,
    message: `the key '${path.at(-1)}' is written twice`,
    help: 'keep the stricter of the two, or put what both hold below the first one',
  };
}

function endless(path: Flaw['path'], anchor: string): Flaw {
  return { path, message: `*${anchor} is a part of what it refers to`, help: 'write the value out' };
}

function unsafeKey(path: Flaw['path']): Flaw {
  return { path, message: "a key cannot be called '__proto__'", help: 'use a glob, such as "__proto?_"' };
}

function tooLong(path: Flaw['path']): Flaw {
  const shown = path.map((part) => (typeof part === 'string' ? part.slice(0, LONGEST_NAME) : part));
  return { path: shown, message: `a name has more than ${LONGEST_NAME} characters`, help: 'use a glob' };
}
