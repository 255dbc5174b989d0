/** How clients are to start policy-wrap. */
export interface Runner {
  /** The words up to its own options. */
  words: readonly string[];
  /** The user has named them: they take the place of others. */
  named: boolean;
}

/** Which policy an entry names: a path, none because its project has it, or what it names already. */
export type NamedPolicy = { file: string | undefined } | 'as it is';

/**
 * The words that start policy-wrap where it is in front of a server already, with the options that are there. A version
 * moves forward only, and a runner that is written in another way is the user's choice.
 */
export function renewedWords(
  { runner, options }: { runner: readonly string[]; options: readonly string[] },
  wanted: Runner,
  policy: NamedPolicy,
): string[] {
  const words = wanted.named || isOlder(runner, wanted.words) ? wanted.words : runner;
  return [...words, ...(policy === 'as it is' ? options : withPolicy(options, policy.file))];
}

const PINNED = /^policy-wrap(?:@(\d+)\.(\d+)\.(\d+))?$/;

/** Whether it is the same package from the registry, of no version or an older one. */
function isOlder(runner: readonly string[], wanted: readonly string[]): boolean {
  const [now, next] = [runner, wanted].map((words) => PINNED.exec(words.at(-1) ?? ''));
  const same = JSON.stringify(runner.slice(0, -1)) === JSON.stringify(wanted.slice(0, -1));
  if (!now || !next || !same || next[1] === undefined) return false;
  if (now[1] === undefined) return true;
  for (const part of [1, 2, 3]) {
    const [one, other] = [Number(now[part]), Number(next[part])];
    if (one !== other) return one < other;
  }
  return false;
}

function withPolicy(options: readonly string[], file: string | undefined): string[] {
  const others: string[] = [];
  for (let at = 0; at < options.length; at++) {
    const option = options[at] ?? '';
    if (option === '--config' || option === '-c') at++;
    else if (!/^(?:--config=|-c.)/.test(option)) others.push(option);
  }
  return file === undefined ? others : ['--config', file, ...others];
}

/** Options of policy-wrap with this id in the place of another. */
export function optionsWithServer(options: readonly string[], id: string): string[] {
  const others = options.filter(
    (option, at) =>
      !option.startsWith('--server=') && option !== '--server' && options[at - 1] !== '--server',
  );
  return [...others, ...serverOption(id)];
}

/** `--server` with a name, which may look like an option. */
export function serverOption(name: string): string[] {
  return name.startsWith('-') ? [`--server=${name}`] : ['--server', name];
}
