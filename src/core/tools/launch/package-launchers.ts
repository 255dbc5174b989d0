import type { Launcher } from './launcher.js';

/** https://docs.npmjs.com/cli/commands/npm-exec */
const NPX: Launcher = {
  valued: '-w --workspace --prefix --registry --cache --userconfig --loglevel --node-options --script-shell',
  naming: '-p --package',
  lines: '-c --call',
  rest: 'npm',
};
/** A script of package.json, which the folder names where the script is called as everybody's. */
const SCRIPT_OF_PACKAGE: Launcher = {
  valued: '-w --workspace',
  folder: '--prefix -C --dir --cwd',
  rest: 'word',
};
const NO_NAME: Launcher = { folder: SCRIPT_OF_PACKAGE.folder ?? '' };
const OF_PACKAGE = {
  run: SCRIPT_OF_PACKAGE,
  'run-script': SCRIPT_OF_PACKAGE,
  start: NO_NAME,
  test: NO_NAME,
};
/** Programs of the project, or of a package that is fetched. */
const BIN: Launcher = { ...NPX, rest: 'program' };

/** https://docs.astral.sh/uv/reference/cli */
const UV_VALUED =
  '--with --with-editable --with-requirements -p --python --index --index-url -i --extra-index-url --default-index -c --constraints --refresh-package --env-file -w --extra --group --only-group --no-group --package --find-links -f --cache-dir --config-file --python-platform --allow-insecure-host --color --resolution --prerelease';
const UVX: Launcher = { valued: `${UV_VALUED} --directory --project`, naming: '--from', rest: 'python' };
const UV: Launcher = {
  valued: UV_VALUED,
  folder: '--directory --project',
  steps: {
    run: {
      valued: UV_VALUED,
      naming: '-m --module -s --script --gui-script',
      folder: '--directory --project',
      rest: 'program',
    },
    tool: { valued: UV_VALUED, folder: '--directory --project', steps: { run: UVX } },
    x: UVX,
  },
};
const PIPX: Launcher = {
  valued: '--python --pip-args -i --index-url --with --backend',
  naming: '--spec',
  rest: 'python',
};
/** Runs a program of an environment that was made before. */
const IN_ENVIRONMENT: Launcher = {
  valued: '-e --env --environment --manifest-path --python -p --extras --feature --frozen',
  folder: '-C --directory --project -P',
  rest: 'program',
};

/** What fetches or builds a program, and runs it. */
export const PACKAGE_LAUNCHERS: Readonly<Record<string, Launcher>> = {
  npx: NPX,
  pnpx: NPX,
  bunx: NPX,
  npm: { ...NO_NAME, valued: NPX.valued ?? '', steps: { ...OF_PACKAGE, exec: NPX, x: NPX } },
  pnpm: {
    ...NO_NAME,
    valued: '--filter -F --config --loglevel --reporter',
    steps: { ...OF_PACKAGE, dlx: NPX, exec: BIN },
    rest: 'word',
  },
  yarn: { ...NO_NAME, steps: { ...OF_PACKAGE, dlx: NPX, exec: BIN, node: { rest: 'file' } }, rest: 'word' },
  bun: {
    valued: '-r --preload --config -c --env-file --tsconfig-override --filter -F',
    inline: '-e --eval -p --print',
    folder: '--cwd',
    steps: { x: NPX, run: { valued: '--env-file --filter -F', folder: '--cwd', rest: 'file' } },
    rest: 'file',
  },
  uvx: UVX,
  uv: UV,
  pipx: { steps: { run: PIPX } },
  poetry: { folder: '-C --directory -P --project', steps: { run: IN_ENVIRONMENT } },
  pdm: { folder: '-p --project', steps: { run: IN_ENVIRONMENT } },
  rye: { steps: { run: IN_ENVIRONMENT, x: UVX } },
  hatch: { valued: '-e --env -p --project', steps: { run: { rest: 'command' } } },
  pipenv: { steps: { run: IN_ENVIRONMENT } },
  pixi: {
    steps: {
      run: IN_ENVIRONMENT,
      exec: { valued: '-w --with -c --channel -p --platform', naming: '-s --spec', rest: 'python' },
      x: { valued: '-w --with -c --channel -p --platform', naming: '-s --spec', rest: 'python' },
    },
  },
  conda: { steps: { run: { valued: '-n --name -p --prefix', folder: '--cwd', rest: 'command' } } },
  go: {
    folder: '-C',
    steps: {
      run: { valued: '-tags -ldflags -gcflags -mod -modfile -exec -overlay -pgo', folder: '-C', rest: 'go' },
      tool: { rest: 'go' },
    },
  },
  cargo: {
    steps: {
      run: {
        valued: '--features -F --profile --target --target-dir --color --config -Z -j --jobs',
        naming: '--bin --example -p --package',
        folder: '--manifest-path',
      },
    },
  },
  swift: { steps: { run: { valued: '-c --configuration', folder: '--package-path', rest: 'word' } } },
  dotnet: {
    valued: '--fx-version --roll-forward --additionalprobingpath --depsfile --runtimeconfig',
    steps: {
      run: {
        valued:
          '-c --configuration -f --framework -r --runtime --launch-profile -lp -a --arch --os -v --verbosity',
        folder: '--project --file',
        rest: 'source',
      },
      tool: { steps: { run: { rest: 'npm' }, execute: { rest: 'npm' }, exec: { rest: 'npm' } } },
      exec: { valued: '--depsfile --runtimeconfig', rest: 'file' },
      dnx: { valued: '--version --source --add-source --configfile', rest: 'npm' },
    },
    rest: 'file',
  },
  dnx: { valued: '--version --source --add-source --configfile', rest: 'npm' },
  jbang: {
    valued: '--java --main -m --deps --repos -D -C --catalog',
    steps: { run: { rest: 'word' } },
    rest: 'word',
  },
  coursier: { steps: { launch: { valued: '-r -M --main-class --jvm', rest: 'word' } } },
  nix: {
    valued: '--extra-experimental-features --experimental-features --option -f --file -I',
    steps: {
      run: {
        valued: '--extra-experimental-features --experimental-features --override-input',
        rest: 'flake',
      },
      shell: { valued: '-c --command', rest: 'flake' },
    },
  },
  'nix-shell': { valued: '-p --packages -I --arg --argstr', lines: '--run --command' },
  composer: {
    folder: '-d --working-dir',
    steps: { run: { rest: 'word' }, 'run-script': { rest: 'word' }, exec: { rest: 'command' } },
  },
  bundle: { steps: { exec: { rest: 'command' } } },
  make: { valued: '-f', folder: '-C', rest: 'word' },
  just: { valued: '-f --justfile', folder: '-d --working-directory', rest: 'word' },
  task: { valued: '-t --taskfile', folder: '-d --dir', rest: 'word' },
};

/** Packages that start another server, or speak to one: it is the server, not the package. */
export const PACKAGES_THAT_START: Readonly<Record<string, Launcher>> = {
  'mcp-remote': { valued: '--header --transport --host', rest: 'url' },
  'mcp-remote-go': { rest: 'url' },
  '@modelcontextprotocol/mcp-remote': { rest: 'url' },
  'mcp-proxy': { rest: 'url', lines: '--shell-command' },
  mcp_proxy: { rest: 'url' },
  'mcp-server-remote': { rest: 'url' },
  supergateway: { lines: '--stdio', naming: '--sse --streamableHttp', rest: 'url' },
  '@smithery/cli': { steps: { run: { valued: '--key --config --profile', rest: 'npm' } } },
  dotenv: {
    valued: '-e -v -c -f --file',
    dashed: true,
    steps: { run: { valued: '-f --file', dashed: true, rest: 'command' } },
    rest: 'command',
  },
  'dotenv-cli': { valued: '-e -v -c', dashed: true, rest: 'command' },
  '@dotenvx/dotenvx': {
    steps: { run: { valued: '-f --env-file -e --env -fv --env-vault-file', dashed: true, rest: 'command' } },
  },
  'cross-env': { rest: 'command' },
  'cross-env-shell': { rest: 'line' },
  'env-cmd': { valued: '-f --file -r --rc-file -e --environments', dashed: true, rest: 'command' },
  envmcp: { valued: '-e --env-file', rest: 'command' },
  varlock: { steps: { run: { valued: '-p --path', dashed: true, rest: 'command' } } },
  tsx: {
    valued: '--tsconfig --import -r --require --env-file -C --conditions',
    inline: '-e --eval -p --print',
    steps: { watch: { rest: 'file' } },
    rest: 'file',
  },
  'ts-node': {
    valued: '-r --require -P --project -O --compiler-options',
    inline: '-e --eval -p --print',
    folder: '--cwd',
    rest: 'file',
  },
  nodemon: { valued: '-w --watch -e --ext -x --exec -i --ignore', rest: 'file' },
  fastmcp: {
    steps: { run: { valued: '-t --transport --python --project --with -e --with-editable', rest: 'target' } },
  },
  mcp: { steps: { run: { valued: '-t --transport', rest: 'target' } } },
  'supercorp/supergateway': { lines: '--stdio', naming: '--sse --streamableHttp', rest: 'url' },
  // Consoles of frameworks: the sub-command is the server.
  artisan: { rest: 'word' },
  console: { rest: 'word' },
  manage: { rest: 'word' },
};

/** Images of a language or a system alone: the server is what is run in them. */
export const RUNTIME_IMAGES =
  /^(?:library\/)?(?:node|python|ubuntu|debian|alpine|busybox|golang|ruby|php|eclipse-temurin|openjdk|oven\/bun|denoland\/deno|mcr\/dotnet\/(?:sdk|runtime)|dotnet\/(?:sdk|runtime))$/;
