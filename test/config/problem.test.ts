import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.js';
import { HEAD, problemsOf } from './problems.js';

describe('formatProblem', () => {
  it.each([
    ['a line end', `${HEAD}mode: "en\\nforce"\n`, "unknown mode 'en\\nforce' (/mode)"],
    ['what colours a terminal', `${HEAD}mode: "\\e[2J"\n`, "unknown mode '\\u{1b}[2J' (/mode)"],
    ['a direction mark', `${HEAD}"\\u202emode": x\n`, "unknown key '\\u{202e}mode' (/\\u{202e}mode)"],
    ['a C1 control', `${HEAD}mode: "\\x9b2J"\n`, "unknown mode '\\u{9b}2J' (/mode)"],
  ])('shows %s of the file as characters', (_, text, expected) => {
    const [problem] = problemsOf(text);
    expect(problem && formatProblem(problem).split('\n')[0]).toBe(`policy-wrap.yaml:3:1: ${expected}`);
  });

  it('shows the beginning of a long text', () => {
    const [problem] = problemsOf(`${HEAD}mode: ${'x'.repeat(100_000)}\n`);
    expect(problem && formatProblem(problem).length).toBeLessThan(1_000);
  });
});
