import type { CompletionOffer, CompletionOption, CompletionPlace } from './places.js';

/** One function for each place; what comes after `--` is completed as a command line of its own. */
export function zshScript(places: readonly CompletionPlace[]): string {
  return `#compdef policy-wrap
# Completion of policy-wrap for zsh, printed by: policy-wrap completion zsh
${places.map(functionOf).join('\n')}
_policy-wrap_server() {
  local -i dashes=\${words[(i)--]}
  if (( dashes >= CURRENT )); then return 1; fi
  shift dashes words
  (( CURRENT -= dashes ))
  _normal
}
if [[ $funcstack[1] == _policy-wrap ]]; then
  _policy-wrap "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _policy-wrap policy-wrap
fi
`;
}

function functionOf(place: CompletionPlace): string {
  const { name, commands, options, server } = place;
  const specs = [...options.map(optionSpec), ...argumentSpecs(place)];
  const below = commands.map((each) => `    ${each.name}) ${functionName(`${name} ${each.name}`)} ;;`);
  const isProgram = name === '';
  return [
    `${functionName(name)}() {`,
    '  local curcontext="$curcontext" state state_descr line',
    '  local -A opt_args',
    // A sub-command may have options before its own `--`; the program's comes after options alone.
    ...(server ? [`  ${isProgram ? '[[ $words[2] == -* ]] && ' : ''}_policy-wrap_server && return`] : []),
    `  _arguments -s -C ${commands.length > 0 ? `-A '-*' ` : ''}\\\n${specs.map((spec) => `    ${spec}`).join(' \\\n')}`,
    ...(below.length === 0
      ? []
      : [`  if [[ $state != below ]]; then return; fi`, '  case $words[1] in', ...below, '  esac']),
    '}',
  ].join('\n');
}

function functionName(name: string): string {
  return ['_policy-wrap', ...name.split(' ')].filter((part) => part !== '').join('_');
}

function optionSpec({ spellings, summary, value, offer, list }: CompletionOption): string {
  const about = `[${escaped(summary)}]${value === undefined ? '' : `:${value}:${valueAction(value, offer, list)}`}`;
  // With the equals sign, the value may be in the same word too.
  const written = spellings.map((each) => (value !== undefined && each.startsWith('--') ? `${each}=` : each));
  const [one = '', other] = written;
  if (other === undefined) return quoted(`${one}${about}`);
  return `${quoted(`(${spellings.join(' ')})`)}{${written.join(',')}}${quoted(about)}`;
}

function valueAction(value: string, offer: CompletionOffer, list: boolean): string {
  if (offer === 'files') return '_files';
  if (offer.length === 0) return ' ';
  return list ? `_values -s , ${value} ${offer.join(' ')}` : `(${offer.join(' ')})`;
}

function argumentSpecs({ commands, offer }: CompletionPlace): string[] {
  if (commands.length > 0) {
    const words = commands.map(({ name, summary }) => `${name}\\:${quotedWord(summary)}`);
    return [quoted(`1:command:((${words.join(' ')}))`), quoted('*::argument:->below')];
  }
  if (offer === 'files') return [quoted('*:file:_files')];
  return [quoted(offer.length === 0 ? '*:word: ' : `*:word:(${offer.join(' ')})`)];
}

/** For a description in brackets. */
function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}

/** For a description in `((word\\:description))`, which is split like a command line. */
function quotedWord(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
