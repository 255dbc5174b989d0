import { describe, expect, it } from 'vitest';
import { type NamedPolicy, renewedWords } from '../../../src/clients/entries/own-words.js';

const NPX = ['npx', '-y', 'policy-wrap@2.10.0'];

function renewed(line: string, named = false, policy: NamedPolicy = 'as it is', wanted = NPX): string {
  const words = line.split(' ');
  const at = words.findIndex((word) => word.includes('policy-wrap')) + 1;
  const parts = { runner: words.slice(0, at), options: words.slice(at) };
  return renewedWords(parts, { words: wanted, named }, policy).join(' ');
}

describe('the words that start policy-wrap, when it is installed again', () => {
  it.each([
    ['npx -y policy-wrap', 'npx -y policy-wrap@2.10.0'],
    ['npx -y policy-wrap@2.9.9 --server x -q', 'npx -y policy-wrap@2.10.0 --server x -q'],
    ['npx -y policy-wrap@1.20.30', 'npx -y policy-wrap@2.10.0'],
    // Never back, and not what somebody chose.
    ['npx -y policy-wrap@2.10.0', 'npx -y policy-wrap@2.10.0'],
    ['npx -y policy-wrap@2.10.1', 'npx -y policy-wrap@2.10.1'],
    ['npx -y policy-wrap@3.0.0', 'npx -y policy-wrap@3.0.0'],
    ['npx -y policy-wrap@latest', 'npx -y policy-wrap@latest'],
    ['npx policy-wrap@1.0.0', 'npx policy-wrap@1.0.0'],
    ['node /opt/policy-wrap/bin/policy-wrap.js', 'node /opt/policy-wrap/bin/policy-wrap.js'],
    ['bunx policy-wrap@1.0.0', 'bunx policy-wrap@1.0.0'],
  ])('%s becomes %s', (line, expected) => {
    expect(renewed(line)).toBe(expected);
  });

  it('takes a runner that is named', () => {
    expect(renewed('npx -y policy-wrap@3.0.0 --server x', true)).toBe('npx -y policy-wrap@2.10.0 --server x');
  });

  it('keeps what is there where the version is not known', () => {
    expect(renewed('npx -y policy-wrap@1.0.0', false, 'as it is', ['npx', '-y', 'policy-wrap'])).toBe(
      'npx -y policy-wrap@1.0.0',
    );
  });

  it.each([
    ['policy-wrap --server x', 'policy-wrap --config /p --server x'],
    ['policy-wrap --config /old --server x', 'policy-wrap --config /p --server x'],
    ['policy-wrap --server x --config=/old', 'policy-wrap --config /p --server x'],
    ['policy-wrap -c /old', 'policy-wrap --config /p'],
    ['policy-wrap -c/old -q', 'policy-wrap --config /p -q'],
  ])('%s is given another policy', (line, expected) => {
    expect(renewed(line, false, { file: '/p' })).toBe(expected);
  });

  it('names no policy where the project has it', () => {
    expect(renewed('policy-wrap --config /old -q', false, { file: undefined })).toBe('policy-wrap -q');
  });
});
