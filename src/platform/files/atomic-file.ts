import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a text into a new file beside the one that it is to take the place of, and returns which. It is on the disk then: after a
 * power failure there is the old file or the new one. Whoever asked for it renames or removes it.
 * @param mode the rights of the new file, less what the user's mask takes away
 * @throws what the file system says; then there is no new file
 */
export function fileBeside(file: string, text: string, mode = 0o666): string {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  const handle = openSync(draft, 'wx', mode);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
    return draft;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}
