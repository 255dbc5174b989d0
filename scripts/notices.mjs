// Writes THIRD_PARTY_NOTICES.txt: the licence of every package whose code ended up in a bundle.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {Iterable<string>} inputs the files that were bundled, relative to the root
 * @param {string} root
 */
export function writeNotices(inputs, root) {
  const folders = new Set([...inputs].flatMap((input) => packageFolder(input) ?? []));
  const namesByText = new Map();
  for (const folder of folders) {
    const { name, text } = notice(path.join(root, folder));
    namesByText.set(text, new Set([...(namesByText.get(text) ?? []), name]));
  }
  const notices = [...namesByText]
    .map(([text, names]) => `${[...names].sort().join('\n')}\n\n${text}\n`)
    .sort();
  const head =
    'policy-wrap contains code of the packages below, each under the licence that follows its name.\n';
  writeFileSync(
    path.join(root, 'THIRD_PARTY_NOTICES.txt'),
    [head, ...notices].join(`\n${'-'.repeat(78)}\n\n`),
  );
}

/** `node_modules/@scope/pkg/dist/x.js` lies in `node_modules/@scope/pkg`; nested ones count for themselves. */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? `Licence: ${license}` : readFileSync(path.join(folder, file), 'utf8').trim();
  return { name: `${name} ${version} (${license})`, text };
}
