import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { table } from '../../../src/cli/terminal/table.js';
import { widthOf } from '../../../src/cli/terminal/text-width.js';

const { red, dim } = pc.createColors(true);

describe('a table', () => {
  it('has columns as wide as their widest cell, and no blanks at the end of a line', () => {
    expect(
      table(
        ['server', '', 'command'],
        [
          ['a', 'wrapped', ''],
          ['much longer', 'no', 'npx'],
        ],
      ),
    ).toBe('  server                command\n  a            wrapped\n  much longer  no       npx');
  });

  it('gives colours no place', () => {
    const painted = table([dim('one'), 'two'], [[red('x'), 'y']]);
    expect(painted).toBe(`  ${dim('one')}  two\n  ${red('x')}    y`);
  });

  it.each([
    ['Han', '日本'],
    ['a family', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
    ['a flag', '\u{1f1e9}\u{1f1ea}'],
    ['an accent', 'e\u0301'],
  ])('keeps its columns straight: %s', (_, cell) => {
    const places = (text: string) => widthOf(text.slice(0, text.indexOf('|')));
    const lines = table(
      ['name', '|'],
      [
        [cell, '|'],
        ['plain', '|'],
      ],
    ).split('\n');
    expect(lines.map(places)).toEqual([9, 9, 9]);
  });

  it('shows all lines of a cell, and blanks beside them', () => {
    expect(
      table(
        ['a', 'b', 'c'],
        [
          ['1', '2\n22\n', '3'],
          ['4', '5', '6\n7'],
        ],
      ),
    ).toBe(['  a  b   c', '  1  2   3', '     22', '  ', '  4  5   6', '         7'].join('\n'));
  });

  it('is its head alone where there are no rows', () => {
    expect(table(['a', 'b'], [])).toBe('  a  b');
  });
});
