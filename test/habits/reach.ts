import path from 'node:path';

/** Helpers that start the built program, serve its page or start other programs. */
const DEEP_HELPERS = /\/(?:e2e\/(?:program|terminal)|approvals\/page\/(?:chromium|page-place))\.ts$/;

/**
 * What a file of tests needs that only a build or another program gives, by what it imports, directly or not.
 * @param texts all files of tests and their helpers, by their path
 */
export function deepNeeds(
  file: string,
  texts: ReadonlyMap<string, string>,
  seen = new Set<string>(),
): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  if (DEEP_HELPERS.test(`/${file}`)) return [file];
  return importsOf(texts.get(file) ?? '').flatMap(({ names, from }) => {
    const target = path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.ts');
    if (/\bPROGRAM\b/.test(names)) return [`PROGRAM of ${target}`];
    return texts.has(target) ? deepNeeds(target, texts, seen) : [];
  });
}

function importsOf(text: string): { names: string; from: string }[] {
  const found = text.matchAll(/^import (?!type )([^'"]*?) from '(\.[^']*)';$/gm);
  return [...found].map(([, names = '', from = '']) => ({ names, from }));
}
