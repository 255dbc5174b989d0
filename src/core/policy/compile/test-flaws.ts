import type { Flaw } from '../document/diagnostic.js';
import type { PolicyDocument, TestDocument } from '../document/document.js';

const SUBJECTS = ['call', 'resource', 'prompt', 'method'] as const satisfies readonly (keyof TestDocument)[];

/** Tests that do not say what they test, or more than one thing at once: they would pass without testing anything. */
export function testFlaws({ tests = [] }: PolicyDocument): Flaw[] {
  return tests.flatMap((test, index) => {
    const named = SUBJECTS.filter((subject) => test[subject] !== undefined);
    if (named.length === 1) return [];
    const message =
      named.length === 0 ? 'this test calls nothing' : `this test has both '${named.join("' and '")}'`;
    const help =
      named.length === 0
        ? 'add `call: name_of_a_tool`, or `resource`, `prompt` or `method`'
        : 'make two tests of it';
    return [{ path: ['tests', index], message, help }];
  });
}

/** Calls that must be logged where the log is turned off: every one would be refused. */
export function auditFlaws({ audit }: PolicyDocument): Flaw[] {
  if (audit?.file !== false || !audit.required) return [];
  return [
    {
      path: ['audit', 'required'],
      message: 'calls must be logged, and `file: false` turns the log off',
      help: 'write where to log, such as `file: auto`',
    },
  ];
}
