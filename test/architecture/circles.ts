import type { House } from './house.js';

/** The circles of files: each as the files that reach each other, in the order of their names. */
export function circlesOfFiles({ imports }: House): string[] {
  return circles(imports.filter(({ isPackage }) => !isPackage).map(({ from, to }) => [from, to]));
}

/** The circles of folders that lie beside each other, and of a folder with a file beside it, at every level. */
export function circlesOfFolders({ imports }: House): string[] {
  const levels = new Map<string, [string, string][]>();
  for (const { from, to, isPackage } of imports) {
    if (isPackage) continue;
    const [one, other] = [from.split('/'), to.split('/')];
    const shared = one.findIndex((part, depth) => part !== other[depth]);
    if (shared < 0) continue;
    const level = one.slice(0, shared).join('/');
    const arrow: [string, string] = [one, other].map((parts) => parts.slice(0, shared + 1).join('/')) as [
      string,
      string,
    ];
    levels.set(level, [...(levels.get(level) ?? []), arrow]);
  }
  return [...levels.values()].flatMap((arrows) => circles(arrows)).sort();
}

/** Tarjan's strongly connected components of more than one node (or of one that points to itself). */
function circles(arrows: readonly (readonly [string, string])[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[] = [];
  const visit = (node: string): number => {
    const index = order.size;
    order.set(node, index);
    lowest.set(node, index);
    open.push(node);
    for (const other of next.get(node) ?? []) {
      const reached = order.has(other) ? (open.includes(other) ? order.get(other) : undefined) : visit(other);
      if (reached !== undefined) lowest.set(node, Math.min(lowest.get(node) ?? index, reached));
    }
    if (lowest.get(node) === index) {
      const circle = open.splice(open.indexOf(node));
      if (circle.length > 1 || next.get(node)?.has(node)) found.push(circle.sort().join(' ↔ '));
    }
    return lowest.get(node) ?? index;
  };
  for (const node of next.keys()) if (!order.has(node)) visit(node);
  return found.sort();
}
