import { lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { findProjectFile, findUserFile } from '../../config/find.js';
import { nameList } from '../../core/text/name-list.js';
import { displayPath } from '../../platform/display-path.js';
import { readUpTo } from '../../platform/files/bounded-read.js';
import { UserError } from '../../platform/user-error.js';
import { userFolders } from '../../platform/user-folders.js';
import { printNote } from '../terminal/output.js';
import { type Likeness, likenessOf } from './likeness.js';

const POLICY_NAME = /^(?:policy-wrap\.(?:ya?ml|json)|\.policy-wraprc(?:\.(?:ya?ml|json))?)$/;

/** A larger file is no policy: reading it would be refused. Bytes. */
const LARGEST = 1024 * 1024;

/**
 * The policy files that the words of a command line stand for: files as they are, folders with all policy files
 * below them, nothing for the project's own, or else the user's.
 * @param tell what of a folder is left out and may be meant, in a sentence
 * @throws {UserError} when there is none
 */
export async function policyFiles(
  words: readonly string[],
  cwd: string,
  tell: (sentence: string) => void = printNote,
): Promise<string[]> {
  if (words.length === 0) {
    const found = (await findProjectFile(cwd)) ?? findUserFile(userFolders().config);
    if (found) return [found.file];
    throw new UserError(
      'there is no policy file in this folder, above it in the repository, or of your own',
      'name one, or write policy-wrap.yaml',
    );
  }
  return words.flatMap((word) => {
    const named = path.resolve(cwd, word);
    if (!isFolder(named)) return [named];
    const below = filesBelow(named);
    const { policies, unsure } = below;
    if (policies.length === 0) throw noPolicy(word, below);
    if (unsure.length > 0)
      tell(
        `${nameList(unsure.map((file) => displayPath(file, cwd)))} left out: ${WHAT_IS_ONE}; to check one all the same, name it`,
      );
    return policies;
  });
}

const WHAT_IS_ONE =
  'a policy file is called policy-wrap.yaml, or has `version: 1` and `default` or `extends` at its top level';

/** What is below a folder. */
interface Below {
  policies: string[];
  /** What has keys of a policy, and no part that makes it one. */
  unsure: string[];
  /** Other files of YAML. */
  others: string[];
}

function noPolicy(word: string, { unsure, others }: Below): UserError {
  const names = (files: readonly string[]) => nameList(files.map((file) => path.basename(file)));
  const there =
    unsure.length > 0
      ? `, though ${names(unsure)} ${unsure.length === 1 ? 'looks' : 'look'} like one`
      : others.length > 0
        ? `, only ${names(others)}`
        : '';
  return new UserError(`there is no policy file below ${word}${there}`, WHAT_IS_ONE);
}

/** Files with a name of ours, whatever is in them, and those of YAML that are policies by what is in them. */
function filesBelow(folder: string): Below {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.split(path.sep).includes('node_modules'))
    .map((file) => path.join(folder, file))
    .sort();
  const ours = files.filter((file) => POLICY_NAME.test(path.basename(file)) && !isFolder(file));
  const yaml = files.filter((file) => /\.ya?ml$/i.test(file) && !ours.includes(file) && isPlainFile(file));
  const likeness = new Map(yaml.map((file) => [file, likenessOf(textOf(file))] as const));
  const like = (wanted: Likeness) => yaml.filter((file) => likeness.get(file) === wanted);
  const policies = [...ours, ...like('policy')].sort();
  const texts = policies.map(textOf);
  // What a policy extends is read with it.
  const isExtended = (file: string) => texts.some((text) => text.includes(path.basename(file)));
  return { policies, unsure: like('part').filter((file) => !isExtended(file)), others: like('other') };
}

/** Empty where it cannot be read. */
function textOf(file: string): string {
  try {
    const bytes = readUpTo(LARGEST, file);
    return typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

/** On Windows no link is followed: a look at `\\\\host\\share` logs in there. */
function isPlainFile(file: string): boolean {
  try {
    return (process.platform === 'win32' ? lstatSync : statSync)(file).isFile();
  } catch {
    return false;
  }
}

/** What cannot be looked at, such as a link to itself, is taken for a file: reading it says why it cannot be read. */
function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}
