import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { POLICY_WRAP } from '../../../src/cli/commands/policy-wrap.js';
import { KNOWN_CLIENTS } from '../../../src/clients/known-clients.js';
import { skip } from '../../skip.js';
import { Place, PROGRAM } from '../place.js';
import { NO_TERMINAL } from '../terminal.js';
import { completedInBash, SHELL_PROBES, scriptFor } from './shells.js';

const COMMANDS = POLICY_WRAP.commands.flatMap(({ name, group }) => (group === undefined ? [] : name)).sort();
const CLIENTS = KNOWN_CLIENTS.map(({ name }) => name)
  .filter((name) => name.startsWith('c'))
  .sort();

/** What is typed, and all that may be offered. */
const CASES: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['policy-wrap ', COMMANDS],
  ['policy-wrap che', ['check']],
  ['policy-wrap --pre', ['--preset']],
  ['policy-wrap --preset ', ['observe', 'read-only', 'standard', 'strict']],
  ['policy-wrap --mode=o', ['observe']],
  ['policy-wrap --via page,t', ['terminal']],
  ['policy-wrap -c pol', ['policies', 'policy-wrap.yaml']],
  ['policy-wrap check pol', ['policies', 'policy-wrap.yaml']],
  ['policy-wrap check --up', ['--update-lock']],
  ['policy-wrap explain x --preset re', ['read-only']],
  ['policy-wrap test --reporter=j', ['junit']],
  ['policy-wrap status --client zed,c', CLIENTS],
  ['policy-wrap approvals ', ['revoke', 'show', 'watch']],
  ['policy-wrap approvals watch --js', ['--json']],
  ['policy-wrap approve k8u --remember s', ['session']],
  ['policy-wrap deny k8u --reason pol', []],
  ['policy-wrap approve pol', []],
  ['policy-wrap completion ', ['bash', 'fish', 'powershell', 'zsh']],
  ['policy-wrap help ap', ['approvals', 'approve']],
  ['policy-wrap --quiet -- cat pol', ['policies', 'policy-wrap.yaml']],
  ['policy-wrap doctor --timeout 9 -- cat pol', ['policies', 'policy-wrap.yaml']],
  ['policy-wrap inspect -- policy-wrap-no-such', []],
];

function placeWithFiles(): Place {
  const place = new Place();
  place.policy('version: 1\n');
  place.write('policies/other.yaml', 'version: 1\n');
  return place;
}

for (const { name, missing, complete } of SHELL_PROBES) {
  describe.skipIf(skip(missing !== undefined, `completion in ${name}: ${missing}`))(
    `completion in ${name}`,
    () => {
      it('offers what fits, and nothing else', async () => {
        const place = placeWithFiles();
        const script = await scriptFor(place, name);
        const lines = CASES.map(([line]) => line);
        const offered = await complete(place, script, lines);
        expect(lines.map((line, index) => [line, offered[index]])).toEqual(CASES);
      });

      it('completes the command that starts a server', async () => {
        const place = placeWithFiles();
        const script = await scriptFor(place, name);
        const lines = ['policy-wrap -- mkdi', 'policy-wrap check --against -- mkdi'];
        for (const words of await complete(place, script, lines)) expect(words).toContain('mkdir');
      });
    },
  );
}

const bash = SHELL_PROBES.find(({ name }) => name === 'bash');
const noBash = skip(
  NO_TERMINAL || bash?.missing !== undefined,
  'completion in bash at a terminal: one of the two is missing',
);

it.skipIf(noBash)('bash at a terminal quotes the names of files', async () => {
  const place = new Place();
  place.write('two words.yaml', '');
  const script = await scriptFor(place, 'bash');
  await completedInBash(place, script, 'policy-wrap check two', 'policy-wrap check two\\ words.yaml ');
});

describe('completion in PowerShell', () => {
  it('names all commands and options, quotes what it says, and closes what it opens', async () => {
    const { stdout } = await execa(process.execPath, [PROGRAM, 'completion', 'powershell']);
    expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName policy-wrap -ScriptBlock {');
    for (const name of [...COMMANDS, 'approvals watch'])
      expect(stdout).toContain(`        '${name}' = @{ Words`);
    expect(stdout).toContain("'--preset' = 'use a built-in policy instead of the project''s file'");
    expect(stdout).not.toContain('example-server');
    const bare = stdout.replace(/'(?:[^']|'')*'/g, '').replace(/^#.*$/gm, '');
    for (const [open, close] of ['{}', '()', '[]'].map((pair) => pair.split('')))
      expect(bare.split(open as string).length, open).toBe(bare.split(close as string).length);
  });
});

describe('completion', () => {
  it('names the shells where another is asked for', async () => {
    const { exitCode, stderr } = await execa(process.execPath, [PROGRAM, 'completion', 'tcsh'], {
      reject: false,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });
});
