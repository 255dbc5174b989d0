import type { Launcher } from './launcher.js';

/** Words are passed on as they are, after options without values. */
const PREFIX: Launcher = { rest: 'command' };
const DASHED: Launcher = { dashed: true, rest: 'command' };
const RUN_DASHED: Launcher = { steps: { run: DASHED } };
const EXEC_DASHED: Launcher = { steps: { exec: DASHED } };

/** What sets something up and then starts the command that follows. */
const SETTING_UP: Readonly<Record<string, Launcher>> = {
  env: { valued: '-u --unset -C --chdir', lines: '-S --split-string', rest: 'command' },
  sudo: {
    valued: '-u --user -g --group -C -D --chdir -h --host -p --prompt -R --chroot -r --role -t --type -T -U',
    rest: 'command',
  },
  doas: { valued: '-u -C', rest: 'command' },
  runuser: { valued: '-u --user -g --group -G', lines: '-c --command', rest: 'command' },
  su: { lines: '-c --command' },
  nice: { valued: '-n --adjustment', rest: 'command' },
  ionice: { valued: '-c --class -n --classdata', rest: 'command' },
  chrt: { skips: 1, rest: 'command' },
  taskset: { skips: 1, rest: 'command' },
  timeout: { valued: '-k --kill-after -s --signal', skips: 1, rest: 'command' },
  gtimeout: { valued: '-k --kill-after -s --signal', skips: 1, rest: 'command' },
  stdbuf: { valued: '-i --input -o --output -e --error', rest: 'command' },
  nohup: PREFIX,
  setsid: PREFIX,
  time: PREFIX,
  exec: { valued: '-a', rest: 'command' },
  command: PREFIX,
  call: PREFIX,
  caffeinate: { valued: '-t -w', rest: 'command' },
  arch: PREFIX,
  unbuffer: PREFIX,
  tini: DASHED,
  'dumb-init': PREFIX,
  strace: { valued: '-e -o -p -s -u', rest: 'command' },
  'xvfb-run': { valued: '-e -f -n -s -p -w', rest: 'command' },
  'dbus-run-session': DASHED,
  'systemd-run': { valued: '-u --unit -p --property -E --setenv --slice --uid --gid', rest: 'command' },
  'systemd-inhibit': PREFIX,
  firejail: PREFIX,
  proxychains: { valued: '-f', rest: 'command' },
  proxychains4: { valued: '-f', rest: 'command' },
  torsocks: PREFIX,
  flock: { valued: '-w --timeout -E', lines: '-c --command', skips: 1, rest: 'command' },
  'flatpak-spawn': PREFIX,
  'steam-run': PREFIX,
};

/** What brings secrets, and starts the command that follows. */
const WITH_SECRETS: Readonly<Record<string, Launcher>> = {
  op: RUN_DASHED,
  doppler: { steps: { run: { lines: '--command', dashed: true, rest: 'command' } } },
  infisical: { steps: { run: { lines: '--command', dashed: true, rest: 'command' } } },
  'aws-vault': {
    steps: { exec: { valued: '-d --duration --region', dashed: true, skips: 1, rest: 'command' } },
  },
  chamber: EXEC_DASHED,
  sops: { steps: { 'exec-env': { skips: 1, rest: 'line' } } },
  teller: RUN_DASHED,
  berglas: EXEC_DASHED,
  summon: { valued: '-f -e -p -D', dashed: true, rest: 'command' },
  envchain: { skips: 1, rest: 'command' },
  bws: RUN_DASHED,
  ksm: EXEC_DASHED,
  'pass-cli': RUN_DASHED,
  phase: { steps: { run: { valued: '--env --app --path --tags', rest: 'line' } } },
  fnox: EXEC_DASHED,
  secretspec: RUN_DASHED,
  dotenvx: { steps: { run: { valued: '-f --env-file -e --env', dashed: true, rest: 'command' } } },
};

/** What chooses a version of a language, and starts the command that follows. */
const WITH_VERSIONS: Readonly<Record<string, Launcher>> = {
  mise: {
    valued: '-C --cd -E --env',
    steps: {
      exec: { valued: '-j', lines: '-c --command', dashed: true, rest: 'command' },
      x: { valued: '-j', lines: '-c --command', dashed: true, rest: 'command' },
      run: { valued: '-t -o', rest: 'word' },
    },
  },
  asdf: { steps: { exec: PREFIX } },
  direnv: { steps: { exec: { skips: 1, rest: 'command' } } },
  fnm: { steps: { exec: { valued: '--using', rest: 'command' } } },
  nvm: { steps: { exec: { skips: 1, rest: 'command' }, run: { skips: 1, rest: 'file' } } },
  volta: { steps: { run: { valued: '--node --npm --pnpm --yarn', rest: 'command' } } },
  pyenv: { steps: { exec: PREFIX } },
  rbenv: { steps: { exec: PREFIX } },
  nodenv: { steps: { exec: PREFIX } },
  devbox: { steps: { run: { valued: '-c --config -e --env', dashed: true, rest: 'command' } } },
  flox: { steps: { activate: DASHED } },
};

/** What starts the command somewhere else. */
const ELSEWHERE: Readonly<Record<string, Launcher>> = {
  wsl: {
    valued: '-d --distribution -u --user --cd --shell-type --distribution-id',
    dashed: true,
    rest: 'command',
  },
  ssh: {
    valued: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w',
    skips: 1,
    rest: 'line',
  },
  limactl: { steps: { shell: { valued: '--workdir --shell', skips: 1, rest: 'command' } } },
  distrobox: { steps: { enter: { valued: '-n --name', dashed: true, skips: 1, rest: 'command' } } },
  toolbox: { steps: { run: { valued: '-c --container -d -r', rest: 'command' } } },
  devcontainer: {
    steps: {
      exec: { valued: '--workspace-folder --config --container-id --id-label --remote-env', rest: 'command' },
    },
  },
};

/** Programs that start the command that is in their words. */
export const COMMAND_LAUNCHERS: Readonly<Record<string, Launcher>> = {
  ...SETTING_UP,
  ...WITH_SECRETS,
  ...WITH_VERSIONS,
  ...ELSEWHERE,
};
