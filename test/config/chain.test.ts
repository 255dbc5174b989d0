import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedFile } from '../../src/config/find.js';
import { PolicyError } from '../../src/config/policy-error.js';
import { loadChain } from '../../src/config/policy-file.js';
import { auditFile } from '../../src/config/settings/audit-file.js';
import { onWindows, withoutRoot } from '../skip.js';
import { folderWith, withoutPrivileges } from './folder.js';
import { explainedIn } from './problems.js';

const DENY = 'version: 1\ndefault: deny\n';

function load(files: Readonly<Record<string, string>>, name = 'policy-wrap.yaml') {
  const folder = folderWith(files);
  return loadChain(namedFile(path.join(folder, name)), folder);
}

/** What is wrong, as people read it. */
function mistake(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof PolicyError) return new PolicyError(explainedIn(error)).message;
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('loadChain', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['one file', { 'policy-wrap.yaml': DENY }, ['policy-wrap.yaml']],
    [
      'a preset',
      { 'policy-wrap.yaml': 'version: 1\nextends: strict\n' },
      ['policy-wrap.yaml', 'preset strict'],
    ],
    [
      'a file',
      { 'policy-wrap.yaml': 'version: 1\nextends: ./base.yaml\n', 'base.yaml': DENY },
      ['policy-wrap.yaml', 'base.yaml'],
    ],
    [
      'a file in JSON',
      {
        'policy-wrap.yaml': 'version: 1\nextends: ./base.json\n',
        'base.json': '{"version":1,"default":"deny"}',
      },
      ['policy-wrap.yaml', 'base.json'],
    ],
    [
      'files relative to each other',
      {
        'policy-wrap.yaml': 'version: 1\nextends: ./a/b.yaml\n',
        'a/b.yaml': 'version: 1\nextends: ../c/d.yaml\n',
        'c/d.yaml': 'version: 1\nextends: read-only\n',
      },
      ['policy-wrap.yaml', path.join('a', 'b.yaml'), path.join('c', 'd.yaml'), 'preset read-only'],
    ],
  ])('reads %s', (_, files, sources) => {
    const chain = load(files);
    expect(chain.documents.map(({ source }) => source)).toEqual(sources);
    expect(chain.files.map(({ file }) => path.basename(file))).toEqual(
      sources.filter((source) => !source.startsWith('preset')).map((source) => path.basename(source)),
    );
  });

  it.each<[string, string]>([
    [
      'standrd',
      "policy-wrap.yaml:2:10: unknown preset 'standrd' (/extends)\n  help: did you mean 'standard'?",
    ],
    [
      'base.yaml',
      "policy-wrap.yaml:2:10: unknown preset 'base.yaml' (/extends)\n  help: the presets are standard, read-only, strict, observe; a file is written ./base.yaml",
    ],
    [
      'constructor',
      "policy-wrap.yaml:2:10: unknown preset 'constructor' (/extends)\n  help: the presets are standard, read-only, strict, observe; a file is written ./constructor",
    ],
    [
      '""',
      "policy-wrap.yaml:2:10: unknown preset '' (/extends)\n  help: the presets are standard, read-only, strict, observe; a file is written ./name.yaml",
    ],
    [
      './gone.yaml',
      'policy-wrap.yaml:2:10: the policy file gone.yaml does not exist (/extends)\n  help: check the path',
    ],
    [
      './policy-wrap.yaml/x',
      `policy-wrap.yaml:2:10: the policy file ${path.join('policy-wrap.yaml', 'x')} does not exist (/extends)\n  help: check the path`,
    ],
    [
      './folder',
      'policy-wrap.yaml:2:10: folder is a folder, not a policy file (/extends)\n  help: name the file in it',
    ],
    [
      './policy-wrap.yaml',
      "policy-wrap.yaml:2:10: './policy-wrap.yaml' extends itself (/extends)\n  help: a policy cannot be its own base; remove one of the `extends`",
    ],
    [
      './back.yaml',
      "back.yaml:2:10: './folder/../policy-wrap.yaml' extends itself (/extends)\n  help: a policy cannot be its own base; remove one of the `extends`",
    ],
    ['./wrong.yaml', "wrong.yaml:2:10: unknown action 'alow' (/default)\n  help: did you mean 'allow'?"],
    [
      './latin.yaml',
      'policy-wrap.yaml:2:10: the policy file latin.yaml is not UTF-8 (/extends)\n  help: save it as a UTF-8 text file',
    ],
  ])('extends: %s', (base, expected) => {
    const folder = folderWith({
      'policy-wrap.yaml': `version: 1\nextends: ${base}\n`,
      'back.yaml': 'version: 1\nextends: ./folder/../policy-wrap.yaml\n',
      'wrong.yaml': 'version: 1\ndefault: alow\n',
      'folder/': '',
    });
    writeFileSync(path.join(folder, 'latin.yaml'), Buffer.from('version: 1 # \xe4\n', 'latin1'));
    expect(mistake(() => loadChain(namedFile(path.join(folder, 'policy-wrap.yaml')), folder))).toBe(expected);
  });

  it('does not follow links in circles forever', () => {
    const folder = folderWith({ 'policy-wrap.yaml': 'version: 1\nextends: ./again/policy-wrap.yaml\n' });
    symlinkSync('.', path.join(folder, 'again'));
    expect(mistake(() => loadChain(namedFile(path.join(folder, 'policy-wrap.yaml')), folder))).toContain(
      'more than 16 files extend each other',
    );
  });

  it.each<[string, string, string]>([
    ['that does not exist', 'gone.yaml', 'the policy file gone.yaml does not exist\n  help: check the path'],
    ['that is a folder', 'folder', 'folder is a folder, not a policy file\n  help: name the file in it'],
    [
      'that is not UTF-8',
      'latin.yaml',
      'the policy file latin.yaml is not UTF-8\n  help: save it as a UTF-8 text file',
    ],
  ])('names a file %s', (_, name, expected) => {
    const folder = folderWith({ 'folder/': '' });
    writeFileSync(path.join(folder, 'latin.yaml'), Buffer.from('version: 1 # \xe4\n', 'latin1'));
    expect(mistake(() => loadChain(namedFile(path.join(folder, name)), folder))).toBe(expected);
  });

  it('refuses a file that no person wrote', () => {
    const folder = folderWith({ 'policy-wrap.yaml': ' '.repeat(1024 * 1024 + 1) });
    expect(mistake(() => loadChain(namedFile(path.join(folder, 'policy-wrap.yaml')), folder))).toContain(
      'is larger than 1 MB',
    );
  });

  it('refuses files that are too much together', () => {
    const text = (base: string) => `version: 1\nextends: ${base}\n# ${'x'.repeat(400 * 1024)}\n`;
    const folder = folderWith({
      'one.yaml': text('./two.yaml'),
      'two.yaml': text('./three.yaml'),
      'three.yaml': text('standard'),
    });
    expect(mistake(() => loadChain(namedFile(path.join(folder, 'one.yaml')), folder))).toMatch(
      /^two\.yaml:2:10: the policy file three\.yaml is larger than what is left of 1 MB for all files together/,
    );
  });

  it('that was found in a repository does not reach out of it, and one that was named may', () => {
    const folder = folderWith({
      'base.yaml': DENY,
      'a/policy-wrap.yaml': 'version: 1\nextends: ../base.yaml\n',
    });
    const file = path.join(folder, 'a/policy-wrap.yaml');
    const found = { file, within: [], discovered: path.join(folder, 'a') };
    expect(mistake(() => loadChain(found, folder))).toContain("'../base.yaml' is outside of the repository");
    expect(loadChain({ ...found, discovered: folder }, folder).documents).toHaveLength(2);
    expect(loadChain(namedFile(file), folder).documents).toHaveLength(2);
  });

  it.each(['//host/share/x.yaml', '/etc/x.yaml', '~/x.yaml', './../x.yaml', './a/../../x.yaml'])(
    'that was found is refused by the text of what it extends: %s',
    (base) => {
      const folder = folderWith({ 'policy-wrap.yaml': `version: 1\nextends: ${base}\n` });
      const found = { file: path.join(folder, 'policy-wrap.yaml'), within: [], discovered: folder };
      expect(mistake(() => loadChain(found, folder))).toContain(`'${base}' is outside of the repository`);
    },
  );

  it.skipIf(onWindows('links need rights'))('that was found may be a link inside the repository only', () => {
    const place = folderWith({ 'repo/in/real.yaml': DENY, 'hosts.yml': 'default: hunter2\n' });
    const folder = path.join(place, 'repo');
    const file = path.join(folder, 'policy-wrap.yaml');
    const found = { file, within: [], discovered: folder };
    symlinkSync('in/real.yaml', file);
    expect(loadChain(found, folder).documents).toHaveLength(1);
    rmSync(file);
    symlinkSync('../hosts.yml', file);
    const said = mistake(() => loadChain(found, folder));
    expect(said).toContain('policy-wrap.yaml is a link that leads out of the repository');
    expect(said).not.toContain('hunter2');
    expect(mistake(() => loadChain(namedFile(file), folder))).toContain('hunter2');
  });

  it.each([
    ['of a policy that was named, all', undefined, ['policy-wrap.yaml', 'base.yaml']],
    ['of one that was found, itself alone', 'found', ['policy-wrap.yaml']],
  ])('says what may be shown of the files: %s', (_, how, shown) => {
    const folder = folderWith({
      'policy-wrap.yaml': 'version: 1\nextends: ./base.yaml\n',
      'base.yaml': DENY,
    });
    const file = path.join(folder, 'policy-wrap.yaml');
    const found = how ? { file, within: [], discovered: folder } : namedFile(file);
    expect([...loadChain(found, folder).texts.keys()]).toEqual(shown);
  });

  it.skipIf(onWindows('links need rights'))('shows nothing of what a link that was found leads to', () => {
    const folder = folderWith({ 'secrets.txt': DENY });
    const file = path.join(folder, 'policy-wrap.yaml');
    symlinkSync('secrets.txt', file);
    const chain = loadChain({ file, within: [], discovered: folder }, folder);
    expect([...chain.texts.keys()]).toEqual([]);
  });

  describe.skipIf(withoutRoot('to give files to another user'))(
    'that was found and is of another user',
    () => {
      const OTHER = 65_534;

      it.each(['.git', '.', 'in', 'in/policy-wrap.yaml', 'in/base.yaml'])('is refused: %s', (theirs) => {
        const folder = folderWith({
          '.git/HEAD': '',
          'in/policy-wrap.yaml': 'version: 1\nextends: ./base.yaml\n',
          'in/base.yaml': DENY,
        });
        const file = path.join(folder, 'in/policy-wrap.yaml');
        const found = { file, within: [], discovered: folder };
        expect(loadChain(found, folder).documents).toHaveLength(2);
        chownSync(path.join(folder, theirs), OTHER, OTHER);
        expect(mistake(() => loadChain(found, folder))).toContain(`belongs to another user (uid ${OTHER})`);
        expect(loadChain(namedFile(file), folder).documents).toHaveLength(2);
      });
    },
  );

  /** A policy that was found and logs there, where these links are. */
  function logsTo(log: string, links: Record<string, string> = {}) {
    const text = `${DENY}audit: { file: ${JSON.stringify(log)} }\n`;
    const folder = folderWith({ 'policy-wrap.yaml': text, '.git/hooks/pre-commit': '', 'in/x.txt': '' });
    for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(folder, name));
    const found = { file: path.join(folder, 'policy-wrap.yaml'), within: [], discovered: folder };
    return { folder, file: () => auditFile(loadChain(found, folder)) };
  }

  it.each([
    '//host/share/x.jsonl',
    '../x.jsonl',
    '~/x.jsonl',
    '.git/x.jsonl',
    'in/.x.jsonl',
    '.x.jsonl',
    'x.txt',
    'x.jsonl.txt',
    'policy-wrap.yaml',
  ])('that was found does not choose where a log is written: %s', (log) => {
    expect(mistake(logsTo(log).file)).toContain(`'${log}' is not a log in the folder of the policy`);
  });

  it.skipIf(onWindows('links need rights')).each([
    ['what git runs', '.git/hooks/pre-commit'],
    ['a hidden log', '.git/x.jsonl'],
    ['what is no log', 'in/x.txt'],
    ['a log elsewhere', '../x.jsonl'],
  ])('that was found does not choose it by a link to %s', (_, target) => {
    const { file } = logsTo('link.jsonl', { 'link.jsonl': target });
    expect(mistake(file)).toContain(`'link.jsonl' is not a log in the folder of the policy`);
  });

  it.each(['x.jsonl', './in/x.jsonl', 'new/folder/x.jsonl'])('that was found may log to %s', (log) => {
    const { folder, file } = logsTo(log);
    expect(file()).toBe(path.join(folder, log));
  });

  it('that was named may log anywhere', () => {
    const folder = folderWith({ 'policy-wrap.yaml': `${DENY}audit: { file: ../.x.txt }\n` });
    const chain = loadChain(namedFile(path.join(folder, 'policy-wrap.yaml')), folder);
    expect(auditFile(chain)).toBe(path.join(path.dirname(folder), '.x.txt'));
  });

  it.skipIf(onWindows('files have no mode'))('says that a file may not be read', async () => {
    const folder = folderWith({ 'policy-wrap.yaml': 'version: 1' });
    chmodSync(folder, 0o755);
    chmodSync(path.join(folder, 'policy-wrap.yaml'), 0);
    const load = () => loadChain({ file: path.join(folder, 'policy-wrap.yaml'), within: [] }, folder);
    await expect(withoutPrivileges(async () => load())).rejects.toThrow('may not be read');
  });

  it.skipIf(onWindows('there is no /dev/zero'))('does not read what is no file', () => {
    expect(mistake(() => loadChain(namedFile('/dev/zero'), '/'))).toContain('is not a file');
  });

  it('reads the part of a package.json that is the policy', () => {
    const chain = load(
      {
        'package.json': '{"name":"x","policy-wrap":{"version":1,"extends":"./base.yaml"}}',
        'base.yaml': DENY,
      },
      'package.json',
    );
    expect(chain.documents.map(({ document }) => document.default)).toEqual([undefined, 'deny']);
  });

  it('shows files elsewhere by their full path', () => {
    const folder = folderWith({ 'policy-wrap.yaml': 'version: 1\nextends: 5\n' });
    const elsewhere = path.join(folder, 'a');
    mkdirSync(elsewhere);
    expect(mistake(() => loadChain(namedFile(path.join(folder, 'policy-wrap.yaml')), elsewhere))).toContain(
      `${path.join(folder, 'policy-wrap.yaml')}:2:10:`,
    );
  });
});
