import { describe, expect, it } from 'vitest';
import { command } from '../../../../src/cli/commands/definition.js';
import { POLICY_WRAP } from '../../../../src/cli/commands/policy-wrap.js';
import { helpText } from '../../../../src/cli/commands/usage/help-text.js';

const repair = command({
  name: 'repair',
  group: 'write',
  summary: 'repair something that is broken, however long the words about it are',
  arguments: [{ name: 'thing' }, { name: 'parts', variadic: true }],
  options: {
    'with-a-very-long-name': { value: 'value', summary: 'one thing' },
    how: { short: 'w', value: 'way', choices: ['fast', 'well'], default: 'well', summary: 'how to do it' },
    secretly: { summary: 'not shown', hidden: true },
  },
  server: 'optional',
  examples: ['repair it'],
  exitCodes: { 2: 'it was not broken' },
  load: async () => () => 0,
});

describe('helpText', () => {
  it('shows usage, examples, what it does, options and exit codes', () => {
    expect(
      helpText([POLICY_WRAP, repair], 60),
    ).toBe(`Usage: policy-wrap repair <thing> [parts...] [options] [-- <command> [args...]]

Examples:
  policy-wrap repair it

Repair something that is broken, however long the words
about it are.

Options:
  --with-a-very-long-name <value>
                              one thing
  -w, --how <way>             how to do it (fast, well;
                              default: well)
  -h, --help                  print this help

Exit codes:
  2  it was not broken
`);
  });

  it('lists each command that is not hidden once, and each heading once', () => {
    const text = helpText([POLICY_WRAP], 200);
    for (const { name, group, summary } of POLICY_WRAP.commands) {
      const lines = text.split('\n').filter((line) => line.endsWith(summary) && line.startsWith(`  ${name}`));
      expect(lines, name).toHaveLength(group === undefined ? 0 : 1);
    }
    expect(text).toContain('POLICY_WRAP_CONFIG');
    expect(text).toContain('The manual');
  });

  it('keeps to the width', () => {
    for (const width of [40, 80])
      for (const line of helpText([POLICY_WRAP], width).split('\n'))
        if (!/^(?: +|Usage: )policy-wrap /.test(line)) expect(line.length, line).toBeLessThanOrEqual(width);
  });
});
