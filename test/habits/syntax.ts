import ts from 'typescript';

/** All nodes of a text, from the outside in. */
export function nodesOf(text: string): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('text.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

/** The name of the function that is called, if this is a call of a plain name. */
export function calledName(node: ts.Node | undefined): string | undefined {
  return node && ts.isCallExpression(node) && ts.isIdentifier(node.expression)
    ? node.expression.text
    : undefined;
}

/** The names of all variables that begin as what one of these functions returns. */
export function namesFrom(nodes: readonly ts.Node[], functions: ReadonlySet<string>): Set<string> {
  const declarations = nodes.filter(ts.isVariableDeclaration);
  const fitting = declarations.filter(({ initializer }) => functions.has(calledName(initializer) ?? ''));
  return new Set(fitting.map(({ name }) => name.getText()));
}

/** Where a node is and how it begins: `12: fc.assert(`. */
export function placeOf(node: ts.Node): string {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return `${line + 1}: ${node.getText().split('\n')[0]}`;
}
