import { wordSet } from './nouns.js';

/** Programs that run what they are given, or whose sub-commands can do anything. */
const isProgram = wordSet(
  'sh bash zsh ksh csh tcsh ash cmd powershell pwsh shell terminal console repl tty pty busybox ' +
    'psql mysql mariadb sqlite3 sqlcmd sqlplus mongosh mongo cqlsh clickhouse duckdb isql bteq beeline snowsql usql pgcli mycli redis-cli rediscli ' +
    'kubectl oc helm k9s kustomize istioctl terraform tofu terragrunt pulumi ansible chef puppet salt vagrant packer nomad ' +
    'docker podman nerdctl crictl ctr lxc buildah skopeo ' +
    'aws az gcloud gsutil bq gh glab doctl heroku flyctl wrangler vercel netlify eksctl oci ibmcloud aliyun cf ' +
    'npm npx pnpm yarn bun deno nodejs python python2 python3 ipython jupyter pip pip3 pipx uv uvx conda ruby irb perl php lua julia rscript ' +
    'java jshell groovy scala ghci erl iex osascript applescript autohotkey ahk autoit vbscript wscript cscript awk gawk sed xargs ' +
    'cargo gradle mvn cmake bazel ssh scp sftp telnet netcat nc ncat socat rsh tmux expect ' +
    'git svn hg systemctl launchctl crontab sudo su doas iptables nft nftables ufw firewalld netsh wmic reg regedit diskpart parted dd ' +
    'adb fastboot xdotool ydotool nmap masscan sqlmap metasploit msfconsole hydra hashcat gdb lldb frida strace wsl cygwin exec eval rce',
);
const isNeutral = wordSet(
  'tool cli command cmd exec execute run raw any use call shell custom the a my local remote query sql script client wrapper direct exe bin',
);
const isPassing = wordSet('use call run execute invoke dispatch proxy route forward trigger perform do');
const isAnyCall = wordSet('tool function mcp method capability skill plugin action operation agent');

/** A program by the name of which a tool goes: `sh`, `run_kubectl`. With anything else in the name it is only whose thing it is. */
export function programIn(parts: readonly string[]): string | undefined {
  // `redis_cli`: whatever has a command line.
  if (parts.length > 1 && parts.at(-1) === 'cli') return 'cli';
  const program = parts.find(isProgram);
  return program !== undefined && parts.every((part) => isProgram(part) || isNeutral(part))
    ? program
    : undefined;
}

/** `use_tool`, `tool_call`: which one is for its arguments to say. */
export function anyCallIn(parts: readonly string[]): string | undefined {
  if (parts.length < 2 || parts.length > 3) return undefined;
  const passing = parts.find(isPassing);
  const called = parts.find((part) => part !== passing && isAnyCall(part));
  const plain = parts.every(
    (part) => isPassing(part) || isAnyCall(part) || /^(?:a|any|the|sub|external)$/.test(part),
  );
  return plain && passing !== undefined && called !== undefined ? `${passing} ${called}` : undefined;
}
