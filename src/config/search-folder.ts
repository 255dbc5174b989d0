import { cosmiconfigSync } from 'cosmiconfig';

/**
 * Only the file is looked for here: config/yaml reads it, for the lines of its errors. By itself cosmiconfig would run
 * files with the last two endings.
 */
const DATA_ONLY = {
  '.yaml': () => true,
  '.yml': () => true,
  '.json': () => true,
  noExt: () => true,
  '.js': refuse,
  '.cjs': refuse,
};

/**
 * The first of some places in a folder that is a file with a policy, even an empty one; of a package.json, only the key
 * `policy-wrap` is one. Undefined where there is none, or one of them cannot be read.
 * @param folder must exist: of another, cosmiconfig would search the folder above
 */
export function searchFolder(folder: string, places: readonly string[]): string | undefined {
  const explorer = cosmiconfigSync('policy-wrap', {
    searchPlaces: [...places],
    stopDir: folder,
    ignoreEmptySearchPlaces: false,
    cache: false,
    loaders: DATA_ONLY,
  });
  try {
    return explorer.search(folder)?.filepath;
  } catch {
    return undefined;
  }
}

function refuse(file: string): never {
  throw new Error(`${file} is code, and a policy is data`);
}
