import ts from 'typescript';
import { calledName, namesFrom, nodesOf, placeOf } from './syntax.js';

const FROM_RUNS = new Set(['runs', 'runsFor']);
/** What of fast-check draws inputs. */
const DRAWING = new Set(['assert', 'check', 'sample', 'statistics']);

/** Where a text draws inputs without what `test/runs.ts` says of their number and seed. */
export function seedless(text: string): string[] {
  const nodes = nodesOf(text);
  const known = namesFrom(nodes, FROM_RUNS);
  const isSeeded = (node: ts.Node | undefined) =>
    FROM_RUNS.has(calledName(node) ?? '') || (node && ts.isIdentifier(node) && known.has(node.text));
  const isWrong = (node: ts.Node) =>
    (ts.isCallExpression(node) && draws(node.expression) && !isSeeded(node.arguments.at(-1))) ||
    setsRuns(node) ||
    isHiddenImport(node);
  return nodes.filter(isWrong).map(placeOf);
}

function draws(called: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(called)) return false;
  return called.expression.getText() === 'fc' && DRAWING.has(called.name.text);
}

function setsRuns(node: ts.Node): boolean {
  const isSet = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
  return isSet && /^['"]?numRuns['"]?$/.test(node.name.getText());
}

/** An import of fast-check under which `draws` would not know it. */
function isHiddenImport(node: ts.Node): boolean {
  if (!ts.isImportDeclaration(node) || node.moduleSpecifier.getText() !== "'fast-check'") return false;
  return !/^import (?:type )?fc from /.test(node.getText());
}
