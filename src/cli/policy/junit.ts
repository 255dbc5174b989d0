import type { FileResult } from './test-results.js';

/** The results as JUnit XML, which CI systems read. */
export function junit(files: readonly FileResult[]): string {
  const suites = files.map(({ file, results }) => {
    const failures = results.filter(({ passed }) => !passed).length;
    const cases = results.map(({ name, passed, expected, actual, note }) => {
      const head = `    <testcase classname="${escapeXml(file)}" name="${escapeXml(name)}"`;
      if (passed) return `${head}/>`;
      return `${head}>\n      <failure message="${escapeXml(`expected ${expected}, got ${actual}${note ? `; ${note}` : ''}`)}"/>\n    </testcase>`;
    });
    return [
      `  <testsuite name="${escapeXml(file)}" tests="${results.length}" failures="${failures}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>'].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 does not allow at all are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
