import type { Cause } from './known-causes.js';

/** Programs that run another in a place of its own, whose stdin is ours only with `-i`, and the sub-commands that do. */
const CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  docker: ['run', 'exec'],
  podman: ['run', 'exec'],
  nerdctl: ['run', 'exec'],
  kubectl: ['run', 'exec'],
};

/** Their options that take no value; every other takes the next word where it has no `=`. */
const SWITCHES =
  /^(?:-[diPtqk]+|--(?:rm|init|privileged|read-only|interactive|stdin|tty|detach|quiet|no-healthcheck|oom-kill-disable|publish-all|sig-proxy|help|attach|command|expose|latest))$/;

/** What is known to be wrong with the command of a container before it is started. */
export function flawOfContainer(command: string, args: readonly string[]): Cause | undefined {
  const program = command.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
  const at = args.findIndex((word) => !word.startsWith('-') && word !== 'container');
  const verb = args[at] ?? '';
  if (!Object.hasOwn(CONTAINERS, program) || !CONTAINERS[program]?.includes(verb)) return undefined;
  const flags = optionsIn(args.slice(at + 1));
  const isSet = (letter: string, ...names: string[]) =>
    flags.some((flag) => names.includes(flag) || new RegExp(`^-[diPtq]*${letter}`).test(flag));
  if (!isSet('i', '--interactive', '--interactive=true', '--stdin', '--stdin=true'))
    return {
      text: `\`${program} ${verb}\` has no -i, so the server in the container never hears its client`,
      help: `write: ${program} ${verb} -i …`,
    };
  return isSet('t', '--tty', '--tty=true')
    ? {
        text: `\`${program} ${verb}\` has -t, so a terminal stands in between, which repeats what the client says`,
        help: 'leave out -t (write -i, not -it)',
      }
    : undefined;
}

/** The options before the name of the image or the container; what follows that is the server's. */
function optionsIn(words: readonly string[]): string[] {
  const options: string[] = [];
  for (let at = 0; words[at]?.startsWith('-') && words[at] !== '--'; at++) {
    const word = words[at] ?? '';
    options.push(word);
    // `-eKEY=value` and `--env=KEY` have theirs.
    const hasValue = word.includes('=') || (/^-[a-zA-Z]{2}/.test(word) && !SWITCHES.test(word));
    if (!SWITCHES.test(word) && !hasValue) at++;
  }
  return options;
}
