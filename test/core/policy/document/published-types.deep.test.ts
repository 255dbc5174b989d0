import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const place = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const LIBRARY = place('dist/types/index.d.ts');
const PUBLISHED = 'dist/types/core/policy/document/document.d.ts';
const published = readFileSync(place(PUBLISHED), 'utf8');

/** Compares types where neither is instantiated: there, `?` and `| undefined` make a difference. */
const comparison = (index: number) => `
  import type * as inferred from '../../../../src/core/policy/document/document.js';
  import type * as published from './published-${index}.js';
  type Same<One, Other> =
    (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
  export const policy: Same<inferred.PolicyDocument, published.PolicyDocument> = true;
  export const approvals: Same<inferred.ApprovalsDocument, published.ApprovalsDocument> = true;
  export const audit: Same<inferred.AuditDocument, published.AuditDocument> = true;
  export const action: Same<inferred.Action, published.Action> = true;
  export const mode: Same<inferred.Mode, published.Mode> = true;
  export const channel: Same<inferred.Channel, published.Channel> = true;
`;

const DIFFERENCES = [
  ['a key is missing', /^ {2}max_pending\?: .*\n/m, ''],
  ['a key may not be left out', 'max_pending?:', 'max_pending:'],
  ['a word is missing', '| "hash"', ''],
  ['a number is a text', 'concurrency?: number', 'concurrency?: string'],
] as const;

/** What the compiler says of each of some files, all compiled together. @param written texts of files that are nowhere else */
function complaints(written: ReadonlyMap<string, string>, roots: readonly string[]): string[][] {
  const config: unknown = ts.readConfigFile(place('tsconfig.base.json'), ts.sys.readFile).config;
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, place(''));
  const options = { ...parsed.options, types: [], skipLibCheck: false };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => written.get(file) ?? readFile(file);
  host.fileExists = (file) => written.has(file) || fileExists(file);
  const program = ts.createProgram(roots, options, host);
  return roots.map((root) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(root))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

describe('the published types of a policy', () => {
  it('are those of its schema, and the comparison sees every difference', () => {
    const texts = [published, ...DIFFERENCES.map(([, from, to]) => published.replace(from, to))];
    expect(new Set(texts).size).toBe(texts.length);
    const folder = 'test/core/policy/document';
    const compared = texts.map((_, index) => place(`${folder}/comparison-${index}.ts`));
    const written = new Map([
      ...compared.map((file, index): [string, string] => [file, comparison(index)]),
      ...texts.map((text, index): [string, string] => [place(`${folder}/published-${index}.d.ts`), text]),
    ]);
    const [same, ...others] = complaints(written, compared);
    expect(same).toEqual([]);
    const unseen = DIFFERENCES.filter((_, index) => others[index]?.length === 0);
    expect(unseen.map(([what]) => what)).toEqual([]);
  }, 120_000);

  it('need nothing that is not in the package', () => {
    expect(complaints(new Map(), [LIBRARY, place(PUBLISHED)])).toEqual([[], []]);
    expect(published).not.toMatch(/import/);
  }, 120_000);

  it('say of each key what it means', () => {
    const lines = published.split('\n');
    const bare = lines.flatMap((line, at) => {
      const key = /^ +(\w+)\??: /.exec(line)?.[1];
      return key === undefined || lines[at - 1]?.endsWith('*/') ? [] : [key];
    });
    expect(bare.filter((key) => key !== 'action')).toEqual([]);
  });
});
