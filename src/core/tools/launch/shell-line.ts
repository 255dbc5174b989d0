/** Which shell reads a line: what quotes, what escapes, and what separates commands. */
export interface ShellSyntax {
  quotes: string;
  escaping: string;
  /** Characters that end a command and begin the next. */
  separators: string;
  /** Characters after which a line says more than one command with its words. */
  unclear: string;
  /** What only prepares the command that is meant. */
  prepares: RegExp;
}

export const POSIX: ShellSyntax = {
  quotes: `"'`,
  escaping: '\\',
  separators: ';\n',
  unclear: '`(){}|&',
  prepares:
    /^(?:cd|pushd|export|set|source|\.|unset|umask|ulimit|alias|shopt|trap|mkdir|test|\[|true|:|nvm|fnm|pyenv|module|eval|sleep|readonly|setopt)$/,
};
export const CMD: ShellSyntax = {
  quotes: '"',
  escaping: '^',
  separators: '&',
  unclear: '()|',
  prepares: /^@?(?:cd|chdir|set|setlocal|pushd|chcp|title|echo|path|rem|[a-z]:)$/i,
};
export const POWERSHELL: ShellSyntax = {
  quotes: `"'`,
  escaping: '`',
  separators: ';\n',
  unclear: '()|',
  prepares: /^(?:cd|set-location|sl|push-location|\$.*|set-executionpolicy|chcp|import-module)$/i,
};
/** Package managers that fetch what the command needs: `npm install && npm start`. */
const INSTALLS =
  /^(?:npm|pnpm|yarn|bun|uv|pip3?|poetry|pdm|git|go|cargo|dotnet|make|composer|bundle) (?:--?\S+ )*(?:i|ci|install|sync|pull|fetch|build|add|restore|update|mod)$/;

/**
 * The words of the one command of a line that is more than a preparation. Undefined where there are several, or where the
 * line is a small program.
 */
export function commandOfLine(line: string, syntax: ShellSyntax): string[] | undefined {
  const commands = commandsOf(line, syntax)?.map(withoutOrnaments);
  const meant = commands?.filter((words) => words.length > 0 && !isPreparation(words, syntax));
  return meant?.length === 1 ? meant[0] : undefined;
}

function isPreparation(words: readonly string[], { prepares }: ShellSyntax): boolean {
  return (
    prepares.test(words[0] ?? '') ||
    INSTALLS.test(words.slice(0, 3).join(' ')) ||
    INSTALLS.test(words.slice(0, 2).join(' '))
  );
}

/** The commands of a line, each with its words. Undefined where the line does more than to run one after the other. */
function commandsOf(
  line: string,
  { quotes, escaping, separators, unclear }: ShellSyntax,
): string[][] | undefined {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let quote = '';
  const endWord = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
      else word += character === escaping && quote === '"' ? (line[++at] ?? '') : character;
    } else if (quotes.includes(character)) {
      quote = character;
      word ??= '';
    } else if (character === escaping) word = (word ?? '') + (line[++at] ?? '');
    else if (separators.includes(character) || line.startsWith('&&', at)) {
      endWord();
      if (line.startsWith('&&', at)) at++;
      commands.push([]);
    } else if (/\s/.test(character)) endWord();
    else if (
      unclear.includes(character) &&
      !isRedirection(line, at) &&
      !/\$\{?$/.test(line.slice(0, at)) &&
      !isVariableEnd(line, at)
    )
      return undefined;
    else word = (word ?? '') + character;
  }
  if (quote !== '') return undefined;
  endWord();
  return commands;
}

/** The `&` of `2>&1`. */
function isRedirection(line: string, at: number): boolean {
  return line[at] === '&' && /[<>]/.test(line[at - 1] ?? '');
}

/** The `}` of `${HOME}`. */
function isVariableEnd(line: string, at: number): boolean {
  return line[at] === '}' && /\$\{[\w:-]*$/.test(line.slice(0, at));
}

/** Without redirections, and without variables that are set for this command alone. */
function withoutOrnaments(words: readonly string[]): string[] {
  const plain = words.filter(
    (word, index) => !/^\d*(?:[<>]|>>)/.test(word) && !/^\d*(?:[<>]|>>|&>)$/.test(words[index - 1] ?? ''),
  );
  const first = plain.findIndex((word) => !/^\w+=/.test(word));
  return first < 0 ? [] : plain.slice(first);
}
