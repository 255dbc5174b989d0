import { describe, expect, it } from 'vitest';
import { isExpressionFlaw } from '../../../../src/core/policy/conditions/expression.js';
import { MARK_NAMES, type Mark } from '../../../../src/core/tools/category.js';
import { bindings, compile } from './conditions.js';

function evaluate(source: string, marks: readonly Mark[]): unknown {
  const compiled = compile(source, 'bool');
  if (isExpressionFlaw(compiled)) throw new Error(compiled.flaw);
  const plain = bindings('{}');
  return compiled.evaluate({ ...plain, tool: { ...plain.tool, marks } });
}

describe('tool.marks', () => {
  it.each(MARK_NAMES)('has %s where the tool has it', (mark) => {
    expect(evaluate(`"${mark}" in tool.marks`, [mark])).toEqual({ value: true });
    expect(evaluate(`"${mark}" in tool.marks`, [])).toEqual({ value: false });
  });

  it.each([
    ['"overwrite" in tool.marks', "no tool has the mark 'overwrite'", "did you mean 'overwrites'?"],
    ['!("forcepushes" in tool.marks)', "no tool has the mark 'forcepushes'", "did you mean 'force_pushes'?"],
    ['args.x == 1 || "" in .tool.marks', "no tool has the mark ''", 'the marks are overwrites, force_pushes'],
    ['"delete" in tool.mark', "tool has no 'mark'", "did you mean 'tool.marks'?"],
  ])('is checked when the policy is loaded: %s', (source, flaw, help) => {
    const compiled = compile(source, 'bool');
    expect(compiled).toMatchObject({
      flaw: expect.stringContaining(flaw),
      help: expect.stringContaining(help),
    });
  });

  it('may be looked for under a name that comes with the call', () => {
    expect(evaluate('["moves"].exists(each, each in tool.marks)', ['moves'])).toEqual({ value: true });
  });
});
