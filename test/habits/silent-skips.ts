import ts from 'typescript';
import { calledName, namesFrom, nodesOf, placeOf } from './syntax.js';

/** The functions of `test/skip.ts`, which print why. */
const REASONS = new Set(['skip', 'onWindows', 'withoutLinux', 'withoutMounts', 'withoutRoot']);
const TESTS = new Set(['it', 'test', 'describe']);

/** The conditions of a text of which `test/skip.ts` has printed the reason. */
export function reasonsIn(text: string): Set<string> {
  return namesFrom(nodesOf(text), REASONS);
}

/**
 * Where a text leaves tests out and does not say why.
 * @param known the conditions, of this and other texts, of which the reason is printed
 */
export function silentSkips(text: string, known: ReadonlySet<string>): string[] {
  const nodes = nodesOf(text);
  // A condition that comes out of a table is taken for one that was put in with its reason.
  const listed = new Set(nodes.filter(ts.isBindingElement).map(({ name }) => name.getText()));
  const isExplained = (node: ts.Node | undefined) =>
    REASONS.has(calledName(node) ?? '') ||
    (node && ts.isIdentifier(node) && (known.has(node.text) || listed.has(node.text)));
  const isSilent = (node: ts.Node): boolean => {
    if (!ts.isPropertyAccessExpression(node)) return false;
    const what = node.name.text;
    if (what === 'skipIf') return !ts.isCallExpression(node.parent) || !isExplained(node.parent.arguments[0]);
    if (what === 'skip') return TESTS.has(node.expression.getText()) && !saysWhy(node);
    return what === 'runIf' || (['only', 'todo'].includes(what) && TESTS.has(node.expression.getText()));
  };
  return nodes.filter(isSilent).map((node) => placeOf(node.parent));
}

/** Whether the reason is in the names of the tests: `it.skip.each(rows)('$name: $why', …)`. */
function saysWhy({ parent }: ts.Node): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.parent.parent.getText().includes('$why');
}
