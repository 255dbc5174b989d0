import ts from 'typescript';
import { nodesOf, placeOf } from './syntax.js';

/**
 * Where a text expects something only if it goes wrong already: in a `catch`, which is passed by where nothing throws.
 * `expect(…).toThrow(…)` fails there too.
 */
export function expectedOnlyInCatch(text: string): string[] {
  return nodesOf(text)
    .filter(ts.isCallExpression)
    .filter((node) => node.expression.getText() === 'expect' && isInCatch(node))
    .map(placeOf);
}

function isInCatch(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isCatchClause(at)) return true;
    if (isCatchCallback(at)) return true;
  }
  return false;
}

/** `promise.catch((error) => …)` */
function isCatchCallback(node: ts.Node): boolean {
  if (!ts.isArrowFunction(node) || !ts.isCallExpression(node.parent)) return false;
  const { expression } = node.parent;
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'catch';
}
