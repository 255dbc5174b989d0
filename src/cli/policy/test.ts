import { loadFile } from '../../config/load.js';
import { displayPath } from '../../platform/display-path.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { bold, green, red } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { junit } from './junit.js';
import { lockedClasses } from './locked-classes.js';
import { policyFiles } from './policy-files.js';
import { type CaseResult, runCase } from './test-cases.js';
import type { FileResult } from './test-results.js';

export interface TestOptions {
  json?: boolean;
  reporter: 'table' | 'junit';
}

/** Runs the `tests:` of policy files. Each file is tested by itself: the user's own policy does not count. */
export async function test(words: readonly string[], options: TestOptions): Promise<number> {
  const files = await policyFiles(words, process.cwd());
  const results: FileResult[] = [];
  for (const file of files) results.push(await testFile(file));
  process.stdout.write(`${format(results, options)}\n`);
  if (results.every((file) => file.results.length === 0)) {
    throw new UserError(
      'no policy file has tests',
      'add some under `tests:`, such as { call: delete_broker, expect: deny }',
    );
  }
  return results.some((file) => file.results.some(({ passed }) => !passed)) ? EXIT.failed : EXIT.fine;
}

async function testFile(file: string): Promise<FileResult> {
  const { chain, policyFor } = await loadFile(file, process.cwd());
  const classesOf = await lockedClasses(file);
  const results: CaseResult[] = [];
  for (const written of chain.documents[0].document.tests ?? []) {
    results.push(runCase(await policyFor(written.server ?? ''), written, classesOf));
  }
  return { file: displayPath(file), results };
}

function format(files: readonly FileResult[], { json, reporter }: TestOptions): string {
  if (json) return JSON.stringify(files, null, 2);
  return reporter === 'junit' ? junit(files) : text(files);
}

function text(files: readonly FileResult[]): string {
  const all = files.flatMap(({ results }) => results);
  const failed = all.filter(({ passed }) => !passed).length;
  const blocks = files.map(
    ({ file, results }) =>
      `${bold(file)}\n${results.length === 0 ? '  no tests' : table(['', 'call', 'expected', 'actual'], results.map(row))}`,
  );
  return `${blocks.join('\n\n')}\n\n${all.length - failed} passed, ${failed} failed`;
}

function row({ name, passed, expected, actual, note }: CaseResult): string[] {
  return [
    passed ? green('ok') : red('FAIL'),
    name,
    expected,
    note === undefined ? actual : `${actual}; ${note}`,
  ];
}
