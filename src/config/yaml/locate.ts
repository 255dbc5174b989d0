import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type YAMLMap,
} from 'yaml';

type Path = readonly (string | number)[];
type Indexes = WeakMap<YAMLMap, Map<string, YAMLMap['items'][number]>>;

/** Counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Finds where the key (or list element) at a path stands; the closest outer one when the path leads nowhere. */
export function locator(
  parsed: Document.Parsed,
  targets: ReadonlyMap<Alias, Node>,
  lines: LineCounter,
): (path: Path) => Place {
  const indexes: Indexes = new WeakMap();
  return (path) => {
    let node: unknown = parsed.contents;
    let offset = parsed.contents?.range[0] ?? 0;
    for (const key of path) {
      if (isAlias(node)) node = targets.get(node);
      const next = isMap(node)
        ? pairOf(node, String(key), indexes)
        : isSeq(node)
          ? node.items[Number(key)]
          : undefined;
      if (next === undefined) break;
      const at = isPair(next) ? next.key : next;
      offset = (at as { range?: [number, number, number] | null }).range?.[0] ?? offset;
      node = isPair(next) ? next.value : next;
    }
    // An empty text has no lines, so nothing stands on any of them.
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/** Looked up through an index, since a policy may have ten thousand tools. */
function pairOf(map: YAMLMap, key: string, indexes: Indexes) {
  let index = indexes.get(map);
  if (index === undefined) {
    index = new Map(map.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]));
    indexes.set(map, index);
  }
  return index.get(key);
}
