import { describe, expect, it } from 'vitest';
import { entriesIn } from '../../../src/clients/entries/entry.js';
import { givenUp } from '../../../src/clients/entries/given-up.js';
import { jsonc } from '../../../src/clients/formats/jsonc.js';

type Written = { command: string | string[]; args?: string[]; env?: Record<string, string> };

function lost(written: Written, ofProject = true): string[] {
  const root = jsonc.read(JSON.stringify({ mcpServers: { it: written } }));
  const [entry] = entriesIn(root, [{ keys: ['mcpServers'], list: false }]);
  if (entry === undefined) throw new Error('no entry');
  return givenUp(entry, ofProject).map(({ by, what }) => `${by}: ${what}`);
}

const npx = (...options: string[]): Written => ({
  command: 'npx',
  args: ['-y', 'policy-wrap', ...options, '--', 'uvx', 'x'],
});

describe('what a wrapped entry gives up', () => {
  it.each<[string, Written, string[]]>([
    ['nothing', npx(), []],
    ['nothing by an id', npx('--server', 'x', '-q'), []],
    ['nothing by enforcing', npx('--mode', 'enforce'), []],
    [
      'all by observing',
      npx('--mode', 'observe'),
      ['--mode observe: nothing is refused but by your own policy file'],
    ],
    ['the same', npx('--mode=observe'), ['--mode observe: nothing is refused but by your own policy file']],
    ['the last one counts', npx('--mode', 'observe', '--mode', 'enforce'), []],
    ['by a preset', npx('--preset', 'strict'), ['--preset strict: the policy of the project does not judge']],
    [
      'by the preset that observes',
      npx('--preset=observe'),
      [
        '--preset observe: the policy of the project does not judge, and nothing is refused but by your own policy file',
      ],
    ],
    [
      'how one is asked',
      npx('--via', 'elicitation'),
      ['--via elicitation: you are asked so, unless your own policy file says how'],
    ],
    [
      'by a file',
      npx('-c', 'x.yaml'),
      ['--config x.yaml: a policy that is named may choose the program that is asked and where it logs'],
    ],
    [
      'by a second policy-wrap',
      { command: 'policy-wrap', args: ['-q', '--', 'policy-wrap', '--mode', 'observe', '--', 'x'] },
      ['--mode observe: nothing is refused but by your own policy file'],
    ],
    [
      'by a variable',
      { ...npx(), env: { XDG_CONFIG_HOME: '/x', TOKEN: 'y' } },
      ['XDG_CONFIG_HOME: your own policy file is looked for elsewhere'],
    ],
    [
      'by an option of the server',
      { command: 'policy-wrap', args: ['-q', '--', 'x', '--mode', 'observe'] },
      [],
    ],
    [
      'nothing where it is not wrapped',
      { command: 'x', args: ['--mode', 'observe'], env: { HOME: '/x' } },
      [],
    ],
  ])('%s', (_, written, expected) => {
    expect(lost(written)).toEqual(expected);
  });

  it('says nothing of a file that the user names', () => {
    expect(lost(npx('-c', 'x.yaml'), false)).toEqual([]);
    expect(lost({ ...npx(), env: { POLICY_WRAP_CONFIG: '/x.yaml' } }, false)).toEqual([]);
    expect(lost({ ...npx(), env: { POLICY_WRAP_CONFIG: '/x.yaml' } })).toHaveLength(1);
  });
});
