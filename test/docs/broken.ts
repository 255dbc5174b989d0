import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { everyToken, type Page, ROOT, readPage } from './page.js';

/** A path from the root of the repository, wherever it is written. */
const FROM_ROOT =
  /(?<![\w/.@~*-])((?:\.ci|\.github|bench|bin|docs|examples|scripts|src|test)\/(?:[\w./*-]*[\w*])?)/g;
const FROM_SRC = new RegExp(`^(?:${readdirSync(path.join(ROOT, 'src')).join('|')})/[\\w./-]*\\w$`);
/** What pages about a folder call its files. */
const OWN_FILE = /^[\w-]+(?:\/[\w-]+)*(?:\/|\.(?:ts|mjs|cjs))$/;

/** The links of a page that lead nowhere in the repository. */
export function brokenLinks(page: Page): string[] {
  const { file, tokens } = page;
  return [...everyToken(tokens)]
    .flatMap((token) => (token.type === 'link' || token.type === 'image' ? [token['href'] as string] : []))
    .filter((href) => !/^\w+:/.test(href))
    .filter((href) => {
      const [target = '', anchor] = href.split('#');
      const found = path.posix.join(path.posix.dirname(file), target);
      if (target !== '' && !existsSync(path.join(ROOT, found))) return true;
      if (anchor === undefined) return false;
      return !anchorsOf(target === '' ? page : readPage(found)).has(anchor);
    });
}

/** The paths of the repository that a page names and that are not there. */
export function missingPaths(page: Page): string[] {
  const fromRoot = [...page.text.matchAll(FROM_ROOT)].map(([, name = '']) => name);
  const spans = [...everyToken(page.tokens)].flatMap((token) =>
    token.type === 'codespan' ? [token['text'] as string] : [],
  );
  const fromSource = spans.filter((name) => FROM_SRC.test(name));
  const own = /^(?:src|bench|test)\//.test(page.file) ? spans.filter((name) => OWN_FILE.test(name)) : [];
  return [
    ...fromRoot.filter((name) => !isThere('.', name)),
    ...fromSource.filter((name) => !isThere('src', name) && !isThere('.', name)),
    ...own.filter(
      (name) => !isBelow(path.dirname(page.file), name) && !isThere('.', name) && !isThere('dist', name),
    ),
  ];
}

/** @param name may have a `*` in it: then the folders before it are looked for */
function isThere(folder: string, name: string): boolean {
  const known = name.includes('*') ? path.posix.dirname(`${name.slice(0, name.indexOf('*'))}x`) : name;
  return existsSync(path.join(ROOT, folder, known));
}

function isBelow(folder: string, name: string): boolean {
  const all = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const wanted = name.replace(/\/$/, '');
  return all.map((file) => file.split(path.sep).join('/')).some((file) => `/${file}`.endsWith(`/${wanted}`));
}

/** What a link to a heading is called, as GitHub makes it. */
function anchorsOf({ tokens }: Page): Set<string> {
  const anchors = new Set<string>();
  for (const token of everyToken(tokens)) {
    if (token.type !== 'heading') continue;
    const words = plain(token['text']).toLowerCase();
    const name = words.replace(/[^\p{L}\p{N}\p{Pc}\s-]/gu, '').replace(/\s/g, '-');
    for (let count = 0; ; count++) {
      const anchor = count === 0 ? name : `${name}-${count}`;
      if (anchors.has(anchor)) continue;
      anchors.add(anchor);
      break;
    }
  }
  return anchors;
}

/** A heading without what only Markdown reads. */
function plain(heading: string): string {
  return heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}
