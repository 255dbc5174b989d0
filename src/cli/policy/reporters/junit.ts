import { diagnosticLine } from '../../../config/policy-error.js';
import { hidden } from '../../../core/text/visible.js';
import { type FileResult, failureText, type PlacedResult } from '../test-results.js';
import { repositoryPath } from './annotation.js';

/** The results as JUnit XML, which CI systems read. */
export function junit(files: readonly FileResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...files.flatMap(suite),
    '</testsuites>',
  ].join('\n');
}

function suite({ file, digest, results, error }: FileResult): string[] {
  const failures = results.filter(({ passed }) => !passed).length;
  const tests = error ? 1 : results.length;
  const counts = `tests="${tests}" failures="${failures}"${error ? ' errors="1"' : ''}`;
  return [
    `  <testsuite name="${escapeXml(file)}" ${counts}>`,
    ...(digest === undefined
      ? []
      : [`    <properties><property name="policy-digest" value="${digest}"/></properties>`]),
    ...results.map((result) => testCase(file, result)),
    ...(error ? [unusable(file, error.diagnostics.map(diagnosticLine))] : []),
    '  </testsuite>',
  ];
}

function testCase(file: string, result: PlacedResult): string {
  const { line } = result.place;
  const place = `file="${escapeXml(repositoryPath(file))}"${line === undefined ? '' : ` line="${line}"`}`;
  const head = `    <testcase classname="${escapeXml(file)}" name="${escapeXml(result.name)}" ${place}`;
  if (result.passed) return `${head}/>`;
  const message = escapeXml(failureText(result));
  return `${head}>\n      <failure message="${message}"/>\n    </testcase>`;
}

/** A report that were empty would look like nothing to test. */
function unusable(file: string, lines: readonly string[]): string {
  const head = `    <testcase classname="${escapeXml(file)}" name="the policy can be used" file="${escapeXml(repositoryPath(file))}"`;
  const [first = ''] = lines;
  return `${head}>\n      <error message="${linesXml(first)}">${linesXml(lines.join('\n'))}</error>\n    </testcase>`;
}

/** Text of ours, whose line ends are meant. */
function linesXml(text: string): string {
  return text.split('\n').map(escapeXml).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Characters that XML 1.0 does not allow at all are left out. Blanks other than a space, which a parser would turn into one
 * (section 3.3.3), what ends a line for some readers, and what nobody sees or a terminal obeys, are written as references.
 */
function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r\u0085])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replace(hidden(), (character) => `&#${character.codePointAt(0)};`);
}
