import type { CommandDefinition } from '../definition.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { type CompletionPlace, completionPlaces } from './places.js';
import { powershellScript } from './powershell.js';
import type { Shell } from './shells.js';
import { zshScript } from './zsh.js';

const SCRIPTS: Readonly<Record<Shell, (places: readonly CompletionPlace[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** The script with which a shell completes a program. All it needs to know is in it: it starts nothing of ours when it is used. */
export function completionScript(shell: Shell, root: CommandDefinition): string {
  return SCRIPTS[shell](completionPlaces(root));
}
