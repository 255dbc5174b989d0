import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** An import of one file of the house by another: of values, of types alone, or by `import()`. */
export interface Import {
  from: string;
  /** A path below `src`, ending in `.ts`; the specifier as written where it is a package's. */
  to: string;
  isPackage: boolean;
}

/** The source tree as data, so that each rule can be tried on a tree that breaks it. */
export interface House {
  /** Text of each file by its path below `src`, with `/` between folders. */
  files: ReadonlyMap<string, string>;
  imports: readonly Import[];
}

export function houseOf(files: ReadonlyMap<string, string>): House {
  return { files, imports: [...files].flatMap(([file, text]) => importsOf(file, text)) };
}

/** Reads all TypeScript files below a folder. */
export function readHouse(source: string): House {
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return houseOf(
    new Map(
      names.map((name) => [name.split(path.sep).join('/'), readFileSync(path.join(source, name), 'utf8')]),
    ),
  );
}

function importsOf(from: string, text: string): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith('.')) return { from, to: fileName, isPackage: true };
    const target = path.posix.join(path.posix.dirname(from), fileName);
    // What lies outside of `src` (an example) is at home in one place, as a package is.
    if (target.startsWith('../')) return { from, to: target, isPackage: true };
    return { from, to: target.replace(/\.js$/, '.ts'), isPackage: false };
  });
}

/** The names that a file exports, whether values or types; what it only passes on is not its own. */
export function exportsOf(file: string, text: string): string[] {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement)) return [];
    const modifiers = ts.getModifiers(statement) ?? [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.text ?? ''] : [];
  });
}
