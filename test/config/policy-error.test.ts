import { describe, expect, it } from 'vitest';
import { diagnosticLine } from '../../src/config/policy-error.js';
import { HEAD, problemsOf } from './problems.js';

describe('diagnosticLine', () => {
  it.each([
    ['a line end', `${HEAD}mode: "en\\nforce"\n`, "3:7: unknown mode 'en\\nforce' (/mode)"],
    ['what colours a terminal', `${HEAD}mode: "\\e[2J"\n`, "3:7: unknown mode '\\u{1b}[2J' (/mode)"],
    ['a direction mark', `${HEAD}"\\u202emode": x\n`, "3:1: unknown key '\\u{202e}mode' (/\\u{202e}mode)"],
    ['a C1 control', `${HEAD}mode: "\\x9b2J"\n`, "3:7: unknown mode '\\u{9b}2J' (/mode)"],
  ])('shows %s of the file as characters', (_, text, expected) => {
    const [problem] = problemsOf(text);
    expect(problem && diagnosticLine(problem).split('\n')[0]).toBe(`policy-wrap.yaml:${expected}`);
  });

  it('shows the beginning of a long text', () => {
    const [problem] = problemsOf(`${HEAD}mode: ${'x'.repeat(100_000)}\n`);
    expect(problem && diagnosticLine(problem).length).toBeLessThan(1_000);
  });
});
