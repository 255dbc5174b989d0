import { type Alias, type Document, isPair, isScalar, isSeq, type Node, visit } from 'yaml';
import type { Flaw } from '../core/policy.js';

export interface Structure {
  /** What can be read as YAML and is no tree of named values. */
  flaws: Flaw[];
  /** Whether the values can be read all the same. */
  readable: boolean;
  /** What each `*` alias stands for. */
  targets: ReadonlyMap<Alias, Node>;
}

/** Looks for what would be lost or endless when the document becomes values: aliases to nothing or to themselves, `__proto__`. */
export function structureOf(parsed: Document.Parsed): Structure {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const flaws: Flaw[] = [];
  let readable = true;
  visit(parsed, {
    Value(_, node) {
      if (node.anchor) anchors.set(node.anchor, node);
    },
    Alias(key, alias, ancestors) {
      const target = anchors.get(alias.source);
      const path = pathOf(key, alias, ancestors);
      if (target === undefined) flaws.push(nothingAt(path, alias.source));
      else if (ancestors.includes(target)) flaws.push(endless(path, alias.source));
      else targets.set(alias, target);
      readable &&= targets.has(alias);
    },
    Pair(key, pair, ancestors) {
      // JavaScript gives this key a meaning of its own, so a rule written under it could be lost unseen.
      if (isScalar(pair.key) && pair.key.value === '__proto__')
        flaws.push(unsafeKey(pathOf(key, pair, ancestors)));
    },
  });
  return { flaws, readable, targets };
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

function nothingAt(path: Flaw['path'], anchor: string): Flaw {
  return {
    path,
    message: `*${anchor} refers to nothing, since no &${anchor} stands before it`,
    help: `for a name or text that begins with a star, write "*${anchor}" in quotes`,
  };
}

function endless(path: Flaw['path'], anchor: string): Flaw {
  return { path, message: `*${anchor} stands inside of what it refers to`, help: 'write the value out' };
}

function unsafeKey(path: Flaw['path']): Flaw {
  return { path, message: "a key cannot be called '__proto__'", help: 'use a glob, such as "__proto?_"' };
}
