import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lexer, type Token } from 'marked';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** A block of code of a page. */
export interface Block {
  /** Of the page, from the root of the repository. */
  page: string;
  /** Of the first line of the block, counted from 1. */
  line: number;
  language: string;
  text: string;
  /** What the comment before the block says: `<!-- example: eight-lines -->`. */
  marker: string | undefined;
  /** Where the block begins in the text of the page. */
  start: number;
  /** As it is written in the page, with its fence. */
  raw: string;
}

export interface Page {
  file: string;
  text: string;
  tokens: readonly Token[];
  blocks: readonly Block[];
}

/** The pages that users read. */
export function userPages(): Page[] {
  return [
    'README.md',
    'SECURITY.md',
    ...pagesIn('docs'),
    ...pagesIn('examples'),
    ...pagesIn('bench'),
    ...pagesIn('test'),
  ].map(readPage);
}

/** The pages for those who change the code. */
export function contributorPages(): Page[] {
  return ['CONTRIBUTING.md', 'CHANGELOG.md', 'src/README.md'].map(readPage);
}

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : pagesIn(name);
    return entry.name.endsWith('.md') ? [name] : [];
  });
}

export function readPage(file: string): Page {
  return pageOf(file, readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n'));
}

/** @param file from the root of the repository; links of the text are relative to it */
export function pageOf(file: string, text: string): Page {
  const tokens = lexer(text);
  return { file, text, tokens, blocks: blocksOf(file, text, tokens) };
}

/** Every token of a page, those inside of others as well, in the order of the page. */
export function* everyToken(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.type === 'table')
      for (const cell of [token['header'], ...token['rows']].flat()) yield* everyToken(cell.tokens);
    else
      yield* everyToken(
        token.type === 'list' ? token['items'] : 'tokens' in token ? (token.tokens ?? []) : [],
      );
  }
}

function blocksOf(page: string, text: string, tokens: readonly Token[]): Block[] {
  const blocks: Block[] = [];
  let marker: string | undefined;
  let from = 0;
  for (const token of everyToken(tokens)) {
    if (token.type === 'space') continue;
    if (token.type === 'code') {
      const start = text.indexOf(token.raw, from);
      if (start < 0) throw new Error(`${page}: write this block outside of the list:\n${token.raw}`);
      from = start + token.raw.length;
      const line = text.slice(0, start).split('\n').length;
      blocks.push({
        page,
        line,
        language: token['lang'] ?? '',
        text: token['text'],
        marker,
        start,
        raw: token.raw,
      });
    }
    marker = token.type === 'html' ? /^<!-- (.*?) -->\s*$/.exec(token.raw)?.[1] : undefined;
  }
  return blocks;
}
