import { loadFile } from '../../config/load.js';
import { diagnosticJson, PolicyError, placeText } from '../../config/policy-error.js';
import { originOf } from '../../core/policy/document/lookup.js';
import { visible } from '../../core/text/visible.js';
import { displayPath } from '../../platform/display-path.js';
import { EXIT, UserError } from '../../platform/user-error.js';
import { misnamedSections } from '../servers/ids/misnamed-sections.js';
import { safeJson } from '../terminal/json-text.js';
import { printDiagnostics, showError } from '../terminal/output.js';
import { bold, green, red } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { widthOf, wrapped } from '../terminal/text-width.js';
import { lockedClasses } from './locked-classes.js';
import { policyFiles } from './policy-files.js';
import { type Annotation, annotated } from './reporters/annotation.js';
import { annotatingErrors } from './reporters/reporter.js';
import { runCase } from './test-cases.js';
import { type FileResult, failureText, type PlacedResult } from './test-results.js';

export interface TestOptions {
  json?: boolean;
  reporter: 'table' | 'junit' | 'github';
}

/** Runs the `tests:` of policy files. Each file is tested by itself: the user's own policy does not count. */
export async function test(words: readonly string[], options: TestOptions): Promise<number> {
  const reporter = options.reporter === 'github' && !options.json ? 'github' : 'text';
  return annotatingErrors({ reporter }, () => testAll(words, options));
}

async function testAll(words: readonly string[], options: TestOptions): Promise<number> {
  const files = await policyFiles(words, process.cwd());
  const results: FileResult[] = [];
  for (const file of files) results.push(await testFile(file));
  process.stdout.write(await format(results, options));
  const invalid = results.flatMap(({ error }) => error ?? []);
  for (const error of invalid) await showError(error);
  if (invalid.length > 0) return EXIT.invalidPolicy;
  if (results.every((file) => file.results.length === 0)) {
    throw new UserError(
      'no policy file has tests',
      'add some under `tests:`, such as { call: delete_broker, expect: deny }',
    );
  }
  return results.some((file) => file.results.some(({ passed }) => !passed)) ? EXIT.failed : EXIT.fine;
}

/** Also for a policy that cannot be used: reports for programs say so at its place. */
async function testFile(file: string): Promise<FileResult> {
  try {
    const { chain, digest, policyFor } = await loadFile(file, process.cwd());
    const classesOf = await lockedClasses(file);
    await printDiagnostics(misnamedSections([chain.documents]), chain.texts, true);
    const [owner] = chain.documents;
    const results: PlacedResult[] = [];
    for (const [index, written] of (owner.document.tests ?? []).entries()) {
      const path = ['tests', index];
      const place = owner.placeOf?.(path) ?? originOf(owner, path);
      results.push({ ...runCase(await policyFor(written.server ?? ''), written, classesOf), place });
    }
    return { file: displayPath(file), digest: digest(), results };
  } catch (error) {
    if (error instanceof PolicyError) return { file: displayPath(file), results: [], error };
    throw error;
  }
}

async function format(files: readonly FileResult[], { json, reporter }: TestOptions): Promise<string> {
  if (json) return `${safeJson(files.map(fileJson), 2)}\n`;
  if (reporter === 'junit') return `${(await import('./reporters/junit.js')).junit(files)}\n`;
  const table = files.every(({ error }) => error) ? '' : `${text(files)}\n`;
  if (reporter === 'table') return table;
  const { githubAnnotations } = await import('./reporters/github.js');
  return `${table}${githubAnnotations(files.flatMap(annotations))}`;
}

function fileJson({ file, digest, results, error }: FileResult) {
  const cases = results.map(({ place, ...result }) => ({ ...result, line: place.line }));
  return { file, digest, results: cases, ...(error && { problems: error.diagnostics.map(diagnosticJson) }) };
}

function annotations({ results, error }: FileResult): Annotation[] {
  const failed = results.filter(({ passed }) => !passed);
  return [
    ...annotated('invalid-policy', error?.diagnostics ?? []),
    ...failed.map((result) => ({
      kind: 'failed-test',
      severity: 'error' as const,
      message: `${result.name}: ${failureText(result)}`,
      help: undefined,
      place: result.place,
    })),
  ];
}

function text(files: readonly FileResult[]): string {
  const all = files.flatMap(({ results }) => results);
  const failed = all.filter(({ passed }) => !passed).length;
  const width = process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
  const blocks = files.map((file) => `${bold(visible(file.file))}\n${casesText(file, width)}`);
  return `${blocks.join('\n\n')}\n\n${all.length - failed} passed, ${failed} failed`;
}

function casesText({ results, error }: FileResult, width: number): string {
  if (error !== undefined) return '  cannot be used; see below';
  if (results.length === 0) return '  no tests';
  const rows = table(['', 'call', 'expected', 'actual'], results.map(row));
  const fits = rows.split('\n').every((line) => widthOf(line) <= width);
  const failed = results.filter(({ passed }) => !passed);
  const shown = fits ? rows : results.map((result) => narrowRow(result, width)).join('\n');
  return [shown, ...(fits ? failed.map((result) => `  ${whyFailed(result)}`) : [])].join('\n');
}

function row({ name, passed, expected, actual }: PlacedResult): string[] {
  return [passed ? green('ok') : red('FAIL'), visible(name), expected, actual];
}

/** A row where the table would be wider than the screen. */
function narrowRow(result: PlacedResult, width: number): string {
  const [mark, name] = row(result);
  const lines = [`${name}`, ...(result.passed ? [result.expected] : [whyFailed(result)])];
  const [first = '', ...more] = lines.flatMap((line) => wrapped(line, width - 7));
  return [`  ${mark}${result.passed ? '  ' : ''} ${first}`, ...more.map((line) => `       ${line}`)].join(
    '\n',
  );
}

/** Where the test is written, what came instead, and which rule decided. */
function whyFailed(result: PlacedResult): string {
  return visible(`${placeText(result.place)}: ${failureText(result)}`);
}
