import { createInterface } from 'node:readline/promises';
import { UserError } from '../../platform/user-error.js';

/**
 * Asks the person at the terminal whether so many files may be written.
 * @throws {UserError} when there is nobody to ask
 */
export async function confirmed(files: number, { yes }: { yes?: boolean }): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UserError(
      'there is no terminal to ask on, so nothing was written',
      'use --yes to write, or --dry-run to see the changes only',
    );
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  const question = files === 1 ? 'Write this file?' : `Write these ${files} files?`;
  const answer = await Promise.race([asking.question(`${question} [y/N] `), closed]);
  asking.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
