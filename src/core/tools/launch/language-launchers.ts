import type { Launcher } from './launcher.js';

const PYTHON: Launcher = {
  valued: '-W -X --check-hash-based-pycs',
  naming: '-m',
  inline: '-c',
  rest: 'file',
};
const NODE: Launcher = {
  valued:
    '-r --require --import --loader --experimental-loader -C --conditions --env-file --env-file-if-exists --tsconfig --config --max-old-space-size-percentage',
  inline: '-e --eval -p --print',
  rest: 'file',
};
const DENO: Launcher = {
  valued: '--config -c --import-map --lock --env-file --preload -L --log-level',
  rest: 'file',
};
const SCRIPT: Launcher = { inline: '-e -E', rest: 'script' };
/** https://www.gnu.org/software/bash/manual/html_node/Invoking-Bash.html; `-lc` is read as `-c`. */
const SHELL: Launcher = {
  valued: '-o -O +o +O --rcfile --init-file',
  lines: '-c',
  clustered: true,
  rest: 'script',
};

const RUN: Launcher = {
  valued:
    '-a -c -e -h -l -m -p -u -v -w --add-host --annotation --attach --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-shares --cpus --cpuset-cpus --device --dns --dns-search --entrypoint --env --env-file --expose --gpus --group-add --health-cmd --hostname --init-path --ip --ip6 --ipc --isolation --label --label-file --link --log-driver --log-opt --mac-address --memory --memory-swap --mount --name --net --network --network-alias --oom-score-adj --pid --pids-limit --platform --publish --pull --restart --runtime --secret --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit --user --userns --uts --volume --volume-driver --volumes-from --workdir',
  rest: 'image',
};
const EXEC: Launcher = { valued: '-e --env --env-file -u --user -w --workdir --detach-keys', rest: 'word' };
const SERVICE: Launcher = {
  valued:
    '-e --env --env-from-file --entrypoint -l --label --name -p --publish -u --user -v --volume -w --workdir --pull --cap-add --cap-drop --index',
  rest: 'word',
};
const COMPOSE: Launcher = {
  valued: '-f --file -p --project-name --profile --env-file --project-directory --ansi --parallel --progress',
  steps: { run: SERVICE, exec: SERVICE },
};
const CONTAINERS: Launcher = {
  valued:
    '-H --host -c --context -l --log-level --config --tlscacert --tlscert --tlskey --connection --url --namespace -n --address',
  steps: {
    run: RUN,
    exec: EXEC,
    start: { valued: '--detach-keys', rest: 'word' },
    attach: { valued: '--detach-keys', rest: 'word' },
    container: { steps: { run: RUN, exec: EXEC, start: { rest: 'word' } } },
    compose: COMPOSE,
    mcp: {
      steps: {
        gateway: {
          steps: {
            run: {
              naming: '--servers --profile --server',
              valued: '--catalog --config --secrets --transport --port',
            },
          },
        },
      },
    },
  },
};
/** The pod, whatever is run in it. */
const PODS: Launcher = {
  valued: '-n --namespace --context --kubeconfig --cluster --user -s --server',
  steps: {
    exec: { valued: '-n --namespace -c --container --context -f --filename', rest: 'word' },
    run: { valued: '-n --namespace --context --image', rest: 'word' },
    attach: { valued: '-n --namespace -c --container --context', rest: 'word' },
  },
};

/** Interpreters, which name a file; shells; and what runs images. */
export const LANGUAGE_LAUNCHERS: Readonly<Record<string, Launcher>> = {
  python: PYTHON,
  pypy: PYTHON,
  py: PYTHON,
  node: NODE,
  nodejs: NODE,
  deno: { steps: { run: DENO, serve: DENO, task: { folder: '--cwd', rest: 'word' } } },
  java: {
    valued: '-cp -classpath --class-path -p --module-path --add-modules --add-opens --add-exports',
    naming: '-jar -m --module',
    rest: 'file',
  },
  ruby: { valued: '-I -r -C', inline: '-e', rest: 'file' },
  php: { valued: '-d -c -z', inline: '-r', rest: 'file' },
  rails: { rest: 'word' },
  perl: { valued: '-I -M', ...SCRIPT },
  Rscript: SCRIPT,
  julia: { valued: '-t --threads', inline: '-e --eval', folder: '--project', rest: 'script' },
  lua: SCRIPT,
  bb: { inline: '-e', rest: 'script' },
  mix: { rest: 'word' },
  dart: { steps: { run: { rest: 'script' } }, rest: 'script' },
  sh: SHELL,
  bash: SHELL,
  zsh: SHELL,
  dash: SHELL,
  ksh: SHELL,
  fish: SHELL,
  ash: SHELL,
  busybox: { rest: 'command' },
  docker: CONTAINERS,
  podman: CONTAINERS,
  nerdctl: CONTAINERS,
  finch: CONTAINERS,
  'docker-compose': COMPOSE,
  'podman-compose': COMPOSE,
  container: { steps: { run: RUN, exec: EXEC } },
  apptainer: {
    steps: {
      run: { valued: '-B --bind --env', rest: 'script' },
      exec: { valued: '-B --bind --env', rest: 'script' },
    },
  },
  singularity: {
    steps: {
      run: { valued: '-B --bind --env', rest: 'script' },
      exec: { valued: '-B --bind --env', rest: 'script' },
    },
  },
  kubectl: PODS,
  oc: PODS,
  lxc: { steps: { exec: { rest: 'word' } } },
  incus: { steps: { exec: { rest: 'word' } } },
};
