import type { CompletionOffer, CompletionOption, CompletionPlace } from './places.js';

/**
 * For bash 3.2 (of macOS) and later, without bash-completion. `place` is the command that was typed, `value` the option whose value is
 * being typed. Bash splits `--option=value` into three words.
 */
export function bashScript(places: readonly CompletionPlace[]): string {
  return `# Completion of policy-wrap for bash, printed by: policy-wrap completion bash
_policy_wrap() {
  local current=\${COMP_WORDS[COMP_CWORD]} place='' value='' server='' word index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == '=' ]]; then continue; fi
    if [[ -n $value ]]; then value=''; continue; fi
    case "$place $word" in
${indented(6, places.flatMap(recognised))}
    esac
    if [[ -n $server ]]; then break; fi
  done
  if [[ -n $server ]]; then
    if ((index + 1 == COMP_CWORD)); then _policy_wrap_lines "$(compgen -c -- "$current")"; else _policy_wrap_files; fi
    return
  fi
  if [[ $current == '=' ]]; then current=''; fi
  case "$place $value" in
${indented(4, places.flatMap(offered))}
  esac
}
_policy_wrap_words() { _policy_wrap_lines "$(IFS=' ' compgen -W "$*" -- "$current")"; }
_policy_wrap_list() {
  local before=''
  if [[ $current == *,* ]]; then before=\${current%,*},; fi
  _policy_wrap_lines "$(IFS=' ' compgen -P "$before" -W "$*" -- "\${current##*,}")"
}
_policy_wrap_files() {
  # Readline knows best how to complete and quote names of files; bash 3.2 cannot be told to let it.
  if ! compopt -o default 2>/dev/null; then _policy_wrap_lines "$(compgen -f -- "$current")"; fi
}
_policy_wrap_lines() {
  local line
  while IFS= read -r line; do if [[ -n $line ]]; then COMPREPLY+=("$line"); fi; done <<<"$1"
}
complete -F _policy_wrap policy-wrap
`;
}

/** The branches for words that have been typed: sub-commands, options with a value, and `--`. */
function recognised({ name, commands, options, server }: CompletionPlace): string[] {
  const valued = options.filter(({ value }) => value !== undefined).flatMap(({ spellings }) => spellings);
  return [
    ...commands.map((each) => `'${name} ${each.name}') place='${`${name} ${each.name}`.trim()}' ;;`),
    ...(valued.length === 0 ? [] : [`${patterns(name, valued)}) value=$word ;;`]),
    ...(server ? [`'${name} --') server=yes ;;`] : []),
  ];
}

/** The branches for the word that is being typed. */
function offered({ name, commands, options, offer, server }: CompletionPlace): string[] {
  const words = [...commands.map((each) => each.name), ...(typeof offer === 'string' ? [] : offer)];
  const flags = [...options.flatMap(({ spellings }) => spellings), ...(server ? ['--'] : [])];
  const plain = offer === 'files' ? '_policy_wrap_files' : wordsCall(words);
  return [
    ...options.filter(({ value }) => value !== undefined).map((option) => valueBranch(name, option)),
    `'${name} ') if [[ $current == -* ]]; then ${wordsCall(flags)}; else ${plain}; fi ;;`,
  ];
}

function valueBranch(name: string, { spellings, offer, list }: CompletionOption): string {
  const branch = `${patterns(name, spellings)})`;
  if (offer === 'files') return `${branch} _policy_wrap_files ;;`;
  return `${branch} ${wordsCall(offer, list ? '_policy_wrap_list' : '_policy_wrap_words')} ;;`;
}

function patterns(name: string, words: readonly string[]): string {
  return words.map((word) => `'${name} ${word}'`).join('|');
}

function wordsCall(words: Exclude<CompletionOffer, string>, call = '_policy_wrap_words'): string {
  return words.length === 0 ? ':' : `${call} ${words.join(' ')}`;
}

function indented(width: number, lines: readonly string[]): string {
  return lines.map((line) => `${' '.repeat(width)}${line}`).join('\n');
}
