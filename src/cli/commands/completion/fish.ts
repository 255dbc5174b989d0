import type { CompletionOption, CompletionPlace } from './places.js';

/** For fish 3.1 and later: one line for each word, with the place where it is offered as its condition. */
export function fishScript(places: readonly CompletionPlace[]): string {
  return `# Completion of policy-wrap for fish, printed by: policy-wrap completion fish
function __policy_wrap_place
    set -l words (commandline -opc)
    set -e words[1]
    set -l place ''
    set -l value ''
    for word in $words
        if test -n "$value"
            set value ''
            continue
        end
        switch "$place $word"
${places
  .flatMap(recognised)
  .map((line) => `            ${line}`)
  .join('\n')}
        end
    end
    echo -- $place
end
function __policy_wrap_at
    set -l place (__policy_wrap_place)
    test "$place" = "$argv[1]"
end
function __policy_wrap_server
    set -l words (commandline -opc)
    set -l dashes (contains -i -- -- $words)
    complete -C (string join ' ' -- (string escape -- $words[(math $dashes + 1)..]) (commandline -ct))
end
complete -c policy-wrap -f
complete -c policy-wrap -n '__policy_wrap_at --' -a '(__policy_wrap_server)'
${places.flatMap(linesOf).join('\n')}
`;
}

/** The branches for words that have been typed. */
function recognised({ name, commands, options, server }: CompletionPlace): string[] {
  const valued = options.filter(({ value }) => value !== undefined).flatMap(({ spellings }) => spellings);
  return [
    ...commands.flatMap((each) => [
      `case ${quoted(`${name} ${each.name}`)}`,
      `    set place ${quoted(`${name} ${each.name}`.trim())}`,
    ]),
    ...(valued.length === 0
      ? []
      : [`case ${valued.map((word) => quoted(`${name} ${word}`)).join(' ')}`, '    set value $word']),
    ...(server ? [`case ${quoted(`${name} --`)}`, "    set place '--'", '    break'] : []),
  ];
}

function linesOf({ name, commands, options, offer }: CompletionPlace): string[] {
  const start = `complete -c policy-wrap -n ${quoted(`__policy_wrap_at ${quoted(name)}`)}`;
  return [
    ...commands.map((each) => `${start} -a ${each.name} -d ${quoted(each.summary)}`),
    ...(offer === 'files'
      ? [`${start} -F`]
      : offer.length > 0
        ? [`${start} -a ${quoted(offer.join(' '))}`]
        : []),
    ...options.map((option) => `${start} ${optionWords(option)}`),
  ];
}

function optionWords({ spellings, summary, value, offer, list }: CompletionOption): string {
  const flags = spellings.map((each) =>
    each.startsWith('--') ? `-l ${each.slice(2)}` : `-s ${each.slice(1)}`,
  );
  const words = typeof offer === 'string' ? '' : offer.join(' ');
  const offered = list ? `(__fish_complete_list , 'string split " " -- "${words}"')` : words;
  const taken = value === undefined ? [] : offer === 'files' ? ['-r', '-F'] : ['-x', '-a', quoted(offered)];
  return [...flags, ...taken, '-d', quoted(summary)].join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
