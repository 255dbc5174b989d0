// Writes THIRD_PARTY_NOTICES.txt: the licence of every package whose code ended up in a bundle.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {Iterable<string>} inputs the files that were bundled, relative to the root
 * @param {string} root
 */
export function writeNotices(inputs, root) {
  const folders = new Set([...inputs].flatMap((input) => packageFolder(input) ?? []));
  // The same licence stands once, behind all whose it is.
  const owners = new Map();
  for (const folder of folders) {
    const { owner, body } = notice(path.join(root, folder));
    const key = body.replace(/\s+/g, ' ');
    const known = owners.get(key) ?? { body, names: new Set() };
    owners.set(key, { ...known, names: known.names.add(owner) });
  }
  const notices = [...owners.values()]
    .map(({ names, body }) => `${[...names].sort().join('\n')}\n\n${body}\n`)
    .sort();
  const head =
    'policy-wrap contains code of the packages below, each under the licence that follows its name.\n';
  writeFileSync(
    path.join(root, 'THIRD_PARTY_NOTICES.txt'),
    [head, ...notices].join(`\n${'-'.repeat(78)}\n\n`),
  );
}

/** A line that says whose it is, and one that says what the licence is called; the rest is the licence. */
const COPYRIGHT = /^\s*(?:copyright\b(?! notice)|\(c\))/i;
const TITLE = /^\s*\(?(?:the )?(?:MIT|ISC)(?: license)?\)?:?\s*$/i;

/** `node_modules/@scope/pkg/dist/x.js` lies in `node_modules/@scope/pkg`; nested ones count for themselves. */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? `Licence: ${license}` : readFileSync(path.join(folder, file), 'utf8').trim();
  const lines = text.split(/\r?\n/);
  const copyrights = lines.filter((line) => COPYRIGHT.test(line)).map((line) => `  ${line.trim()}`);
  const body = lines.filter((line) => !COPYRIGHT.test(line) && !TITLE.test(line)).join('\n');
  return { owner: [`${name} ${version} (${license})`, ...copyrights].join('\n'), body: body.trim() };
}
