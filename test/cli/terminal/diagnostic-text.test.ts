import { describe, expect, it } from 'vitest';
import { diagnosticText } from '../../../src/cli/terminal/diagnostic-text.js';
import { widthOf } from '../../../src/cli/terminal/text-width.js';
import type { Diagnostic } from '../../../src/core/policy/document/diagnostic.js';

const TEXT = 'version: 1\ndefault: alow\n';
const PLACE = { source: 'policy-wrap.yaml', pointer: '/default', line: 2, column: 10, length: 4 };
const WRONG: Diagnostic = {
  severity: 'error',
  message: "unknown action 'alow'",
  help: "did you mean 'allow'?",
  place: PLACE,
};
const TEXTS = new Map([['policy-wrap.yaml', TEXT]]);

describe('diagnosticText', () => {
  it('shows the line with a mark below what is wrong', () => {
    expect(`\n${diagnosticText(WRONG, TEXTS, 80)}`).toBe(`
error: unknown action 'alow'
  --> policy-wrap.yaml:2:10  /default
   |
 2 | default: alow
   |          ^^^^
help: did you mean 'allow'?`);
  });

  it('names the place alone of a file that may not be shown', () => {
    expect(`\n${diagnosticText(WRONG, new Map(), 80)}`).toBe(`
error: unknown action 'alow'
  --> policy-wrap.yaml:2:10  /default
help: did you mean 'allow'?`);
  });

  it('says what is about no file', () => {
    const { message, help } = WRONG;
    const text = diagnosticText({ severity: 'warning', message, help, place: undefined }, TEXTS, 80);
    expect(text).toBe("warning: unknown action 'alow'\nhelp: did you mean 'allow'?");
  });

  it('breaks long texts between words, below each other', () => {
    const message = `'x' is ${'very '.repeat(10)}wrong`;
    const pointer = `/servers/${'s'.repeat(20)}/tools/x`;
    expect(`\n${diagnosticText({ ...WRONG, message, place: { ...PLACE, pointer } }, TEXTS, 40)}`).toBe(`
error: 'x' is very very very very very
       very very very very very wrong
  --> policy-wrap.yaml:2:10
      /servers/ssssssssssssssssssss/tools/x
   |
 2 | default: alow
   |          ^^^^
help: did you mean 'allow'?`);
  });

  it.each([30, 40, 60, 80, 200])('fits into %i columns but for the names of files', (columns) => {
    const long = `${'word '.repeat(60)}${'x'.repeat(300)} \u001b[31m\u202e`;
    const texts = new Map([['policy-wrap.yaml', `${'y'.repeat(400)}\n${long}: ${long}\n`]]);
    const text = diagnosticText({ ...WRONG, message: long, help: long }, texts, columns);
    for (const odd of ['\u001b', '\u202e']) expect(text).not.toContain(odd);
    for (const line of text.split('\n').filter((each) => !each.includes('-->')))
      expect(widthOf(line), line).toBeLessThanOrEqual(columns);
  });
});
