import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface PageAsset {
  type: string;
  content: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** The files of the page, by the addresses under which they are asked for. Read once: no address becomes a path. */
export async function readPageAssets(folder: string): Promise<ReadonlyMap<string, PageAsset>> {
  const entries = Object.entries(TYPES).map(async ([end, type]): Promise<[string, PageAsset]> => {
    const content = await readFile(path.join(folder, `page.${end}`));
    return [end === 'html' ? '/' : `/page.${end}`, { type, content }];
  });
  return new Map(await Promise.all(entries));
}
