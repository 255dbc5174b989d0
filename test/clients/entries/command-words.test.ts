import { describe, expect, it } from 'vitest';
import {
  innermost,
  ownOptions,
  splitWords,
  wrapStateOf,
} from '../../../src/clients/entries/command-words.js';

describe('how policy-wrap stands in a command', () => {
  it.each([
    ['npx -y policy-wrap -- npx -y server', 'npx -y server'],
    ['npx policy-wrap@1.2.3 -- uvx server', 'uvx server'],
    ['npx --yes policy-wrap@latest --quiet --config p.yaml -- node x.js', 'node x.js'],
    ['policy-wrap -- server', 'server'],
    ['/usr/local/bin/policy-wrap --server a -- server --flag -- more', 'server --flag -- more'],
    ['C:\\Tools\\policy-wrap.cmd -- server.exe', 'server.exe'],
    ['cmd /c npx -y policy-wrap -- cmd /c npx -y server', 'cmd /c npx -y server'],
    ['node /opt/policy-wrap/bin/policy-wrap.js -- python -m x', 'python -m x'],
    ['node --no-warnings C:\\x\\bin\\policy-wrap.js -- python', 'python'],
    ['npx -p policy-wrap policy-wrap -- x', 'x'],
    ['npx --package=policy-wrap@1 -- policy-wrap -- x', 'x'],
    ['policy-wrap --config ../policy-wrap.yaml -- x', 'x'],
    ['bunx policy-wrap -- x', 'x'],
    ['pnpm dlx policy-wrap -- x', 'x'],
    ['env A=1 npx -y policy-wrap -- x', 'x'],
    ['npx -y policy-wrap -- npx -y policy-wrap --preset strict -- x y', 'x y'],
  ])('%s wraps %s', (line, server) => {
    const words = line.split(' ');
    expect(wrapStateOf(words)).toBe('wrapped');
    expect(words.slice(innermost(words)).join(' ')).toBe(server);
  });

  it.each([
    ['npx -y server', 'bare'],
    ['npx -y @modelcontextprotocol/server-filesystem /home/me/policy-wrap', 'bare'],
    ['node policy-wrapper.js -- x', 'bare'],
    ['server -- policy-wrap', 'bare'],
    ['npx -y policy-wrap', 'itself'],
    ['npx -y policy-wrap approvals', 'itself'],
    ['policy-wrap inspect -- server', 'itself'],
    ['policy-wrap --', 'itself'],
    ['docker run -i image policy-wrap -- server', 'inside'],
    ['dotenv -- npx -y policy-wrap -- server', 'inside'],
    ['cmd /d /c npx -y policy-wrap -- server', 'inside'],
  ])('%s is %s', (line, standing) => {
    expect(wrapStateOf(line.split(' '))).toBe(standing);
  });

  it('sees it in the line of a shell', () => {
    expect(wrapStateOf(['sh', '-c', 'cd /x && npx -y policy-wrap -- server'])).toBe('inside');
    expect(wrapStateOf(['sh', '-c', 'npx -y server --name policy-wrap'])).toBe('bare');
  });

  it('knows its options', () => {
    expect(ownOptions(['npx', '-y', 'policy-wrap', '--server', 'x', '-q', '--', 'a', '--', 'b'])).toEqual([
      '--server',
      'x',
      '-q',
    ]);
  });

  it('does not take the name of a policy for its own', () => {
    const words = ['policy-wrap', '--config', '../policy-wrap.yaml', '-q', '--', 'x'];
    expect(ownOptions(words)).toEqual(['--config', '../policy-wrap.yaml', '-q']);
  });

  it.each([
    ['npx -y policy-wrap', ['npx', '-y', 'policy-wrap']],
    [' node  "/a b/policy-wrap.js" ', ['node', '/a b/policy-wrap.js']],
    [`'C:\\Program Files\\node.exe' x"y z"`, ['C:\\Program Files\\node.exe', 'xy z']],
    ['', []],
  ])('reads the words of %j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});
