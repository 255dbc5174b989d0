import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isRun,
  plainOptions,
  RUN_OPTIONS,
  type RunCommand,
  readRunCommand,
} from '../../../src/cli/run/run-options.js';
import { EXIT } from '../../../src/platform/user-error.js';
import { runs } from '../../runs.js';

const NONE = {
  config: undefined,
  server: undefined,
  preset: undefined,
  mode: undefined,
  via: undefined,
  quiet: false,
};

describe('isRun', () => {
  it.each<[string, boolean]>([
    ['-- npx server', true],
    ['--', true],
    ['--config x.yaml -- npx server', true],
    ['-q -- npx server', true],
    ['-- npx server --help', true],
    ['-- npx -- server', true],
    ['--preset nonsense -- npx server', true],
    ['', false],
    ['npx server', false],
    ['check', false],
    ['check -- x.yaml', false],
    ['test --json -- x', false],
    ['--help', false],
    ['--help -- npx server', false],
    ['-q -h -- npx server', false],
    ['--version -- npx', false],
    ['-V -- npx', false],
    ['-v -- npx', false],
    ['--config x.yaml', false],
  ])('%j: %j', (line, expected) => {
    expect(isRun(line.split(' ').filter(Boolean))).toBe(expected);
  });
});

describe('readRunCommand', () => {
  it.each<[string, Partial<RunCommand['options']>, string, string[]]>([
    ['-- server', {}, 'server', []],
    ['-- npx -y server --config x', {}, 'npx', ['-y', 'server', '--config', 'x']],
    ['-- npx -- server', {}, 'npx', ['--', 'server']],
    ['-c a.yaml -- s', { config: 'a.yaml' }, 's', []],
    ['--config a.yaml -- s', { config: 'a.yaml' }, 's', []],
    ['--config=a.yaml -- s', { config: 'a.yaml' }, 's', []],
    ['--config=a=b.yaml -- s', { config: 'a=b.yaml' }, 's', []],
    ['-c a.yaml -c b.yaml -- s', { config: 'b.yaml' }, 's', []],
    ['--server id --mode observe -q -- s', { server: 'id', mode: 'observe', quiet: true }, 's', []],
    ['--preset read-only --quiet -- s', { preset: 'read-only', quiet: true }, 's', []],
    ['--via page -- s', { via: ['page'] }, 's', []],
    ['--via=page,terminal -- s', { via: ['page', 'terminal'] }, 's', []],
    [
      '--preset strict --via command,elicitation -- s',
      { preset: 'strict', via: ['command', 'elicitation'] },
      's',
      [],
    ],
    ['-qc a.yaml -- s', { config: 'a.yaml', quiet: true }, 's', []],
  ])('%s', (line, options, command, args) => {
    expect(readRunCommand(line.split(' '))).toEqual({ options: { ...NONE, ...options }, command, args });
  });

  it.each<[string, string, string]>([
    ['--', 'no command after `--`', 'write the command that starts the server'],
    ['--conifg x -- s', "unknown option '--conifg'", "did you mean '--config'?"],
    ['--conifg=x -- s', "unknown option '--conifg'", "did you mean '--config'?"],
    ['-x -- s', "unknown option '-x'", 'options of the server come after `--`'],
    ['--port 80 -- s', "unknown option '--port'", 'options of the server come after `--`'],
    ['--constructor -- s', "unknown option '--constructor'", 'see policy-wrap --help'],
    ['-q npx -- s', "'npx' is before `--`", 'put `--` before the command'],
    ['--config -- s', 'argument missing', 'see policy-wrap --help'],
    ['--config --server -- s', 'ambiguous', 'see policy-wrap --help'],
    ['--quiet=yes -- s', 'does not take an argument', 'see policy-wrap --help'],
    ['--preset strikt -- s', "unknown preset 'strikt'", "did you mean 'strict'?"],
    [
      '--preset toString -- s',
      "unknown preset 'toString'",
      'write one of standard, read-only, strict, observe',
    ],
    ['--via pgae -- s', "unknown channel 'pgae'", "did you mean 'page'?"],
    ['--via slack -- s', "unknown channel 'slack'", 'write one of elicitation, page, terminal, command'],
    ['--via page, -- s', "unknown channel ''", 'write one of elicitation, page, terminal, command'],
    ['--via= -- s', "unknown channel ''", 'write one of elicitation, page, terminal, command'],
    ['--via page,page -- s', "'page' appears twice in --via", 'remove one of the two'],
    ['--mode off -- s', "unknown mode 'off'", 'write one of enforce, observe'],
    ['--mode obsrve -- s', "unknown mode 'obsrve'", "did you mean 'observe'?"],
    [
      '--preset strict --config x -- s',
      '--preset cannot be combined with --config',
      'write `extends: strict` in the file instead',
    ],
  ])('%s is a mistake', (line, message, help) => {
    expect(() => readRunCommand(line.split(' '))).toThrow(
      expect.objectContaining({
        exitCode: EXIT.failed,
        message: expect.stringContaining(message),
        help: expect.stringContaining(help),
      }),
    );
  });

  it.each(['--config -- s', '--config --server -- s', '--quiet=yes -- s', '--x -- s'])(
    'complains in one line of %s',
    (line) => {
      const complaint = expect.objectContaining({ message: expect.stringMatching(/^[^\n]+$/) });
      expect(() => readRunCommand(line.split(' '))).toThrow(complaint);
    },
  );
});

describe('options as most write them', () => {
  const words = ['-c', '--config', '--preset', '--mode', '--server', '--via', '-q', '--quiet', '--config=a'];
  const odd = ['-qc', '--', '--x', '-c=a', '--toString', '', '-', 'a', 'b.yaml', 'policy wrap', '__proto__'];
  const options = Object.fromEntries(
    Object.entries(RUN_OPTIONS).map(([name, option]) => [
      name,
      {
        type: 'value' in option ? ('string' as const) : ('boolean' as const),
        ...('short' in option ? { short: option.short } : {}),
      },
    ]),
  );

  it('are what the parser of Node makes of them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, ...odd), { maxLength: 6 }), (args) => {
        const plain = plainOptions(args);
        if (plain === undefined) return;
        const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
        expect(plain).toEqual({ values: { ...values }, positionals });
      }),
      runs(2_000),
    );
  });

  it.each([
    ['-c', 'a'],
    ['-q', '--server', 'x'],
    ['--config', 'a', '--mode', 'observe', '--quiet'],
  ])('are read without it: %j', (...args) => expect(plainOptions(args)).toBeDefined());
});
