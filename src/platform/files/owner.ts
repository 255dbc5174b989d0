import { lstatSync, statSync } from 'node:fs';

const ROOT = 0;

/**
 * Of files and folders the first that belongs to neither us nor root, so that another user of this machine may have put it
 * there; a link counts as much as what it leads to. What is not there belongs to nobody. Windows does not tell.
 * @param us the user that this process runs as
 */
export function foreignAmong(
  files: readonly string[],
  us = process.geteuid?.(),
): { file: string; uid: number } | undefined {
  if (us === undefined) return undefined;
  for (const file of files)
    for (const uid of ownersOf(file)) if (uid !== us && uid !== ROOT) return { file, uid };
  return undefined;
}

/** A link that leads nowhere now may lead somewhere when it is read, so its own owner is told all the same. */
function ownersOf(file: string): number[] {
  return [lstatSync, statSync].flatMap((look) => {
    try {
      return [look(file).uid];
    } catch {
      return [];
    }
  });
}
