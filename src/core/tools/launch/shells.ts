import { CMD, commandOfLine, POSIX, POWERSHELL } from './shell-line.js';

/** The words that a shell starts: those of its line, or what it says otherwise. */
export interface ShellCommand {
  words: readonly string[];
  /** They are words of the command already, behind the shell alone. */
  plain: boolean;
}

export function posixCommand(line: string): readonly string[] | undefined {
  return commandOfLine(line, POSIX);
}

/** What `cmd` starts: switches, then `/c` or `/k`, then one line, or its words. */
export function cmdCommand(args: readonly string[]): ShellCommand | undefined {
  const at = args.findIndex((word) => !/^\/(?![ck]$)/i.test(word));
  const rest = args.slice(at + 1);
  const [first = ''] = rest;
  if (at < 0 || !/^\/[ck]$/i.test(args[at] ?? '') || first === '') return undefined;
  const isLine = (rest.length === 1 && /\s/.test(first)) || rest.some((word) => word.includes('&'));
  if (!isLine) return { words: rest, plain: at === 0 };
  const words = commandOfLine(rest.join(' '), CMD);
  return words && { words, plain: false };
}

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh */
const PWSH_VALUED =
  /^-(?:ex|ep|executionpolicy|w|windowstyle|wd|workingdirectory|version|settingsfile|configurationname|psconsolefile|of|outputformat|if|inputformat|custompipename)$/i;

/** What PowerShell starts; a file is named by the word alone. */
export function powershellCommand(args: readonly string[]): ShellCommand | { file: string } | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (/^-(?:f|file)$/i.test(word))
      return args[at + 1] === undefined ? undefined : { file: args[at + 1] ?? '' };
    if (/^-e(?:c|n|nc|ncodedcommand)?$/i.test(word)) return undefined;
    if (/^-(?:c|command)$/i.test(word)) return ofPowershellLine(args.slice(at + 1).join(' '));
    if (PWSH_VALUED.test(word)) at++;
    else if (/\.ps1$/i.test(word)) return { file: word };
    else if (!word.startsWith('-')) return ofPowershellLine(args.slice(at).join(' '));
  }
  return undefined;
}

/** `& { … }` and `& 'C:\x\y.exe'` only say that what follows is to be run. */
function ofPowershellLine(line: string): ShellCommand | undefined {
  const bare = line.trim().replace(/^[&.]\s*(?:\{([\s\S]*)\}\s*$)?/, '$1');
  const words = commandOfLine(bare.replace(/(^|;)\s*&\s+/g, '$1 '), POWERSHELL);
  return words && { words, plain: false };
}
