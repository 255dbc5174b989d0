import { describe, expect, it } from 'vitest';
import { brokenLinks, missingPaths } from './broken.js';
import { contributorPages, pageOf, userPages } from './page.js';

describe.each([...userPages(), ...contributorPages()].map((page) => [page.file, page] as const))(
  '%s',
  (_, page) => {
    it('links to what is there', () => expect(brokenLinks(page)).toEqual([]));
    it('names paths that are there', () => expect(missingPaths(page)).toEqual([]));
  },
);

describe('what is looked for', () => {
  it('is found where it is missing', () => {
    const text = `# One \`two\`: three\n[a](nowhere.md) [b](../README.md#nowhere) [c](#one-two-three) ![d](no.png)
\`src/nowhere.ts\` \`core/nowhere.ts\` \`core/text\` \`bench/*/run.mjs\`\n\n    node bench/nowhere.mjs\n`;
    const page = pageOf('docs/page.md', text);
    expect(brokenLinks(page)).toEqual(['nowhere.md', '../README.md#nowhere', 'no.png']);
    expect(missingPaths(page)).toEqual(['src/nowhere.ts', 'bench/nowhere.mjs', 'core/nowhere.ts']);
  });

  it('is there in other forms than in the code', () => {
    expect(missingPaths(pageOf('src/page.md', '`settle.ts` `nowhere.ts` `nowhere/`'))).toEqual([
      'nowhere.ts',
      'nowhere/',
    ]);
  });
});
