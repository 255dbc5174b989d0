import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { type Place, PROGRAM } from '../place.js';
import { NO_TERMINAL } from '../terminal.js';

/** Asks a real shell what it would complete at the end of each line, typed in the working directory. */
export interface ShellProbe {
  name: 'bash' | 'zsh' | 'fish';
  /** Why it cannot be asked here; undefined where it can. */
  missing: string | undefined;
  complete(place: Place, script: string, lines: readonly string[]): Promise<string[][]>;
}

/** The script as the program prints it, in a file. */
export async function scriptFor(place: Place, shell: string): Promise<string> {
  const { stdout } = await execa(process.execPath, [PROGRAM, 'completion', shell], { env: place.env });
  return place.write(`../completion.${shell}`, `${stdout}\n`);
}

/** Calls the function that was registered, with the line split as readline does it. */
const bash: ShellProbe = {
  name: 'bash',
  missing: missing('bash'),
  complete(place, script, lines) {
    const probe = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _policy_wrap; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return inTurn(lines, async (line) => {
      const words = line.split(/ |(=)/).filter((word) => word !== undefined);
      const { stdout } = await execa(
        'bash',
        ['--norc', '-c', probe, 'bash', script, ...words],
        inside(place),
      );
      return wordsOf(stdout);
    });
  },
};

/**
 * Presses Tab at the end of a line, at a terminal.
 * @returns when the screen has shown what is wanted
 */
export async function completedInBash(
  place: Place,
  script: string,
  line: string,
  wanted: string,
): Promise<void> {
  const shell = spawn('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'], {
    cwd: place.work,
    // A shell whose terminal is gone writes its history at its end, when the folder may be gone, too.
    env: { ...place.env, HISTFILE: '/dev/null' },
  });
  let screen = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
  });
  try {
    shell.stdin.write(`PS1='ready''> '; source '${script}'\n`);
    await until(() => screen.includes('ready>'));
    shell.stdin.write(`${line}\t`);
    await until(() => screen.includes(wanted));
  } finally {
    shell.kill('SIGKILL');
  }
}

/** At a terminal, since zsh completes nowhere else. What it would offer is written to a file. */
const zsh: ShellProbe = {
  name: 'zsh',
  missing: missing('zsh') ?? (NO_TERMINAL ? 'there is no terminal' : undefined),
  async complete(place, script, lines) {
    const found = place.write('../zsh/found', '');
    const setUp = place.write('../zsh/set-up', zshSetUp(script, found));
    const shell = spawn('script', ['-qec', 'zsh -f -i', '/dev/null'], { cwd: place.work, env: place.env });
    let screen = '';
    shell.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
    });
    try {
      shell.stdin.write(`source '${setUp}'\n`);
      await until(() => screen.includes('ready>'));
      return await inTurn(lines, async (line) => {
        writeFileSync(found, '');
        rmSync(`${found}.done`, { force: true });
        shell.stdin.write(`${EMPTY_LINE}${line}\t`);
        await until(() => existsSync(`${found}.done`));
        return wordsOf(readFileSync(found, 'utf8'));
      });
    } finally {
      shell.kill('SIGKILL');
    }
  },
};

/** Ctrl+U. */
const EMPTY_LINE = '\u0015';

function zshSetUp(script: string, found: string): string {
  return `
autoload -Uz compinit
compinit -u -D
source '${script}'
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
  typeset -a hits
  builtin compadd -A hits "$@"
  if (( $#hits )); then print -rl -- $hits >> '${found}'; fi
  builtin compadd "$@"
}
finished() { : > '${found}.done'; comppostfuncs=(finished) }
comppostfuncs=(finished)
bindkey '^I' complete-word
PS1='ready''> '
`;
}

const fish: ShellProbe = {
  name: 'fish',
  missing: missing('fish'),
  complete(place, script, lines) {
    return inTurn(lines, async (line) => {
      const probe = 'source $argv[1]; complete -C $argv[2]';
      const { stdout } = await execa('fish', ['--no-config', '-c', probe, script, line], inside(place));
      return wordsOf(stdout.replace(/\t.*$/gm, ''));
    });
  },
};

export const SHELL_PROBES: readonly ShellProbe[] = [bash, zsh, fish];

function missing(shell: string): string | undefined {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0 ? undefined : `${shell} is not installed`;
}

function inside({ work, env }: Place) {
  return { cwd: work, env, extendEnv: false };
}

/** Shells differ in whether they repeat what was typed before a comma or an equals sign, and write a slash after a folder. */
function wordsOf(text: string): string[] {
  const words = text.split('\n').map((line) => line.trim().replace(/^.*[,=]|\/$/g, ''));
  return [...new Set(words.filter((word) => word !== ''))].sort();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function inTurn<Result>(
  lines: readonly string[],
  ask: (line: string) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const line of lines) results.push(await ask(line));
  return results;
}
