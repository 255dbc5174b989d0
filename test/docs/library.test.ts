import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, ROOT, userPages } from './page.js';

/** The compiler takes its time. Milliseconds. */
const PATIENCE = 120_000;
const OPTIONS = {
  module: 'NodeNext',
  target: 'ES2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  // The declarations of the package are checked as well: they need nothing but themselves and the console.
  skipLibCheck: false,
  lib: ['ES2023', 'DOM'],
  types: [],
};

const snippets = userPages().flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'ts'));
const nameOf = ({ page, line }: Block): string => `${page.replace(/\W/g, '-')}-${line}`;
const folder = mkdtempSync(path.join(tmpdir(), 'policy-wrap-snippets-'));

beforeAll(() => {
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules/policy-wrap'), 'junction');
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS }));
  for (const snippet of snippets) {
    writeFileSync(path.join(folder, `${nameOf(snippet)}.ts`), snippet.text);
    writeFileSync(path.join(folder, `${nameOf(snippet)}.js`), withoutTypes(snippet.text));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));

describe('the snippets for users of the library, with the built package', () => {
  it.each(snippets.map((snippet) => [nameOf(snippet), snippet.text] as const))(
    '%s prints what it says',
    (name, text) => {
      const printed = execFileSync(process.execPath, [`${name}.js`], { cwd: folder, encoding: 'utf8' });
      const promised = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)];
      const lines = promised.flatMap(([, said = '']) => said.split(' | '));
      if (lines.length > 0) expect(printed.trimEnd().split('\n')).toEqual(lines);
      else expect(printed.trim()).not.toBe('');
    },
  );

  it(
    'have the types that the package declares',
    () => {
      const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
      const check = () => execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
      expect(check).not.toThrow();
      writeFileSync(path.join(folder, 'wrong.ts'), "import { nothing } from 'policy-wrap';\nnothing();\n");
      expect(check).toThrow();
    },
    PATIENCE,
  );

  it('are in more than one page', () =>
    expect(new Set(snippets.map(({ page }) => page))).toEqual(new Set(['README.md', 'docs/library.md'])));
});

function withoutTypes(text: string): string {
  const { ESNext } = ts.ModuleKind;
  return ts.transpileModule(text, { compilerOptions: { module: ESNext, target: ts.ScriptTarget.ES2022 } })
    .outputText;
}
