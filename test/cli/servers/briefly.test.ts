import { expect, it } from 'vitest';
import { briefly } from '../../../src/cli/servers/briefly.js';
import { ServerToolsError } from '../../../src/servers/server-tools.js';

const PYTHON = [
  'Traceback (most recent call last):',
  '  File "/srv/server.py", line 3, in <module>',
  '    import mcp',
  "ModuleNotFoundError: No module named 'mcp'",
];
const NODE = [
  'node:internal/modules/cjs/loader:1228',
  '  throw err;',
  '  ^',
  "Error: Cannot find module '/srv/x.js'",
  ...Array.from({ length: 20 }, (_, line) => `    at load (node:internal:${line})`),
  '  requireStack: []',
  '}',
  'Node.js v20.20.2',
];

it.each([
  [PYTHON, "it ended: ModuleNotFoundError: No module named 'mcp'"],
  [NODE, "it ended: Error: Cannot find module '/srv/x.js'"],
  [['usage: server --key KEY'], 'it ended: usage: server --key KEY'],
  [['npm error code E404', 'npm notice a new version'], 'it ended: npm error code E404'],
  [['    at a (b:1)', '}'], 'it ended'],
  [[], 'it ended'],
  [['Error: \u001b[2J wrong'], 'it ended: Error: \\u{1b}[2J wrong'],
])('of %j is kept what says why', (lines, expected) => {
  expect(briefly(new ServerToolsError('it ended', 'help', lines.join('\n')))).toBe(expected);
});

it('a secret is not shown', () => {
  const error = new ServerToolsError(
    'it ended',
    'help',
    'Error: token=sk-abcdefghijklmnopqrstuvwx1234567890',
  );
  expect(briefly(error)).not.toContain('abcdefghij');
});
