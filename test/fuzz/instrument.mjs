// Makes source code count its branches: `$hits[n]++` at the start of each block, arm and clause.
import ts from 'typescript';

/** More than all that is tested has. */
const MOST_BRANCHES = 1 << 14;
const HEAD = `globalThis.$hits ??= new Uint8Array(${MOST_BRANCHES});\nconst $hits = globalThis.$hits;\n`;

export class Instrumenter {
  /** How many branches there are in all that was instrumented. */
  branches = 0;

  /** The JavaScript of a source file in TypeScript or JavaScript. */
  instrument(source, fileName) {
    const { outputText } = ts.transpileModule(source, {
      fileName,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, allowJs: true },
      transformers: { before: [(context) => (file) => this.#counting(file, context)] },
    });
    return HEAD + outputText;
  }

  #counting(file, context) {
    const make = makers(context.factory, () => this.branches++);
    const visit = (node) => {
      const inner = ts.visitEachChild(node, visit, context);
      const rule = RULES.find(([fits]) => fits(inner));
      return rule ? rule[1](inner, context.factory, make) : inner;
    };
    return ts.visitEachChild(file, visit, context);
  }
}

function makers(factory, next) {
  const hit = () =>
    factory.createPostfixIncrement(
      factory.createElementAccessExpression(factory.createIdentifier('$hits'), next()),
    );
  const statement = () => factory.createExpressionStatement(hit());
  return {
    statement,
    /** An expression that counts first. */
    counted: (expression) => factory.createParenthesizedExpression(factory.createComma(hit(), expression)),
    /** A statement in a block that counts; one that is a block does so already. */
    block: (inner) =>
      inner && ts.isBlock(inner)
        ? inner
        : factory.createBlock([statement(), ...(inner ? [inner] : [])], true),
  };
}

/** Which nodes are changed, and how. */
const RULES = [
  [
    ts.isBlock,
    (node, factory, { statement }) => factory.updateBlock(node, [statement(), ...node.statements]),
  ],
  [
    ts.isIfStatement,
    (node, factory, { block }) =>
      factory.updateIfStatement(
        node,
        node.expression,
        block(node.thenStatement),
        // The way past it counts, too.
        block(node.elseStatement),
      ),
  ],
  [
    ts.isConditionalExpression,
    (node, factory, { counted }) =>
      factory.updateConditionalExpression(
        node,
        node.condition,
        node.questionToken,
        counted(node.whenTrue),
        node.colonToken,
        counted(node.whenFalse),
      ),
  ],
  [
    (node) => ts.isBinaryExpression(node) && SHORT_CIRCUITS.has(node.operatorToken.kind),
    (node, factory, { counted }) =>
      factory.updateBinaryExpression(node, node.left, node.operatorToken, counted(node.right)),
  ],
  [
    ts.isForStatement,
    (node, factory, { block }) =>
      factory.updateForStatement(
        node,
        node.initializer,
        node.condition,
        node.incrementor,
        block(node.statement),
      ),
  ],
  [
    ts.isWhileStatement,
    (node, factory, { block }) => factory.updateWhileStatement(node, node.expression, block(node.statement)),
  ],
  [
    ts.isForOfStatement,
    (node, factory, { block }) =>
      factory.updateForOfStatement(
        node,
        node.awaitModifier,
        node.initializer,
        node.expression,
        block(node.statement),
      ),
  ],
  [
    ts.isCaseClause,
    (node, factory, { statement }) =>
      factory.updateCaseClause(node, node.expression, [statement(), ...node.statements]),
  ],
  [
    ts.isDefaultClause,
    (node, factory, { statement }) => factory.updateDefaultClause(node, [statement(), ...node.statements]),
  ],
  [
    (node) => ts.isArrowFunction(node) && !ts.isBlock(node.body),
    (node, factory, { counted }) =>
      factory.updateArrowFunction(
        node,
        node.modifiers,
        node.typeParameters,
        node.parameters,
        node.type,
        node.equalsGreaterThanToken,
        counted(node.body),
      ),
  ],
];

const SHORT_CIRCUITS = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
