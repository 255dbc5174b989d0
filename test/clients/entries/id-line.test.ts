import { expect, it } from 'vitest';
import { lineWithId } from '../../../src/clients/entries/id-line.js';

const NPX = ['npx', '-y', 'policy-wrap@1.2.3'];
const json = { list: false, toml: false };

it.each([
  [
    'arguments in JSON',
    { ...json, words: [...NPX, '--', 'uvx', 'notes', '--token', 'x'] },
    '"args": ["-y", "policy-wrap@1.2.3", "--server", "mine", "--", "uvx", …]',
  ],
  [
    'an id that is there already',
    { ...json, words: [...NPX, '--server', 'old', '--quiet', '--server=older', '--', 'notes'] },
    '"args": ["-y", "policy-wrap@1.2.3", "--quiet", "--server", "mine", "--", "notes"]',
  ],
  [
    'TOML',
    { list: false, toml: true, words: [...NPX, '--', 'notes'] },
    'args = ["-y", "policy-wrap@1.2.3", "--server", "mine", "--", "notes"]',
  ],
  [
    'command and arguments in one list',
    { list: true, toml: false, words: ['policy-wrap', '-q', '--', 'notes'] },
    '"command": ["policy-wrap", "-q", "--server", "mine", "--", "notes"]',
  ],
  [
    'a path of Windows',
    { ...json, words: ['node', 'C:\\policy-wrap.js', '-q', '--', 'x.exe'] },
    String.raw`"args": ["C:\\policy-wrap.js", "-q", "--server", "mine", "--", "x.exe"]`,
  ],
])('%s: the line has the id, and nothing of the server but its program', (_, written, line) => {
  expect(lineWithId(written, 'mine')).toBe(line);
});

it('an id that looks like an option is none', () => {
  expect(lineWithId({ ...json, words: ['policy-wrap', '--', 'x'] }, '-q')).toBe(
    '"args": ["--server=-q", "--", "x"]',
  );
});

it('without policy-wrap there is no such line', () => {
  expect(lineWithId({ ...json, words: ['npx', 'notes'] }, 'mine')).toBeUndefined();
});
