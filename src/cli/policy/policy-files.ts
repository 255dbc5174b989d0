import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { findProjectFile, findUserFile } from '../../config/find.js';
import { UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';

const POLICY_NAME = /^(?:policy-wrap\.(?:ya?ml|json)|\.policy-wraprc(?:\.(?:ya?ml|json))?)$/;

/**
 * The policy files that the words of a command line stand for: files as they are, folders with all policy files
 * below them, nothing for the project's own, or else the user's.
 * @throws {UserError} when there is none
 */
export async function policyFiles(words: readonly string[], cwd: string): Promise<string[]> {
  if (words.length === 0) {
    const found = (await findProjectFile(cwd)) ?? findUserFile(userFolders().config);
    if (found) return [found.file];
    throw new UserError(
      'there is no policy file in this folder, above it in the repository, or of your own',
      'name one, or write policy-wrap.yaml',
    );
  }
  return words.flatMap((word) => {
    if (!isFolder(path.resolve(cwd, word))) return [path.resolve(cwd, word)];
    const below = filesBelow(path.resolve(cwd, word));
    if (below.length === 0)
      throw new UserError(
        `there is no policy file below ${word}`,
        'policy files are called policy-wrap.yaml',
      );
    return below;
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => POLICY_NAME.test(path.basename(file)) && !file.split(path.sep).includes('node_modules'))
    .map((file) => path.join(folder, file))
    .filter((file) => !isFolder(file))
    .sort();
}

/** What cannot be looked at, such as a link to itself, is taken for a file: reading it says why it cannot be read. */
function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}
