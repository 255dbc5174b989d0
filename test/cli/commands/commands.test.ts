import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_GROUPS, type CommandDefinition } from '../../../src/cli/commands/definition.js';
import { POLICY_WRAP } from '../../../src/cli/commands/policy-wrap.js';
import { readCommand } from '../../../src/cli/program.js';
import { isRun, readRunCommand } from '../../../src/cli/run/run-options.js';
import { splitWords } from '../../../src/clients/entries/command-words.js';

const docs = readFileSync(path.resolve(import.meta.dirname, '../../../docs/commands.md'), 'utf8');

/** Every command with its names, the program itself first. */
function everyCommand(command = POLICY_WRAP, path: readonly string[] = []): [string, CommandDefinition][] {
  return [
    [['policy-wrap', ...path].join(' '), command],
    ...command.commands.flatMap((each) => everyCommand(each, [...path, each.name])),
  ];
}

const COMMANDS = everyCommand();
const hidden = ({ name, group }: CommandDefinition) => group === undefined && name !== 'policy-wrap';

/** The words of an example as a shell passes them on. */
function argvOf(example: string): string[] {
  return splitWords(example.replace(/ >>? .*$/, ''));
}

describe('every command', () => {
  it('is found', () => {
    expect(COMMANDS.length).toBeGreaterThan(20);
    expect(new Set(COMMANDS.map(([names]) => names)).size).toBe(COMMANDS.length);
  });

  it.each(COMMANDS)('%s says what it does in one line', (_, { summary, group }) => {
    expect(summary).toMatch(group === undefined ? /^\w.*\w\.?$/ : /^[a-z][^\n]*[^.\n]$/);
    if (group !== undefined) expect(Object.keys(COMMAND_GROUPS)).toContain(group);
  });

  const optioned = COMMANDS.filter(([, { options }]) => Object.keys(options).length > 0);

  it.each(optioned)('%s says what each option does in one line', (_, { options }) => {
    for (const [name, { summary, short }] of Object.entries(options)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(summary, name).toMatch(/^[a-z][^\n]*[^.\n]$/);
      if (short !== undefined) expect(short).toMatch(/^[a-z]$/);
    }
  });

  it.each(COMMANDS)('%s has examples that the program can read', (names, command) => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      const argv = argvOf(example);
      if (isRun(argv)) expect(readRunCommand(argv).command).toBe('npx');
      else {
        const read = readCommand(argv);
        expect(read, example).toBeDefined();
        if (names !== 'policy-wrap')
          expect(example.startsWith(names.slice('policy-wrap '.length))).toBe(true);
      }
    }
  });

  it.each(COMMANDS.filter(([, { commands }]) => commands.length === 0))(
    '%s is what its first example is read as',
    (_, command) => {
      expect(readCommand(argvOf(command.examples[0] ?? ''))?.definition).toBe(command);
    },
  );

  it.each(COMMANDS)('%s loads what carries it out', async (_, { load }) => {
    expect(await load()).toBeTypeOf('function');
  });

  it.each(COMMANDS.filter(([, command]) => !hidden(command)))('%s has a section in the docs', (names) => {
    const headings = docs.split('\n').filter((line) => line.startsWith('## '));
    const name = names.replace(/^policy-wrap (\w+).*/, '$1');
    expect(
      headings.some((line) => new RegExp(`\\b${name}\\b`).test(line)),
      name,
    ).toBe(true);
    expect(docs).toContain(names);
  });
});

describe('an action', () => {
  it('receives what was declared: options in camel case, absent where they were not given', () => {
    expect(
      readCommand(['install', 'a', 'b', '--dry-run', '--client', 'zed, cursor', '--client=codex'])?.input,
    ).toEqual({
      arguments: [['a', 'b']],
      options: { dryRun: true, client: ['zed', 'cursor', 'codex'] },
      server: [],
      root: POLICY_WRAP,
    });
    expect(readCommand(['explain', 'x'])?.input).toMatchObject({
      arguments: ['x', undefined],
      options: { client: '' },
    });
    expect(readCommand(['inspect', 'x'])?.input).toMatchObject({ options: { timeout: '60' } });
  });

  it('receives what comes after `--`, where the command starts a server', () => {
    expect(readCommand(['doctor', '--json', '--', 'npx', '--json', '--'])?.input).toMatchObject({
      options: { json: true, timeout: '60' },
      server: ['npx', '--json', '--'],
    });
    expect(readCommand(['test', '--', '--json'])?.input).toMatchObject({
      arguments: [['--json']],
      server: [],
    });
  });

  it('receives options that were given before a sub-command of it', () => {
    for (const argv of [
      ['approvals', '--json', 'watch'],
      ['approvals', 'watch', '--json'],
    ])
      expect(readCommand(argv)).toMatchObject({
        definition: { name: 'watch' },
        input: { options: { json: true } },
      });
  });
});
