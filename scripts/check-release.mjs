// Says whether a tag may be released: the tag, package.json, package-lock.json and CHANGELOG.md name one version, and no
// placeholder for the repository's owner is left in any file that git knows.
//   node scripts/check-release.mjs v1.2.3                  in the root of the repository
//   node scripts/check-release.mjs v1.2.3 --notes FILE     also writes what CHANGELOG.md says of the version to FILE
// Exit code 0: it may be released. 1: it may not; stderr has every reason.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** A regular expression for git, spelled so that it does not find itself. */
const PLACEHOLDER = 'github[.]com[/:]OWNER';
/** Pre-releases are not published: npm would need a tag of its own for them. */
const RELEASE = /^v(\d+\.\d+\.\d+)$/;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { notes: { type: 'string' } } });
const tag = positionals[0] ?? '';
const version = RELEASE.exec(tag)?.[1];
const notes = version === undefined ? undefined : changesOf(version);
const flaws = [...flawsOfVersion(), ...placeholdersLeft()];

for (const { problem, help } of flaws) console.error(`${problem}\n  help: ${help}`);
if (flaws.length > 0) process.exit(1);
if (values.notes !== undefined) writeFileSync(values.notes, `${notes}\n`);
console.log(`ok ${tag} may be released`);

function flawsOfVersion() {
  if (version === undefined)
    return [{ problem: `'${tag}' is not the tag of a release`, help: 'name it like v1.2.3' }];
  const manifest = readJson('package.json').version;
  const lock = readJson('package-lock.json');
  const found = [];
  if (manifest !== version)
    found.push({
      problem: `package.json has version ${manifest}, the tag is ${tag}`,
      help: `run \`npm version ${version} --no-git-tag-version\`, commit, and tag that commit`,
    });
  if (lock.version !== manifest || lock.packages[''].version !== manifest)
    found.push({
      problem: `package-lock.json has version ${lock.version}, package.json has ${manifest}`,
      help: 'run `npm install --package-lock-only` and commit',
    });
  if (!notes)
    found.push({
      problem: `CHANGELOG.md says nothing of ${version}`,
      help: `move what is under "Unreleased" below a heading "## ${version}"`,
    });
  return found;
}

/**
 * What CHANGELOG.md has below the heading of a version, `## 1.2.3` or `## 1.2.3 - 2026-01-31`; undefined without one.
 * @param {string} wanted the version, without a leading v
 */
function changesOf(wanted) {
  const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);
  const section = sections.find((text) => /^(\S+)(?: - \d{4}-\d{2}-\d{2})?\r?\n/.exec(text)?.[1] === wanted);
  return section?.slice(section.indexOf('\n')).trim();
}

function placeholdersLeft() {
  const { status, stdout, stderr, error } = spawnSync('git', ['grep', '-I', '-n', '-e', PLACEHOLDER], {
    encoding: 'utf8',
  });
  // 1: nothing was found. Anything else means that git has not looked.
  if (status !== 0 && status !== 1)
    return [
      {
        problem: `git could not look for placeholders: ${(error?.message ?? stderr).trim()}`,
        help: 'run this in a clone of the repository',
      },
    ];
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({
      problem: `a placeholder is left in ${line.split(':', 2).join(':')}`,
      help: 'write the account or organisation that owns the repository instead of OWNER',
    }));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
