import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectUsable, FILE, run, saved, text } from './init-place.js';
import { npmServer, Place } from './place.js';

describe('the schema that an editor finds', () => {
  it('is that of the package where the project has it', () => {
    const place = new Place();
    place.write('node_modules/policy-wrap/schema/policy-wrap.schema.json', '{}');
    run(place, 'init', '--yes', ...saved(place, [{ name: 'list_x' }]));
    expect(text(place)).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/policy-wrap\/schema\/policy-wrap\.schema\.json\n/,
    );
  });
});

describe('init', () => {
  it.each(['everything', 'filesystem', 'memory'] as const)(
    'writes a policy that can be used for the server %s',
    (name) => {
      const place = new Place();
      const command = [process.execPath, npmServer(name), ...(name === 'filesystem' ? [place.work] : [])];
      const { status, stderr } = run(place, 'init', '--yes', '--', ...command);
      expect(status, stderr).toBe(0);
      expect(stderr).toContain(`wrote ${FILE}:`);
      expect(text(place)).toMatch(
        /^# yaml-language-server: \$schema=https:\/\/unpkg\.com\/policy-wrap@\d+\/schema\/policy-wrap\.schema\.json\n/,
      );
      expectUsable(place);
    },
  );

  it('names the server in the command that it says, where the policy knows it by another name than its command', () => {
    const place = new Place();
    const server = [process.execPath, npmServer('memory')];
    const named = run(place, 'init', '--yes', '--server', 'notes', '--', ...server);
    expect(named.stderr).toContain('"args": ["-y","policy-wrap","--server","notes","--",');
    const plain = run(new Place(), 'init', '--yes', '--', ...server);
    expect(plain.stderr).toContain('"args": ["-y","policy-wrap","--",');
  });

  it('puts each tool under its category, with what its server says of it', () => {
    const place = new Place();
    const tools = [
      { name: 'list_keys', description: 'Lists keys.\nAll of them.' },
      { name: 'create_key', description: 'Makes a key' },
      { name: 'delete_key', description: 'Deletes a key', annotations: { readOnlyHint: true } },
      { name: 'run_command' },
      { name: 'create_payment' },
    ];
    expect(run(place, 'init', ...saved(place, tools)).status).toBe(0);
    expect(text(place)).toContain(`servers:
  my-server:
    # To decide for one tool, put an action in place of its category: create_payment: deny
    tools:
      # Read
      list_keys: { category: read } # Lists keys.

      # Write
      create_key: { category: write } # Makes a key

      # Execute
      run_command: { category: execute }

      # Destructive
`);
    expect(text(place)).toContain('      delete_key: { category: destructive } # Deletes a key\n');
    const results = expectUsable(place);
    expect(results).toMatch(/create_key on my-server +allow x30, limited/);
    for (const name of ['run_command', 'delete_key', 'create_payment', 'delete_everything'])
      expect(results).toMatch(new RegExp(`ok +${name} on my-server +require_approval`));
  });

  it('decides for calls as it says', () => {
    const place = new Place();
    run(place, 'init', ...saved(place, [{ name: 'delete_key' }, { name: 'list_keys' }]));
    const explain = (tool: string) => run(place, 'explain', tool, '--server', 'my-server').stdout;
    expect(explain('delete_key')).toMatch(/^delete_key: require_approval/);
    expect(explain('list_keys')).toMatch(/^list_keys: allow/);
    place.policy(text(place).replace('delete_key: { category: destructive }', 'delete_key: deny'));
    expect(explain('delete_key')).toMatch(/^delete_key: deny/);
  });

  it('names tools whatever they are called', () => {
    const names = [
      'yes',
      'null',
      '1.0',
      '0x1f',
      '~',
      'true',
      'a: b',
      "it's",
      'say "hi"',
      'back\\slash',
      '- dash',
      '#hash',
      '&anchor',
      '!tag',
      '%percent',
      '@at',
      '`tick`',
      '{a}',
      '[b]',
      'a, b',
      ' leading',
      'trailing ',
      'löschen',
      '删除文件',
      '🔥',
      'constructor',
      'toString',
      'API-post-search',
      'github.search',
      'a/b',
      'x'.repeat(190),
    ];
    const place = new Place();
    const tools = names.flatMap((name) => [{ name }, { name: `delete ${name}` }]);
    run(place, 'init', ...saved(place, tools));
    const tested = expectUsable(place)
      .split('\n')
      .filter((line) => /ok +delete .* require_approval$/.test(line));
    expect(tested).toHaveLength(names.length);
    const explained = run(place, 'explain', 'delete say "hi"', '--server', 'my-server').stdout;
    expect(explained).toContain('require_approval');
    expect(run(place, 'init', '--update', ...saved(place, tools)).stderr).toContain('nothing is new');
  });

  it('says which tools no entry can name', () => {
    const names = [
      'a*',
      'wh?t',
      'nul\0byte',
      'new\nline',
      'tab\tbed',
      'zero\u200bwidth',
      'bidi\u202eedoc',
      '\ud800',
      '__proto__',
      '',
      'y'.repeat(201),
    ];
    const place = new Place();
    const tools = [...names, 'list_keys'].map((name) => ({ name }));
    const { status, stderr } = run(place, 'init', ...saved(place, tools));
    expect(status, stderr).toBe(0);
    expect(stderr).toContain(`${names.length} that no entry can name`);
    expect(text(place)).toContain('# No entry can name these tools alone');
    expect(text(place)).toContain(String.raw`#   "new\nline"`);
    expectUsable(place);
  });

  it('tells lookalikes apart', () => {
    const place = new Place();
    const tools = ['Delete_Key', 'delete_key', 'DELETE_KEY', 'get_key', 'Get_Key'].map((name) => ({ name }));
    run(place, 'init', ...saved(place, tools));
    expectUsable(place);
  });

  it('makes nothing of what a hostile server says', () => {
    const place = new Place();
    const description =
      'x # yaml-language-server: $schema=https://evil.example\n"*": allow\r\u2028tools: {}\u0085vim: set ex=1: \u001b[31m\u202e';
    run(
      place,
      'init',
      ...saved(place, [
        { name: 'list_keys', description },
        { name: 'b', title: description },
      ]),
    );
    expectUsable(place);
    const lines = text(place).split('\n');
    expect(lines.filter((line) => /yaml-language-server/i.test(line))).toHaveLength(1);
    expect(text(place)).not.toMatch(/vim:|[^\n -~…]/);
    expect(lines.filter((line) => /^\s*("\*"|tools: \{\})/.test(line))).toEqual([]);
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(115);
  });

  it('writes a policy for a server without tools', () => {
    const place = new Place();
    expect(run(place, 'init', ...saved(place, [])).status).toBe(0);
    expectUsable(place);
  });

  it('writes a policy for five hundred tools', () => {
    const place = new Place();
    const tools = Array.from({ length: 500 }, (_, index) => ({
      name: `${['list', 'create', 'delete', 'run'][index % 4]}_thing_${index}`,
      description:
        'Does something to a thing, in a sentence that is far longer than what a line has room for. '.repeat(
          5,
        ),
    }));
    expect(run(place, 'init', ...saved(place, tools)).stderr).toContain('500 tools');
    expectUsable(place);
  });

  it('puts several servers into one file', () => {
    const place = new Place();
    run(place, 'init', '--yes', ...saved(place, [{ name: 'delete_key' }], '@scope/one'));
    const before = text(place);
    const { status, stderr } = run(place, 'init', '--yes', ...saved(place, [{ name: 'purge_queue' }], 'two'));
    expect(status, stderr).toBe(0);
    expect(stderr).toContain(`added to ${FILE}: 1 tool (1 destructive) of "two"`);
    const [start = '', end = ''] = before.split('\n\n# Whether');
    expect(text(place)).toBe(`${start}

  two:
    # To decide for one tool, put an action in place of its category: purge_queue: deny
    tools:
      # Destructive
      purge_queue: { category: destructive }

# Whether${end}  - { server: two, call: purge_queue, expect: require_approval }
`);
    expect(expectUsable(place)).toContain('3 passed');
  });

  it('writes nothing over what is there', () => {
    const place = new Place();
    run(place, 'init', ...saved(place, [{ name: 'list_keys' }]));
    const before = text(place);
    const again = run(place, 'init', '--yes', ...saved(place, [{ name: 'new_tool' }]));
    expect(again).toMatchObject({ status: 1, stdout: '' });
    expect(again.stderr).toBe(
      `policy-wrap: ${FILE} has a section for "my-server" already\n  help: add --update to add the tools that are new and keep the rest\n`,
    );
    expect(text(place)).toBe(before);
  });

  it.each<[string, string, number]>([
    ['an invalid policy', 'version: 2\n', 3],
    ['something else', 'not: [a', 3],
  ])('leaves %s alone', (_, before, status) => {
    const place = new Place();
    place.policy(before);
    expect(run(place, 'init', '--yes', ...saved(place, [{ name: 'a' }])).status).toBe(status);
    expect(text(place)).toBe(before);
    expect(readdirSync(place.work).sort()).toEqual([FILE, 'tools.json']);
  });

  it.each<[string, string[], string]>([
    ['no server', [], 'no server command was given'],
    ['a list of nobody', ['--tools', 'tools.json'], 'does not name its server'],
    ['an id that is a glob', ['--tools', 'tools.json', '--server', 'a*'], 'cannot be the key of a server'],
    ['a program that is not there', ['--', 'no-such-program'], 'no-such-program'],
  ])('says in one sentence what is wrong with %s', (_, args, words) => {
    const place = new Place();
    place.write('tools.json', '[]');
    const { status, stderr } = run(place, 'init', ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).toContain('\n  help: ');
    expect(place.has(FILE)).toBe(false);
  });

  it('says that a file stands where a folder should', () => {
    const place = new Place();
    const { status, stderr } = run(place, 'init', '--config', 'tools.json/x.yaml', ...saved(place, []));
    expect(status).toBe(1);
    expect(stderr).toContain('tools.json/x.yaml cannot be written');
  });

  it('writes where --config says, and makes the folder', () => {
    const place = new Place();
    const { status, stderr } = run(
      place,
      'init',
      '--config',
      'deep/down/mine.yaml',
      ...saved(place, [{ name: 'a' }]),
    );
    expect(status, stderr).toBe(0);
    expect(text(place, 'deep/down/mine.yaml')).toContain('my-server:');
    expect(run(place, 'test', 'deep/down/mine.yaml').status).toBe(0);
  });
});
