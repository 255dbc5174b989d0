import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Block, ROOT, readPage } from './page.js';

/** `UPDATE_DOCS=1 npx vitest run test/docs` writes what programs print now into the pages. */
export const REWRITES = process.env['UPDATE_DOCS'] === '1';

/** Puts other texts into blocks of pages, all at once. */
export function rewrite(changes: ReadonlyMap<Block, string>): void {
  for (const page of new Set([...changes.keys()].map((block) => block.page))) {
    const own = [...changes].filter(([block]) => block.page === page);
    let { text } = readPage(page);
    for (const [{ start, raw, language }, shown] of own.sort(([one], [other]) => other.start - one.start)) {
      const end = /\n*$/.exec(raw)?.[0] ?? '';
      text = `${text.slice(0, start)}\`\`\`${language}\n${shown}\n\`\`\`${end}${text.slice(start + raw.length)}`;
    }
    writeFileSync(path.join(ROOT, page), text);
  }
}
