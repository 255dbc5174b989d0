/** What is before the name of what is run, for one kind of launcher. */
interface Launcher {
  /** Options that take the next word as their value, so that it is not mistaken for the name. */
  valued: readonly string[];
  /** Options whose value names the package, which says more than the command that is run from it. */
  naming?: readonly string[];
  /** Options whose value is the program itself, which has no name. */
  inline?: readonly string[];
  /** From the word that names what is run to the id. */
  id: (word: string) => string;
}

const NPM: Launcher = {
  valued: ['-p', '--package', '-c', '--call', '-w', '--workspace', '--prefix', '--registry', '--cache'],
  naming: ['-p', '--package'],
  id: npmName,
};
const UV: Launcher = {
  valued: [
    '--from',
    '--with',
    '--with-editable',
    '--with-requirements',
    '-p',
    '--python',
    '--index',
    '--index-url',
    '--extra-index-url',
    '--default-index',
    '-c',
    '--constraints',
    '--directory',
    '--project',
    '--refresh-package',
    '--env-file',
    '-w',
  ],
  naming: ['--from'],
  id: pythonName,
};
const PIPX: Launcher = {
  valued: ['--spec', '--python', '--pip-args', '-i', '--index-url'],
  naming: ['--spec'],
  id: pythonName,
};
const PYTHON: Launcher = {
  valued: ['-W', '-X', '--check-hash-based-pycs'],
  naming: ['-m'],
  inline: ['-c'],
  id: fileOrModule,
};
const SCRIPT: Launcher = {
  valued: [
    '-r',
    '--require',
    '--import',
    '--loader',
    '--experimental-loader',
    '-C',
    '--conditions',
    '--env-file',
    '--tsconfig',
    '-jar',
    '-cp',
    '-classpath',
    '--config',
    '--import-map',
    '--lock',
    '--max-old-space-size-percentage',
  ],
  naming: ['-jar'],
  inline: ['-e', '--eval', '-p', '--print'],
  id: fileOrModule,
};
const CONTAINER: Launcher = {
  valued:
    '-a -c -e -h -l -m -p -u -v -w --add-host --attach --cap-add --cap-drop --cidfile --cpus --device --dns --entrypoint --env --env-file --expose --gpus --group-add --hostname --init-path --ip --label --link --log-driver --log-opt --mac-address --memory --mount --name --net --network --pid --pids-limit --platform --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --sysctl --tmpfs --ulimit --user --userns --volume --volumes-from --workdir'.split(
      ' ',
    ),
  id: imageName,
};

/** Launchers by the words that start them. The longest that fits counts. */
const LAUNCHERS: Readonly<Record<string, Launcher>> = {
  npx: NPM,
  'npm exec': NPM,
  'npm x': NPM,
  'pnpm dlx': NPM,
  pnpx: NPM,
  'pnpm exec': NPM,
  'yarn dlx': NPM,
  bunx: NPM,
  'bun x': NPM,
  uvx: UV,
  'uv tool run': UV,
  'uv run': { ...UV, naming: ['-m', '--module'], id: fileOrModule },
  'pipx run': PIPX,
  python: PYTHON,
  py: PYTHON,
  node: SCRIPT,
  nodejs: SCRIPT,
  tsx: SCRIPT,
  'ts-node': SCRIPT,
  bun: SCRIPT,
  'bun run': SCRIPT,
  'deno run': SCRIPT,
  java: SCRIPT,
  ruby: SCRIPT,
  dotnet: SCRIPT,
  'docker run': CONTAINER,
  'podman run': CONTAINER,
  'nerdctl run': CONTAINER,
  'docker container run': CONTAINER,
};

/** File names that say nothing; the folder's name does. */
const FOLDERS_OF_BUILDS = new Set(['dist', 'build', 'src', 'lib', 'out', 'bin', '.']);

/** The name under which policies and logs know a server, derived from the command that starts it. */
export function serverId(command: string, args: readonly string[]): string {
  const name = programName(command);
  if (name === 'env') return afterEnv(args);
  if (name === 'cmd' && /^\/c$/i.test(args[0] ?? '') && args[1]) return serverId(args[1], args.slice(2));
  if (name === 'uv' && args[0]?.startsWith('-')) return serverId(command, behindOptions(args, UV.valued));
  for (const count of [2, 1, 0]) {
    const words = [name, ...args.slice(0, count)].join(' ');
    const launcher = Object.hasOwn(LAUNCHERS, words) ? LAUNCHERS[words] : undefined;
    const id = launcher && idFrom(launcher, args.slice(count));
    if (id) return id;
  }
  return name;
}

/** `/usr/bin/python3.12` and `C:\Python\python.exe` are both `python`. */
function programName(command: string): string {
  const name = command.split(/[\\/]/).at(-1) ?? command;
  return name.replace(/\.(?:exe|cmd|bat|ps1)$/i, '').replace(/^python[\d.]+$/, 'python') || command;
}

/** Options of `env` that take the next word. */
const ENV_VALUED = new Set(['-u', '--unset', '-C', '--chdir']);

function afterEnv(args: readonly string[]): string {
  const at = args.findIndex(
    (word, index) => !word.startsWith('-') && !/^\w+=/.test(word) && !ENV_VALUED.has(args[index - 1] ?? ''),
  );
  const command = args[at];
  return command === undefined ? 'env' : serverId(command, args.slice(at + 1));
}

function idFrom(
  { valued, naming = [], inline = [], id }: Launcher,
  args: readonly string[],
): string | undefined {
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    const [option = '', attached] = word.startsWith('--') ? splitOnce(word, '=') : [word];
    const value = attached ?? args[index + 1];
    if (naming.includes(option) && value && !isUrl(value)) return id(value);
    if (inline.includes(option)) return undefined;
    if (word === '--') return args[index + 1] && id(args[index + 1] ?? '');
    if (!word.startsWith('-')) return id(word);
    if (attached === undefined && valued.includes(option)) index++;
  }
  return undefined;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isUrl(text: string): boolean {
  return /^[a-z+]+:\/\//i.test(text);
}

/** `@scope/pkg@1.2` is `@scope/pkg`. A path or URL keeps its last part. */
function npmName(word: string): string {
  if (isUrl(word) || /^[./~]/.test(word)) return fileOrModule(word);
  return word.replace(/(?<=.)@.*$/, '');
}

/** `pkg[extra]==1.0`, `pkg@latest` and `pkg>=2` are `pkg`. */
function pythonName(word: string): string {
  if (isUrl(word) || /^[./~]/.test(word)) return fileOrModule(word);
  return word.replace(/[[@=<>~!;\s].*$/, '');
}

/**
 * `path/server.js` is `server`, `my-server/dist/index.js` is `my-server`, `npm:pkg@1` is `pkg`. A file of an installed
 * package has the name of the package, as `npx` has: files of many packages are called `cli.js`.
 */
function fileOrModule(word: string): string {
  const registered = /^(?:npm|jsr):(.+)$/.exec(word)?.[1];
  if (registered) return npmName(registered);
  const installed = /^(?:.*[\\/])?node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/.@][^\\/]*)[\\/]/.exec(word)?.[1];
  if (installed) return installed.replace('\\', '/');
  const parts = word.split(/[\\/]/).filter(Boolean);
  const stem = (parts.pop() ?? word).replace(/\.(?:[cm]?[jt]sx?|py|pyz|jar|rb|dll|git)$/i, '');
  if (stem !== 'index' && stem !== '__main__') return stem;
  return parts.reverse().find((part) => !FOLDERS_OF_BUILDS.has(part)) ?? stem;
}

/** `ghcr.io/org/image:tag@sha256:…` is `org/image`. */
function imageName(word: string): string {
  const [first = '', ...rest] = word
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join('/') : [first, ...rest].join('/');
}

/** `uv` takes options also in front of what it is to do: `uv --directory /srv/weather run weather.py`. */
function behindOptions(args: readonly string[], valued: readonly string[]): readonly string[] {
  let at = 0;
  while (args[at]?.startsWith('-')) at += valued.includes(args[at] ?? '') ? 2 : 1;
  return args.slice(at);
}
